package dev.invitepacer.withdrawal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.pacing.ReleaseWindow;

/**
 * How many withdrawals may still be asked for, by the nightly run and by people together. What counts is when a withdrawal
 * comes up: its instant is that of its task's {@code ready_at}.
 *
 * <p>Law: in every rolling 24 hours {@code (t - 24 h, t]} at most {@code perNight} withdrawals come up, and never are more
 * than {@code perNight} open.
 *
 * @param perNight the account's {@code withdrawalsPerNight}; with 0 nothing is planned and {@link #freeAt} is no limit
 * @param open how many are asked for and not yet reported, whenever they came or come up
 * @param all when those of the last 24 hours came up, and when those that wait come up
 * @param done those of {@code all} that are closed
 */
record Allowance(int perNight, int open, ReleaseWindow all, ReleaseWindow done) {
    /** By how much later than yesterday's a night's last withdrawal may come up: clocks change, runs are late. */
    static final Duration GRACE = Duration.ofHours(2);

    private static final Duration DAY = ReleaseWindow.DAY;

    /** The allowance once so many of the open ones are closed. */
    Allowance without(int closing) {
        return new Allowance(perNight, open - closing, all, done);
    }

    /** How many more may come up from {@code start} on, within {@code over} and {@link #GRACE}. */
    int left(Instant start, Duration over) {
        return Math.max(0, perNight - open - done.count(start.plus(over).plus(GRACE), DAY));
    }

    /**
     * When one more may be asked for; empty where only a report on what is open can make room. What is open now is taken to
     * stay open.
     */
    Optional<Instant> freeAt(Instant now) {
        return perNight == 0 ? Optional.of(now) : done.freeAt(perNight - open, DAY, now);
    }

    /**
     * When each of {@code count} comes up: evenly over {@code over} from {@code start} on, and where yesterday's were later,
     * no sooner than a day after them.
     *
     * @param count at most what is {@link #left}
     * @return in ascending order
     */
    List<Instant> comeUp(int count, Instant start, Duration over) {
        List<Instant> times = new ArrayList<>(count);
        ReleaseWindow window = all;
        for (int i = 0; i < count; i++) {
            Instant evenly = start.plus(over.multipliedBy(i).dividedBy(count));
            Instant free = window.freeAt(perNight, DAY, start).orElseThrow();
            Instant at = free.isAfter(evenly) ? free : evenly;
            times.add(at);
            window = window.with(at);
        }
        return List.copyOf(times);
    }
}
