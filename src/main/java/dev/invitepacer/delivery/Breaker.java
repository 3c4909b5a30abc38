package dev.invitepacer.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * What a lane's last hand-overs say about the next: after some failures in a row it waits, each time twice as long, and is
 * then tried with one at a time until one succeeds.
 *
 * @param failures in a row
 * @param waitsUntil null where it does not wait
 */
record Breaker(int failures, Instant waitsUntil) {
    static final Breaker CLOSED = new Breaker(0, null);
    static final int MOST_FAILURES = 5;
    static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    Breaker failed(Instant now) {
        int again = Math.min(failures + 1, 1_000);
        if (again < MOST_FAILURES) {
            return new Breaker(again, null);
        }
        int doublings = Math.min(again - MOST_FAILURES, 10);
        Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
        return new Breaker(again, now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
    }

    /** Not that one call failed, but that all would: it waits at once. What other calls hear meanwhile is nothing new. */
    Breaker told(Instant until, Instant now) {
        Breaker opened = isWaiting(now) ? this : new Breaker(Math.max(failures, MOST_FAILURES - 1), null).failed(now);
        Instant farthest = now.plus(LONGEST_WAIT);
        Instant heeded = until == null || until.isBefore(opened.waitsUntil) ? opened.waitsUntil : until;
        return new Breaker(opened.failures, heeded.isAfter(farthest) ? farthest : heeded);
    }

    boolean isOpen() {
        return failures >= MOST_FAILURES;
    }

    boolean isWaiting(Instant now) {
        return waitsUntil != null && now.isBefore(waitsUntil);
    }

    /** How many hand-overs may run at once at {@code now}, of {@code most}. */
    int places(Instant now, int most) {
        if (isWaiting(now)) {
            return 0;
        }
        return isOpen() ? 1 : most;
    }
}
