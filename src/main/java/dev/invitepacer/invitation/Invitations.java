package dev.invitepacer.invitation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The invitations, one by one. */
@ApplicationScoped
public class Invitations implements PanacheRepositoryBase<Invitation, Invitation.Key> {
    private static final int MOST_OF_ONE_PERSON = 100;

    /** The invitation, or a 404 answer. */
    public Invitation known(String account, String id) {
        return (id.matches("[0-9]{1,18}") ? known(account, Long.parseLong(id)) : Optional.<Invitation>empty())
                .orElseThrow(() -> Problem.of(
                        Code.INVITATION_UNKNOWN,
                        "The account " + (account.matches("[a-z0-9-]{1,63}") ? account : "named") + " has no such"
                                + " invitation; GET its invitations to see their ids."));
    }

    public Optional<Invitation> known(String account, long id) {
        return findByIdOptional(new Invitation.Key(account, id));
    }

    /** The other live invitation to the same person, where there is one. Index: invitation_live. */
    public Optional<Invitation> liveRivalOf(Invitation invitation) {
        return find(
                        "account = ?1 and profile = ?2 and id <> ?3 and state in (QUEUED, RELEASED, PENDING, WITHDRAWING)",
                        invitation.account,
                        invitation.profile,
                        invitation.id)
                .firstResultOptional();
    }

    /** The invitations to a person, the live one first, then the latest. Index: invitation_profile. */
    public List<Invitation> allTo(String account, Profile profile) {
        return find("""
                account = ?1 and profile = ?2
                order by case when state in (QUEUED, RELEASED, PENDING, WITHDRAWING) then 0 else 1 end, id desc""", account, profile.slug()).page(0, MOST_OF_ONE_PERSON).list();
    }

    /** The invitations to many people, in no order. Index: invitation_profile. */
    public List<Invitation> allTo(String account, Collection<Profile> profiles) {
        return find(
                        "account = ?1 and profile in ?2",
                        account,
                        profiles.stream().map(Profile::slug).toList())
                .page(0, MOST_OF_ONE_PERSON * profiles.size())
                .list();
    }

    /**
     * The invitations to people of these names, first and last name with a space between, in no order. Index: the key.
     */
    public List<Invitation> allNamed(String account, Collection<String> names) {
        return find("account = ?1 and concat(firstName, ' ', lastName) in ?2", account, List.copyOf(names))
                .page(0, MOST_OF_ONE_PERSON * names.size())
                .list();
    }

    /** Adds an invitation that was never queued here: a person sent it by hand at {@code sentAt}. */
    public Invitation addSentByHand(String account, Profile profile, Instant sentAt, Instant now) {
        Long id = getSession()
                .createNativeQuery("""
                insert into invitation (account, profile, degree, priority, source, state, queued_at, sent_at, pending_since)
                values (:account, :profile, 2, 0, 'by-hand', 'PENDING', :now, :sentAt, :sentAt)
                returning id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("account", account)
                .setParameter("profile", profile.slug())
                .setParameter("now", now)
                .setParameter("sentAt", sentAt)
                .getSingleResult();
        return known(account, id).orElseThrow();
    }

    /** A page of an account's invitations by id. */
    List<Invitation> page(String account, Sought sought, long after, int most) {
        return sought.rows(getSession(), account, "and id > :after order by id limit :most", Invitation.class)
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList();
    }

    /** Those of these that are sought, in no order. */
    List<Long> sought(String account, Sought sought, Collection<Long> ids) {
        return sought.ids(getSession(), account, "and id = any(:ids)")
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultList();
    }

    /** Those of these that there are, in no order. Index: the key. */
    List<Invitation> all(String account, Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : list("account = ?1 and id in ?2", account, ids);
    }

    /** A page of those that are sought and are none of these, by id. */
    List<Invitation> others(String account, Sought sought, Collection<Long> ids, long after, int most) {
        return sought.rows(
                        getSession(),
                        account,
                        "and id > :after and id <> all(:ids) order by id limit :most",
                        Invitation.class)
                .setParameter("after", after)
                .setParameter("ids", ids.toArray(Long[]::new))
                .setParameter("most", most)
                .getResultList();
    }
}
