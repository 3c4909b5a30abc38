package dev.invitepacer.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.InvitationView;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.Suppressions;
import dev.invitepacer.journal.HistoryEntry;

/** Tells what is known of a person across all accounts. */
@ApplicationScoped
class People {
    private static final int MOST_INVITATIONS = 200;
    private static final int MOST_EVENTS = 1_000;

    private final Session entities;
    private final Suppressions suppressions;

    People(Session entities, Suppressions suppressions) {
        this.entities = entities;
        this.suppressions = suppressions;
    }

    /** In the accounts that may be seen; null: all. */
    @Transactional
    PersonView of(Profile person, Set<String> seen) {
        // Index: invitation_person.
        List<Invitation> invitations = entities.createQuery(
                        "from Invitation where profile = :profile and (:all = true or account in (:seen))"
                                + " order by queuedAt desc, account, id desc",
                        Invitation.class)
                .setParameter("profile", person.slug())
                .setParameter("all", seen == null)
                .setParameter("seen", seen == null ? Set.of("") : seen)
                .setMaxResults(MOST_INVITATIONS + 1)
                .getResultList();
        List<Invitation> told = invitations.stream().limit(MOST_INVITATIONS).toList();
        List<HistoryEntry> history = historyOf(told);
        return new PersonView(
                person.slug(),
                person.url(),
                suppressions.of(person).orElse(null),
                told.stream().map(InvitationView::of).toList(),
                history.stream().limit(MOST_EVENTS).map(PersonView.Event::of).toList(),
                invitations.size() <= MOST_INVITATIONS && history.size() <= MOST_EVENTS);
    }

    /** Index: history_invitation. */
    private List<HistoryEntry> historyOf(List<Invitation> invitations) {
        return entities.createNativeQuery("""
                select h.* from history h
                  join unnest(:accounts, :ids) as theirs (account, id)
                    on h.account = theirs.account and h.invitation = theirs.id
                 order by h.id desc""", HistoryEntry.class)
                .setParameter(
                        "accounts", invitations.stream().map(one -> one.account).toArray(String[]::new))
                .setParameter("ids", invitations.stream().map(one -> one.id).toArray(Long[]::new))
                .setMaxResults(MOST_EVENTS + 1)
                .getResultList();
    }
}
