package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The microsecond grid on which all pacing happens, as signed microseconds since 1970 or as a length.
 *
 * <p>What lies beyond {@link #FAR} (146,000 years) is taken as {@code FAR}: sums of two grid values never overflow a
 * {@code long}.
 */
final class Micros {
    static final long FAR = 1L << 62;
    static final long SECOND = 1_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long DAY = 24 * 60 * MINUTE;

    private Micros() {}

    static long floor(Instant instant) {
        return bounded(instant.getEpochSecond(), instant.getNano() / 1_000);
    }

    static long ceil(Instant instant) {
        return bounded(instant.getEpochSecond(), (instant.getNano() + 999) / 1_000);
    }

    static long ceil(Duration duration) {
        return bounded(duration.getSeconds(), (duration.getNano() + 999) / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000);
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    static Instant floored(Instant instant) {
        return instant(floor(instant));
    }

    static Instant ceiled(Instant instant) {
        return instant(ceil(instant));
    }

    private static long bounded(long seconds, int micros) {
        if (seconds >= FAR / SECOND) {
            return FAR;
        }
        if (seconds <= -FAR / SECOND) {
            return -FAR;
        }
        return seconds * SECOND + micros;
    }
}
