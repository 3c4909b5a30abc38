package dev.invitepacer.report.linkedin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two ways in which an export writes time. Both are US English, whatever the member's country. */
final class ExportDates {
    /** {@code M/d/yy, h:mm a}; before AM and PM there may be a narrow no-break space. */
    private static final Pattern SENT_AT = Pattern.compile(
            "(\\d{1,2})/(\\d{1,2})/(\\d{2}|\\d{4}),?[\\s\\h]+(\\d{1,2}):(\\d{2})(?::\\d{2})?[\\s\\h]*([AaPp])[Mm]");

    /** {@code dd MMM yyyy}. */
    private static final Pattern CONNECTED_ON =
            Pattern.compile("(\\d{1,2})[\\s\\h]+([A-Za-z]{3,4})\\.?[\\s\\h]+(\\d{4})");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final int CENTURY = 2000;
    private static final int HALF_DAY = 12;
    private static final int MONTH_LETTERS = 3;

    private ExportDates() {}

    /**
     * The minute in which an invitation was sent. A local time that a clock change skipped is taken as long after the
     * change as it stands after the skipped hour's beginning; of one that came twice the later is taken, so that it
     * counts towards the cap for no less than 168 hours.
     */
    static Optional<Instant> sentAt(String cell, ZoneId zone) {
        Matcher parts = SENT_AT.matcher(cell);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int hour = number(parts, 4);
        if (hour < 1 || hour > HALF_DAY) {
            return Optional.empty();
        }
        boolean isAfternoon = parts.group(6).equalsIgnoreCase("p");
        int year = number(parts, 3);
        try {
            return Optional.of(LocalDateTime.of(
                            year < 100 ? CENTURY + year : year,
                            number(parts, 1),
                            number(parts, 2),
                            hour % HALF_DAY + (isAfternoon ? HALF_DAY : 0),
                            number(parts, 5))
                    .atZone(zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** The day on which two people were connected. */
    static Optional<LocalDate> connectedOn(String cell) {
        Matcher parts = CONNECTED_ON.matcher(cell);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(parts.group(2).substring(0, MONTH_LETTERS).toLowerCase(Locale.ROOT));
        try {
            return Optional.of(LocalDate.of(number(parts, 3), month + 1, number(parts, 1)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
