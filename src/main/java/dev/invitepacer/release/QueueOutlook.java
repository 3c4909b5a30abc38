package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.ReleaseOutlook;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pacer;

/** Counts an account's next releases, by the functions that decide about each of them. */
@ApplicationScoped
class QueueOutlook implements ReleaseOutlook {
    private final Session entities;
    private final Situations situations;

    QueueOutlook(Session entities, Situations situations) {
        this.entities = entities;
        this.situations = situations;
    }

    @Override
    public int releasesWithin(String account, Instant now, Duration time) {
        return situations.of(List.of(account), now).stream()
                .mapToInt(situation -> releases(situation, now, now.plus(time)))
                .sum();
    }

    private int releases(Situation situation, Instant now, Instant end) {
        Limits limits =
                situation.limits().withPendingThreshold(Integer.MAX_VALUE).withOpenTaskLimit(Integer.MAX_VALUE);
        List<Instant> times =
                Pacer.schedule(limits, situation.state(), now, situation.state().waiting(), end);
        return times.isEmpty()
                ? 0
                : Math.min(
                        times.size(),
                        drafts(situation.account(), times.get(0), times.get(times.size() - 1), times.size()));
    }

    /** How many drafts may go at some time from the first release to the last, counted to {@code most}. Index: invitation_queue. */
    private int drafts(String account, Instant first, Instant last, int most) {
        return ((Number) entities.createNativeQuery("""
                select count(*)
                  from (select from invitation
                         where account = :account
                           and state = 'QUEUED'
                           and (not_before is null or not_before <= :last)
                           and (lapses_at is null or lapses_at > greatest(:first, not_before))
                         limit :most) as drafts""")
                        .setParameter("account", account)
                        .setParameter("first", first)
                        .setParameter("last", last)
                        .setParameter("most", most)
                        .getSingleResult())
                .intValue();
    }
}
