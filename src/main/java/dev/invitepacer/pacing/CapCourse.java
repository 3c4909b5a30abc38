package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cap in force as time goes by, if nobody changes anything and LinkedIn signals nothing.
 *
 * @param configured the account's weekly cap
 * @param ramp the warm-up; null for none
 * @param rampSince when it began; null for none
 * @param learned what was learned so far; null for nothing
 * @param isRaised whether quiet weeks raise what was learned
 */
public record CapCourse(int configured, WarmUp ramp, Instant rampSince, LearnedCap learned, boolean isRaised) {
    public static CapCourse of(int configured) {
        return new CapCourse(configured, null, null, null, false);
    }

    public CapCourse withConfigured(int configured) {
        return new CapCourse(configured, ramp, rampSince, learned, isRaised);
    }

    public EffectiveCap at(Instant now) {
        EffectiveCap cap = ramped(now);
        return learned == null ? cap : cap.within(learnedAt(now));
    }

    /** When it may change next, after {@code now}; empty if never again. */
    public Optional<Instant> changesAfter(Instant now) {
        Optional<Instant> raise =
                learned == null || !isRaised ? Optional.empty() : learnedAt(now).raiseAt(configured);
        if (ramped(now).cause() != EffectiveCap.Cause.WARM_UP) {
            return raise;
        }
        long weeks = Math.max(0, Duration.between(rampSince, now).dividedBy(ReleaseWindow.WEEK));
        Instant step = rampSince.plus(ReleaseWindow.WEEK.multipliedBy(weeks + 1));
        return Optional.of(raise.filter(at -> at.isBefore(step)).orElse(step));
    }

    private EffectiveCap ramped(Instant now) {
        return ramp == null || rampSince == null
                ? EffectiveCap.of(configured)
                : EffectiveCap.of(configured, ramp, rampSince, now);
    }

    private LearnedCap learnedAt(Instant now) {
        return isRaised ? learned.raised(configured, now) : learned;
    }
}
