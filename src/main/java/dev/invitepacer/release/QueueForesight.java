package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.invitation.Foresight;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.time.ServiceClock;

/**
 * Estimates when a queued invitation goes: it is as far down the queue as others go before it, and the pacer's own
 * functions tell when that many releases have happened. Beyond {@value #MOST_AHEAD} others, or a year, it says nothing.
 */
@ApplicationScoped
class QueueForesight implements Foresight {
    private static final int MOST_AHEAD = 2_000;
    private static final Duration HORIZON = Duration.ofDays(365);

    private final Session entities;
    private final Situations situations;
    private final ServiceClock clock;

    QueueForesight(Session entities, Situations situations, ServiceClock clock) {
        this.entities = entities;
        this.situations = situations;
        this.clock = clock;
    }

    @Override
    public Estimate of(Invitation queued) {
        Instant now = clock.now();
        List<Situation> found = situations.of(List.of(queued.account), now);
        if (found.isEmpty()) {
            return Estimate.NONE;
        }
        Situation situation = found.get(0);
        Decision decision = Pacer.decide(situation.limits(), situation.state(), now);
        int ahead = ahead(queued, now);
        if (ahead > MOST_AHEAD || situation.state().waiting() == 0) {
            return new Estimate(reason(decision, queued, now), null);
        }
        Instant from = queued.notBefore != null && queued.notBefore.isAfter(now) ? queued.notBefore : now;
        Instant releaseAt = Pacer
                // Only as many drafts as matter for the interval are counted; here every one ahead has to go first.
                .schedule(
                        situation.limits(),
                        situation.state().waiting() > ahead
                                ? situation.state()
                                : situation.state().withWaiting(ahead + 1),
                        now,
                        MOST_AHEAD + 1,
                        now.plus(HORIZON))
                .stream()
                .skip(ahead)
                .filter(release -> !release.isBefore(from))
                .findFirst()
                .or(() -> from.equals(now)
                        ? Optional.empty()
                        : Pacer.nextRelease(
                                situation.limits(), situation.state().withWaiting(1), from))
                .orElse(null);
        return new Estimate(reason(decision, queued, now), releaseAt);
    }

    /** How many go before it, counted no further than they matter. Index: invitation_queue. */
    private int ahead(Invitation queued, Instant now) {
        return ((Number) entities.createNativeQuery("""
                select count(*)
                  from (select from invitation
                         where account = :account
                           and state = 'QUEUED'
                           and (not_before is null or not_before <= :now)
                           and (lapses_at is null or lapses_at > :now)
                           and (-priority, degree, queued_at, id) < (-:priority, :degree, :queuedAt, :id)
                         limit :most) as others""")
                        .setParameter("account", queued.account)
                        .setParameter("now", now)
                        .setParameter("priority", (int) queued.priority)
                        .setParameter("degree", (int) queued.degree)
                        .setParameter("queuedAt", queued.queuedAt)
                        .setParameter("id", queued.id)
                        .setParameter("most", MOST_AHEAD + 1)
                        .getSingleResult())
                .intValue();
    }

    private static String reason(Decision decision, Invitation queued, Instant now) {
        if (queued.notBefore != null && queued.notBefore.isAfter(now)) {
            return Reason.NOTHING_ELIGIBLE.name();
        }
        if (decision instanceof Decision.Wait wait) {
            return wait.reason().name();
        }
        return decision instanceof Decision.Hold hold ? hold.reason().name() : null;
    }
}
