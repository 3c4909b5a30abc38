package dev.invitepacer.pacing;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What an account may do: its settings, as far as they decide when a release may go.
 *
 * @param calendar when releases may happen
 * @param cap the most releases in any 168 hours
 * @param burst the bucket's capacity, at least 1; above the effective cap it counts as that
 * @param spread over what a week's releases are spread
 * @param dailyCap the most releases in any 24 hours, at least 1; empty for no such cap
 * @param pendingThreshold with this many pending, nothing is released
 * @param openTaskLimit with this many tasks unfinished, nothing is released
 * @param slack one polling period: a release that is late by no more does not make those after it late
 */
public record Limits(
        ActiveCalendar calendar,
        EffectiveCap cap,
        int burst,
        Spread spread,
        OptionalInt dailyCap,
        int pendingThreshold,
        int openTaskLimit,
        Duration slack) {

    public Limits {
        if (burst < 1) {
            throw new IllegalArgumentException("burst is " + burst + ": at least 1");
        }
        if (dailyCap.isPresent() && dailyCap.getAsInt() < 1) {
            throw new IllegalArgumentException("daily cap is " + dailyCap.getAsInt() + ": at least 1, or none");
        }
        if (slack.isNegative() || slack.compareTo(ReleaseWindow.DAY) > 0) {
            throw new IllegalArgumentException("slack is " + slack + ": from zero to 24 hours");
        }
    }

    /** Burst 1, spread over the week, and no other limit than the cap. */
    public static Limits of(ActiveCalendar calendar, EffectiveCap cap) {
        return new Limits(
                calendar,
                cap,
                1,
                Spread.WEEK,
                OptionalInt.empty(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ZERO);
    }

    /** The burst in force: never above the cap. */
    public int effectiveBurst() {
        return Math.min(burst, cap.effective());
    }

    /** @param demand the releases of the last 168 hours and the drafts that wait */
    public Duration interval(long demand) {
        return spread.interval(calendar.hours().weekly(), cap.effective(), burst, demand);
    }

    public Limits withCalendar(ActiveCalendar calendar) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withCap(EffectiveCap cap) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withBurst(int burst) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withSpread(Spread spread) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withDailyCap(OptionalInt dailyCap) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withPendingThreshold(int pendingThreshold) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withOpenTaskLimit(int openTaskLimit) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }

    public Limits withSlack(Duration slack) {
        return new Limits(calendar, cap, burst, spread, dailyCap, pendingThreshold, openTaskLimit, slack);
    }
}
