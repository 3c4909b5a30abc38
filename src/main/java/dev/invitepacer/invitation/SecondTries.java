package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.journal.Journal;

/**
 * Queues an invitation once more after it was withdrawn unanswered, where the account wants that.
 *
 * <p>Guarantees: at most one second try of an invitation and never a third, also held by the index invitation_second_try;
 * none of what a person withdrew or wants kept; the second goes no earlier than the cooldown ends. Where one is due and
 * cannot be, the history of the first says why. The caller holds the account's lock.
 */
@ApplicationScoped
public class SecondTries {
    /** The nightly run's reasons: nobody decided against this person. */
    private static final Set<String> UNANSWERED = Set.of("STALE", "PENDING_THRESHOLD");

    private final Session entities;
    private final Standings standings;
    private final Queue queue;
    private final Campaigns campaigns;
    private final Journal journal;
    private final int longest;

    SecondTries(
            Session entities,
            Standings standings,
            Queue queue,
            Campaigns campaigns,
            Journal journal,
            PacerConfig config) {
        this.entities = entities;
        this.standings = standings;
        this.queue = queue;
        this.campaigns = campaigns;
        this.journal = journal;
        this.longest = config.limits().queueLength();
    }

    /** Queues the second try of an invitation whose withdrawal was asked for and is done, where there is to be one. */
    public void after(Invitation withdrawn, AccountSettings settings, String actor, Instant now) {
        boolean isDue = settings.secondTry()
                && withdrawn.withdrawal != null
                && UNANSWERED.contains(withdrawn.withdrawal)
                && withdrawn.secondTryOf == null
                && !withdrawn.keep;
        Optional<Profile> person = withdrawn.person();
        if (!isDue || person.isEmpty()) {
            return;
        }
        entities.flush();
        Standing standing = standings
                .of(withdrawn.account, settings, List.of(person.get().slug()), now)
                .getOrDefault(person.get().slug(), Standing.UNKNOWN);
        Campaigns.Names names = campaigns.names(withdrawn.account);
        Optional<String> obstacle = obstacle(withdrawn, standing, settings)
                .or(() -> names.take(withdrawn.campaign) ? Optional.empty() : Optional.of("TOO_MANY_CAMPAIGNS"));
        if (obstacle.isPresent()) {
            journal.tell(
                    withdrawn.account,
                    withdrawn.id,
                    now,
                    "invitation.not-tried-again",
                    actor,
                    Map.of("reason", obstacle.get()));
            return;
        }
        campaigns.add(withdrawn.account, names, now);
        long id = queue(withdrawn, now);
        journal.tell(withdrawn.account, id, now, "invitation.queued", actor, Map.of("secondTryOf", withdrawn.id));
    }

    private Optional<String> obstacle(Invitation withdrawn, Standing standing, AccountSettings settings) {
        if (standing.suppressed()) {
            return Optional.of("SUPPRESSED");
        }
        if (standing.queued() || standing.pending() || standing.connected()) {
            return Optional.of("INVITED_ANEW");
        }
        if (standing.teammate().isInTouch()) {
            return Optional.of("CONTACTED_BY_TEAMMATE");
        }
        if (withdrawn.lapsesAt != null && !withdrawn.lapsesAt.isAfter(withdrawn.cooldownUntil)) {
            return Optional.of("LAPSED");
        }
        if (withdrawn.note != null && withdrawn.note.length() > settings.tier().noteLimit()) {
            return Optional.of("NOTE_TOO_LONG");
        }
        return queue.length(withdrawn.account) >= longest ? Optional.of("QUEUE_FULL") : Optional.empty();
    }

    private long queue(Invitation withdrawn, Instant now) {
        Number id = (Number) entities.createNativeQuery("""
                insert into invitation (
                  account, state, queued_at, profile, first_name, last_name, headline, company, note, fields, degree, priority,
                  campaign, source, not_before, lapses_at, member_urn, email, template, alternative, cooldown_until,
                  second_try_of)
                select account, 'QUEUED', :now, profile, first_name, last_name, headline, company, note, fields, degree, priority,
                       campaign, source, cooldown_until, lapses_at, member_urn, email, template, alternative, cooldown_until, id
                  from invitation
                 where account = :account and id = :id
                returning id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("now", now)
                .setParameter("account", withdrawn.account)
                .setParameter("id", withdrawn.id)
                .getSingleResult();
        return id.longValue();
    }
}
