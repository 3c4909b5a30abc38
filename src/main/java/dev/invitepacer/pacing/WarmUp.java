package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * The ramp of a new account: {@code start} releases a week at first, {@code step} more with every whole week of 168
 * hours.
 *
 * @param start at least 1
 * @param step at least 1, so that the ramp ends
 */
public record WarmUp(int start, int step) {
    public WarmUp {
        if (start < 1 || step < 1) {
            throw new IllegalArgumentException(
                    "warm-up starts at " + start + " and steps by " + step + ": at least 1 each");
        }
    }

    /** What the ramp allows at {@code now}. A clock before {@code since} is in the first week. */
    public int cap(Instant since, Instant now) {
        long weeks = Math.max(0, Duration.between(since, now).dividedBy(ReleaseWindow.WEEK));
        // Within an int's range of weeks the sum fits a long.
        return (int) Math.min(Integer.MAX_VALUE, start + (long) step * Math.min(weeks, Integer.MAX_VALUE));
    }
}
