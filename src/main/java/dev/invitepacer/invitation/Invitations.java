package dev.invitepacer.invitation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
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
                .setParameter("account", account)
                .setParameter("profile", profile.slug())
                .setParameter("now", now)
                .setParameter("sentAt", sentAt)
                .getSingleResult();
        return known(account, id).orElseThrow();
    }

    /**
     * A page of an account's invitations by id; null leaves a filter out. Index: the key, or invitation_state.
     *
     * @param parkedAt only those that are queued and wait for the end of a cooldown at that instant
     */
    List<Invitation> page(
            String account, State state, String campaign, Profile profile, Instant parkedAt, long after, int most) {
        StringBuilder where = new StringBuilder("account = :account and id > :after");
        Parameters parameters = Parameters.with("account", account).and("after", after);
        if (state != null) {
            where.append(" and state = :state");
            parameters.and("state", state);
        }
        if (campaign != null) {
            where.append(" and campaign = :campaign");
            parameters.and("campaign", campaign);
        }
        if (profile != null) {
            where.append(" and profile = :profile");
            parameters.and("profile", profile.slug());
        }
        if (parkedAt != null) {
            where.append(" and state = QUEUED and cooldownUntil > :parkedAt");
            parameters.and("parkedAt", parkedAt);
        }
        return find(where + " order by id", parameters).page(0, most).list();
    }
}
