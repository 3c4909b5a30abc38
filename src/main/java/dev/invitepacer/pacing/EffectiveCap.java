package dev.invitepacer.pacing;

import java.time.Instant;

/**
 * The cap in force, and why it is not higher.
 *
 * @param configured the account's own weekly cap, at least 1
 * @param effective the cap to keep, from 1 to {@code configured}
 * @param cause what sets {@code effective}
 */
public record EffectiveCap(int configured, int effective, Cause cause) {
    public enum Cause {
        CONFIGURED,
        WARM_UP,
        LEARNED
    }

    public EffectiveCap {
        if (effective < 1 || effective > configured) {
            throw new IllegalArgumentException(
                    "effective cap is " + effective + " of " + configured + ": from 1 to the configured cap");
        }
    }

    public static EffectiveCap of(int configured) {
        return new EffectiveCap(configured, configured, Cause.CONFIGURED);
    }

    /** The smaller of this cap and the learned one; {@code LEARNED} only as long as that is below. */
    public EffectiveCap within(LearnedCap learned) {
        return learned.cap() < effective ? new EffectiveCap(configured, learned.cap(), Cause.LEARNED) : this;
    }

    /** The smaller of the configured cap and the ramp; {@code WARM_UP} only as long as the ramp is below. */
    public static EffectiveCap of(int configured, WarmUp ramp, Instant warmUpSince, Instant now) {
        int allowed = ramp.cap(warmUpSince, now);
        return allowed < configured ? new EffectiveCap(configured, allowed, Cause.WARM_UP) : of(configured);
    }
}
