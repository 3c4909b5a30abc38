package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cap that an account has learned from LinkedIn's limit signals: additive increase, multiplicative decrease, as in
 * congestion control.
 *
 * <p>Laws: it is at least 1 and, when it is cut or raised, at most the configured cap; a cut never raises it; it rises only at
 * the instants {@code since + k * 168 h}, whenever somebody looks, so that it does not drift.
 *
 * @param cap the most releases in any 168 hours, at least 1
 * @param since when it was last cut or raised, or a raise was last skipped
 */
public record LearnedCap(int cap, Instant since) {
    /** What a quiet week adds. */
    public static final int STEP = 5;

    private static final int KEPT_TENTHS = 7;

    public LearnedCap {
        if (cap < 1) {
            throw new IllegalArgumentException("learned cap is " + cap + ": at least 1");
        }
    }

    /**
     * After a limit signal: 0.7 of what the week carried, rounded down.
     *
     * @param before what was learned so far, if anything
     * @param carried what the 168 hours up to the signal carried, at least 0
     */
    public static LearnedCap cut(Optional<LearnedCap> before, int configured, int carried, Instant now) {
        int most = before.map(learned -> Math.min(learned.cap, configured)).orElse(configured);
        int kept = (int) ((long) carried * KEPT_TENTHS / 10);
        return new LearnedCap(Math.max(1, Math.min(kept, most)), now);
    }

    /** When a week without a signal is over; empty where the configured cap leaves nothing to raise. */
    public Optional<Instant> raiseAt(int configured) {
        return cap < configured ? Optional.of(since.plus(ReleaseWindow.WEEK)) : Optional.empty();
    }

    public boolean isRaiseDue(int configured, Instant now) {
        return raiseAt(configured).filter(at -> !at.isAfter(now)).isPresent();
    }

    /** After the quiet weeks up to {@code now}, each of which raised it. */
    public LearnedCap raised(int configured, Instant now) {
        long weeks = weeks(now);
        return weeks == 0 || cap >= configured
                ? this
                : new LearnedCap((int) Math.min(configured, cap + STEP * weeks), since(weeks));
    }

    /** After the quiet weeks up to {@code now}, none of which raised it: too few people accept. */
    public LearnedCap unraised(Instant now) {
        return new LearnedCap(cap, since(weeks(now)));
    }

    private long weeks(Instant now) {
        return Math.max(0, Duration.between(since, now).dividedBy(ReleaseWindow.WEEK));
    }

    private Instant since(long weeks) {
        return since.plus(ReleaseWindow.WEEK.multipliedBy(weeks));
    }
}
