package dev.invitepacer.pacing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The token bucket of an account, as the generic cell rate algorithm (ITU-T I.371) over the active clock {@code a}: no
 * drip, one theoretical arrival time (TAT).
 *
 * <pre>
 * may release at t    iff  a(t) >= TAT - (burst - 1) * interval
 * after a release     TAT := max(TAT, a(t) - slack) + interval
 * </pre>
 *
 * <p>Hours, zone and interval may change between two releases, so the TAT is not kept against a fixed origin but from
 * the last release: {@code TAT = a(anchor) + offset + interval}, always with the interval that is <em>now</em> in
 * force. Where that is another one than at the last release, tokens owed (a positive offset) are conserved, so the
 * offset is scaled; the credit for polling late (a negative one) is time, and stays.
 *
 * <p>Guarantees: two releases {@code burst} apart are at least one interval of active time apart, less the slack; a
 * clock that went back releases nothing early, since time before the anchor counts as none; time beyond a full bucket
 * is lost. No question costs a walk over more active time than it takes to fill the bucket. Values are rounded up to
 * whole microseconds, so a bucket that was stored as such is the same bucket.
 *
 * @param anchor the latest instant of a release
 * @param offset what the TAT, before the interval of that release was added, lies after the anchor: from {@code -slack}
 *     to some intervals
 * @param interval the interval in force at that release; zero in a bucket from which nothing was ever released
 */
public record Bucket(Instant anchor, Duration offset, Duration interval) {
    /** The largest burst that is taken. */
    public static final int MOST_BURST = 10_000;
    /** The longest interval, and the longest slack, that is taken: ten years of active time. */
    public static final Duration LONGEST_INTERVAL = Duration.ofDays(3660);

    private static final Bucket FULL = new Bucket(Instant.EPOCH, Duration.ZERO, Duration.ZERO);
    // Far above MOST_BURST intervals, and two of it still fit a long.
    private static final long NEVER = Micros.FAR - Micros.ceil(LONGEST_INTERVAL) * 2;

    /** @throws IllegalArgumentException if the interval is negative or above {@link #LONGEST_INTERVAL} */
    public Bucket {
        anchor = Micros.ceiled(anchor);
        offset = Micros.duration(Micros.ceil(offset));
        interval = Micros.duration(Micros.ceil(interval));
        if (interval.isNegative() || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("interval of a bucket is " + interval + ": from zero to 3660 days");
        }
    }

    /** Nothing was ever released: all tokens are there. */
    public static Bucket full() {
        return FULL;
    }

    /**
     * The same tokens in a bucket of the capacity now in force. An empty bucket is the worst there is: where the capacity was lowered, nothing is
     * owed beyond it.
     *
     * @param interval the interval now in force, over zero
     * @param burst the capacity now in force, at least 1
     */
    public Bucket within(Duration interval, int burst) {
        long most = (requireBurst(burst) - 1) * requireInterval(interval);
        long owed = toFull(interval) - Micros.ceil(interval);
        return this.interval.isZero() || owed <= most ? this : new Bucket(anchor, Micros.duration(most), interval);
    }

    /**
     * The earliest active instant from {@code now} on at which there is a token.
     *
     * @param interval the interval now in force, over zero
     * @param burst the capacity now in force, at least 1
     * @return empty if the calendar has no such instant within {@link ActiveCalendar#HORIZON}
     */
    public Optional<Instant> dueAt(ActiveCalendar calendar, Duration interval, int burst, Instant now) {
        return dueAfter(lacking(calendar, interval, burst, now), calendar, now);
    }

    /** {@link #dueAt} for who knows already what is {@link #lacking}. */
    Optional<Instant> dueAfter(Duration lacking, ActiveCalendar calendar, Instant now) {
        boolean clockWentBack = now.isBefore(anchor) && !lacking.isZero();
        return calendar.after(clockWentBack ? anchor : now, lacking);
    }

    /**
     * The active time, from {@code now} or the anchor on, that is still to pass until there is a token; zero if there
     * is one.
     */
    Duration lacking(ActiveCalendar calendar, Duration interval, int burst, Instant now) {
        long needed = toFull(interval) - (requireBurst(burst) - 1) * requireInterval(interval);
        return needed <= 0 ? Duration.ZERO : Micros.duration(needed - passed(calendar, now, needed));
    }

    /**
     * The bucket after one token was taken at {@code now}, whether or not there was one.
     *
     * @param interval the interval now in force, over zero
     * @param slack how late a release may be without shifting those after it: one polling period, or zero
     */
    public Bucket afterRelease(Instant now, ActiveCalendar calendar, Duration interval, Duration slack) {
        long late = requireSlack(slack);
        requireInterval(interval);
        if (this.interval.isZero()) {
            return new Bucket(Micros.floored(now), Micros.duration(-late), interval);
        }
        long toFull = toFull(interval);
        long offset = Math.max(toFull - passed(calendar, now, toFull + late), -late);
        return new Bucket(now.isBefore(anchor) ? anchor : Micros.floored(now), Micros.duration(offset), interval);
    }

    /**
     * The tokens in the bucket, from 0 to {@code burst}, rounded down to 3 decimals. There are at least {@code 1.000}
     * exactly if a release may go as far as the bucket is concerned.
     */
    public BigDecimal tokens(ActiveCalendar calendar, Duration interval, int burst, Instant now) {
        BigDecimal full = BigDecimal.valueOf(requireBurst(burst)).setScale(3);
        long micros = requireInterval(interval);
        long toFull = toFull(interval);
        if (toFull <= 0) {
            return full;
        }
        BigDecimal missing = BigDecimal.valueOf(toFull - passed(calendar, now, toFull))
                .divide(BigDecimal.valueOf(micros), 3, RoundingMode.CEILING);
        return full.subtract(missing).max(BigDecimal.ZERO.setScale(3));
    }

    /** The active time from the anchor to the TAT: after it, the bucket is full. */
    private long toFull(Duration intervalNow) {
        if (interval.isZero()) {
            return 0;
        }
        long now = requireInterval(intervalNow);
        long then = Micros.ceil(interval);
        long owed = Micros.ceil(offset);
        if (owed <= 0 || now == then) {
            return Math.min(owed, NEVER) + now;
        }
        BigInteger product = BigInteger.valueOf(owed).multiply(BigInteger.valueOf(now));
        BigInteger[] scaled = product.divideAndRemainder(BigInteger.valueOf(then));
        BigInteger up = scaled[1].signum() == 0 ? scaled[0] : scaled[0].add(BigInteger.ONE);
        return up.min(BigInteger.valueOf(NEVER)).longValueExact() + now;
    }

    /** The active time since the anchor; none if the clock went back behind it. */
    private long passed(ActiveCalendar calendar, Instant now, long enough) {
        return calendar.between(Micros.floor(anchor), Micros.floor(now), enough);
    }

    private static long requireInterval(Duration interval) {
        if (interval.isZero() || interval.isNegative() || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("interval is " + interval + ": over zero, at most 3660 days");
        }
        return Micros.ceil(interval);
    }

    private static long requireSlack(Duration slack) {
        if (slack.isNegative() || slack.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("slack is " + slack + ": from zero to 3660 days");
        }
        return Micros.ceil(slack);
    }

    private static long requireBurst(int burst) {
        if (burst < 1 || burst > MOST_BURST) {
            throw new IllegalArgumentException("burst is " + burst + ": from 1 to " + MOST_BURST);
        }
        return burst;
    }
}
