package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The active clock: active hours on the dates of one time zone, less the days of rest. Outside its hours it stands
 * still.
 *
 * <p>The law: an instant is active exactly if its local date-time lies in hours that start on a date which is no rest
 * day. Hours across midnight belong to the date on which they start. So where clocks go back, the hour that happens
 * twice is active twice; where they go forward, the hour (or, at Apia in 2011, the day) that never happens is never
 * active.
 *
 * <p>All instants are read on the grid of whole microseconds; see the package.
 *
 * @param hours the weekly hours
 * @param zone whose local time the hours are in
 * @param restDays local dates on which no hours start
 */
public record ActiveCalendar(ActiveHours hours, ZoneId zone, Set<LocalDate> restDays) {
    /** How far {@link #after} looks before it says that there is nothing: three years. */
    public static final Duration HORIZON = Duration.ofDays(3 * 365 + 1);

    private static final long HORIZON_MICROS = Micros.ceil(HORIZON);

    /** The active time from {@code start} up to, but without, {@code end}. */
    public record Stretch(Instant start, Instant end) {}

    public ActiveCalendar {
        restDays = Set.copyOf(restDays);
    }

    public static ActiveCalendar of(ActiveHours hours, ZoneId zone) {
        return new ActiveCalendar(hours, zone, Set.of());
    }

    public boolean isActive(Instant instant) {
        long micros = Micros.floor(instant);
        return new ActiveWalk(this, micros, micros + 1).next();
    }

    /**
     * The active time in {@code [from, to)}; zero where {@code to} is not after {@code from}. Costs a step for each day
     * between the two.
     */
    public Duration between(Instant from, Instant to) {
        return Micros.duration(between(Micros.floor(from), Micros.floor(to), Long.MAX_VALUE));
    }

    /**
     * The earliest active instant {@code t >= from} with {@code between(from, t) >= active}. A time that runs out just
     * as the hours end is so at the next opening, not at the end.
     *
     * @param active at least zero
     * @return empty if there is none within {@link #HORIZON} of {@code from}
     */
    public Optional<Instant> after(Instant from, Duration active) {
        long start = Micros.ceil(from);
        long left = Micros.ceil(active);
        ActiveWalk walk = new ActiveWalk(this, start, start + HORIZON_MICROS);
        while (walk.next()) {
            if (left < walk.end() - walk.start()) {
                return Optional.of(Micros.instant(walk.start() + left));
            }
            left -= walk.end() - walk.start();
        }
        return Optional.empty();
    }

    /** The active time within {@code [from, to)} in order, each stretch as long as it can be: no two of them touch. */
    public List<Stretch> spans(Instant from, Instant to) {
        List<Stretch> spans = new ArrayList<>();
        ActiveWalk walk = new ActiveWalk(this, Micros.floor(from), Micros.floor(to));
        boolean more = walk.next();
        while (more) {
            long start = walk.start();
            long end = walk.end();
            while ((more = walk.next()) && walk.start() == end) {
                end = walk.end();
            }
            spans.add(new Stretch(Micros.instant(start), Micros.instant(end)));
        }
        return List.copyOf(spans);
    }

    /**
     * The active microseconds in {@code [from, to)}, counted no further than {@code enough}, so that a long idle time
     * costs no long walk.
     */
    long between(long from, long to, long enough) {
        long active = 0;
        ActiveWalk walk = new ActiveWalk(this, from, to);
        while (active < enough && walk.next()) {
            active += walk.end() - walk.start();
        }
        return Math.max(0, Math.min(active, enough));
    }
}
