package dev.invitepacer.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a hand-over is tried again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each from the try before
 * it, as the Standard Webhooks specification recommends. The tenth try is the last.
 */
public final class RetrySchedule {
    /** The first try and nine more. */
    public static final int MOST_TRIES = 10;

    /** A receiver may put off a try so far, and no farther. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** … and a limit that says nothing of the task so far: the longest that a report may tell. */
    static final Duration LONGEST_LIMIT = Duration.ofDays(366);

    /** A wait is longer by up to this part of it, so that what failed together does not come again together. */
    private static final double JITTER = 0.1;

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private RetrySchedule() {}

    /**
     * When to try again after {@code tries} tries, the last of which ended at {@code now}; empty after the last one.
     *
     * @param tries at least 1
     * @param notBefore what the receiver asked for; null where it did not
     * @param chance in [0, 1): how much of the jitter
     */
    public static Optional<Instant> after(int tries, Instant now, Instant notBefore, double chance) {
        if (tries >= MOST_TRIES) {
            return Optional.empty();
        }
        Instant next = next(tries, now, chance);
        Instant farthest = now.plus(LONGEST);
        if (notBefore == null || !notBefore.isAfter(next)) {
            return Optional.of(next);
        }
        return Optional.of(notBefore.isAfter(farthest) ? later(next, farthest) : notBefore);
    }

    /**
     * When to try again what a limit puts off, of which it is not the cause: when the limit ends, else as {@link #after} says,
     * with the last wait again and again.
     *
     * @param tries at least 1, without a limit to them
     * @param until when the limit ends; null where nobody knows
     */
    static Instant putOff(int tries, Instant now, Instant until, double chance) {
        if (until == null) {
            return next(Math.min(tries, WAITS.size()), now, chance);
        }
        Instant farthest = now.plus(LONGEST_LIMIT);
        return later(next(1, now, chance), until.isAfter(farthest) ? farthest : until);
    }

    private static Instant next(int tries, Instant now, double chance) {
        Duration wait = WAITS.get(tries - 1);
        return now.plus(wait).plusNanos((long) (wait.toNanos() * JITTER * chance));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
