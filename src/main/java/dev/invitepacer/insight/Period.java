package dev.invitepacer.insight;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** From {@code from} up to, but without, {@code to}. */
record Period(Instant from, Instant to) {
    private static final Duration DEFAULT = Duration.ofDays(90);
    /** Five weeks, and the hour by which clocks go back. */
    private static final Duration LONGEST_PICTURE = Duration.ofHours(5 * 168 + 1);

    private static final Duration LONGEST = Duration.ofDays(731);

    /**
     * Reads the query parameters. A date is the beginning of that day in {@code zone}; without {@code to} it ends now,
     * without {@code from} it lasts 90 days.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem where it cannot be read, is empty or longer than two years
     */
    static Period of(String from, String to, ZoneId zone, Instant now) {
        Instant end = to == null ? now : instant("to", to, zone);
        Instant start = from == null ? end.minus(DEFAULT) : instant("from", from, zone);
        if (!start.isBefore(end)) {
            throw Problem.of(Code.UNREADABLE, "from must lie before to, which is " + end + ".");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw Problem.of(Code.UNREADABLE, "from and to must be at most 731 days apart.");
        }
        return new Period(start, end);
    }

    /**
     * Reads the query parameters likewise. Without both it is the local week, Monday to Monday, in which {@code now} lies;
     * with one of them, seven local days.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem where it cannot be read, is empty or longer than five weeks
     */
    static Period ofWeeks(String from, String to, ZoneId zone, Instant now) {
        Instant start = from == null || from.isEmpty() ? null : instant("from", from, zone);
        Instant end = to == null || to.isEmpty() ? null : instant("to", to, zone);
        if (start == null) {
            start = end == null
                    ? LocalDate.ofInstant(now, zone)
                            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                            .atStartOfDay(zone)
                            .toInstant()
                    : end.atZone(zone).minusDays(7).toInstant();
        }
        if (end == null) {
            end = start.atZone(zone).plusDays(7).toInstant();
        }
        if (!start.isBefore(end)) {
            throw Problem.of(Code.UNREADABLE, "from must lie before to, which is " + end + ".");
        }
        if (Duration.between(start, end).compareTo(LONGEST_PICTURE) > 0) {
            throw Problem.of(Code.UNREADABLE, "from and to must be at most five weeks apart.");
        }
        return new Period(start, end);
    }

    private static Instant instant(String parameter, String text, ZoneId zone) {
        try {
            Instant instant = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            int year = instant.atOffset(java.time.ZoneOffset.UTC).getYear();
            if (year >= 1900 && year <= 9999) {
                return instant;
            }
        } catch (DateTimeException notOne) {
            // told below
        }
        throw Problem.of(
                Code.UNREADABLE,
                parameter + " must be a date such as 2026-11-23 or an instant such as 2026-11-23T09:00:00Z.");
    }
}
