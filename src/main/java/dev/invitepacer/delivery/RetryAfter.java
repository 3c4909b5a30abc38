package dev.invitepacer.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header Retry-After: seconds, or a date as HTTP writes it. */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * How long to wait; null where the header is missing or makes no sense.
     *
     * @param now real time, in which the receiver's date is meant
     * @param longest what is longer is cut to it; a date that has passed is no time at all
     */
    public static Duration read(String header, Instant now, Duration longest) {
        if (header == null || header.length() > 64) {
            return null;
        }
        String text = header.trim();
        if (text.matches("[0-9]{1,18}")) {
            return bounded(Duration.ofSeconds(Math.min(Long.parseLong(text), longest.toSeconds())), longest);
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(now, date), longest);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Duration bounded(Duration wait, Duration longest) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait;
    }
}
