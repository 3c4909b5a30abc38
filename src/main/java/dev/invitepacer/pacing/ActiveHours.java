package dev.invitepacer.pacing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weekly hours in which releases may happen, in the account's local time.
 *
 * <p>Guarantees: at least one day has hours; no two spans of the week share a minute, also not where a span that runs
 * across midnight reaches into the next day (Sunday's into Monday); each day's spans are in order; days without hours
 * are absent from {@link #days()}.
 *
 * @param days the spans that <em>start</em> on each day; a day that is absent or empty has none
 */
public record ActiveHours(Map<DayOfWeek, List<Span>> days) {
    /** The most spans that one day may have: enough for one an hour. */
    public static final int MOST_SPANS_A_DAY = 24;

    private static final int MINUTES_OF_DAY = 24 * 60;
    private static final int MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;
    private static final Pattern TEXT = Pattern.compile("(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");
    private static final String FORM = "write hours as \"HH:MM-HH:MM\", for example \"09:00-17:00\"";

    /**
     * Local time from {@code startMinute} up to, but without, {@code endMinute}.
     *
     * @param startMinute minutes since midnight of the day on which the span starts, 0 to 1439
     * @param endMinute minutes since the same midnight, so above 1440 where the span runs across the next one; after
     *     the start, and less than 24 hours after it unless the span is the whole day from midnight to midnight
     */
    public record Span(int startMinute, int endMinute) {
        public Span {
            boolean inOneDay = 0 <= startMinute && startMinute < endMinute && endMinute <= MINUTES_OF_DAY;
            boolean acrossMidnight = startMinute < MINUTES_OF_DAY
                    && MINUTES_OF_DAY < endMinute
                    && endMinute - MINUTES_OF_DAY < startMinute;
            if (!inOneDay && !acrossMidnight) {
                throw new InvalidActiveHoursException("minutes " + startMinute + " to " + endMinute
                        + ": the start lies in 0 to 1439 and the end after it, by less than 1440 minutes or at 1440");
            }
        }

        /**
         * As {@link ActiveHours#parse} reads it: {@code "22:00-02:00"} across midnight, {@code "18:00-24:00"} up to it.
         */
        @Override
        public String toString() {
            return clock(startMinute) + "-"
                    + clock(endMinute > MINUTES_OF_DAY ? endMinute - MINUTES_OF_DAY : endMinute);
        }

        private static String clock(int minute) {
            return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
        }
    }

    /** @throws InvalidActiveHoursException if there are no hours at all, too many on one day, or two that overlap */
    public ActiveHours {
        Map<DayOfWeek, List<Span>> ordered = new EnumMap<>(DayOfWeek.class);
        days.forEach((day, spans) -> {
            if (spans.size() > MOST_SPANS_A_DAY) {
                throw new InvalidActiveHoursException(day + " has " + spans.size() + " spans of hours, at most "
                        + MOST_SPANS_A_DAY + " are kept: join those that touch");
            }
            if (!spans.isEmpty()) {
                ordered.put(
                        day,
                        spans.stream()
                                .sorted(Comparator.comparingInt(Span::startMinute))
                                .toList());
            }
        });
        if (ordered.isEmpty()) {
            throw new InvalidActiveHoursException(
                    "no active hours in the whole week: give at least one day some, for example \"MONDAY\": [\"09:00-17:00\"]");
        }
        refuseOverlaps(ordered);
        days = Collections.unmodifiableMap(ordered);
    }

    /**
     * Reads {@code {"MONDAY": ["09:00-12:00", "13:00-17:00"], "FRIDAY": ["22:00-02:00"]}}.
     *
     * <p>{@code "22:00-02:00"} runs across midnight and belongs wholly to the day on which it starts; {@code
     * "00:00-24:00"} is the whole day. Spans may touch. An empty list is a day without hours, as an absent day is.
     *
     * @throws InvalidActiveHoursException if a text is malformed or its ends are equal, or for what the constructor
     *     refuses
     */
    public static ActiveHours parse(Map<DayOfWeek, List<String>> texts) {
        Map<DayOfWeek, List<Span>> days = new EnumMap<>(DayOfWeek.class);
        texts.forEach((day, ofDay) -> {
            if (ofDay == null) {
                throw new InvalidActiveHoursException(
                        day + ": give a list such as [\"09:00-17:00\"], or leave the day out for none");
            }
            days.put(day, ofDay.stream().map(text -> span(day, text)).toList());
        });
        return new ActiveHours(days);
    }

    /**
     * The same hours as texts, from Monday on, only the days that have any: {@link #parse} of them is equal to this.
     */
    public Map<DayOfWeek, List<String>> toStrings() {
        Map<DayOfWeek, List<String>> texts = new EnumMap<>(DayOfWeek.class);
        days.forEach((day, spans) ->
                texts.put(day, spans.stream().map(Span::toString).toList()));
        return Collections.unmodifiableMap(texts);
    }

    /**
     * The active time of a week that has no clock change and no rest day: {@code A}, over zero and at most 168 hours.
     */
    public Duration weekly() {
        int minutes = 0;
        for (List<Span> spans : days.values()) {
            for (Span span : spans) {
                minutes += span.endMinute - span.startMinute;
            }
        }
        return Duration.ofMinutes(minutes);
    }

    /** The spans that start on that day, in order. */
    List<Span> on(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }

    private static Span span(DayOfWeek day, String text) {
        String where = day + " \"" + text + "\": ";
        Matcher matcher = TEXT.matcher(String.valueOf(text));
        if (!matcher.matches()) {
            throw new InvalidActiveHoursException(where + FORM);
        }
        int start = minute(matcher, 1, MINUTES_OF_DAY - 1, where + "the start lies between 00:00 and 23:59; " + FORM);
        int end = minute(matcher, 3, MINUTES_OF_DAY, where + "the end lies between 00:00 and 24:00; " + FORM);
        if (start == end) {
            throw new InvalidActiveHoursException(where
                    + "start and end are the same; write \"00:00-24:00\" for the whole day, or leave it out for none");
        }
        return new Span(start, end > start ? end : end + MINUTES_OF_DAY);
    }

    private static int minute(Matcher matcher, int group, int last, String fault) {
        int minute = Integer.parseInt(matcher.group(group + 1));
        int ofDay = 60 * Integer.parseInt(matcher.group(group)) + minute;
        if (minute > 59 || ofDay > last) {
            throw new InvalidActiveHoursException(fault);
        }
        return ofDay;
    }

    private record Placed(DayOfWeek day, Span span) {
        int start() {
            return day.ordinal() * MINUTES_OF_DAY + span.startMinute;
        }

        int end() {
            return start() + span.endMinute - span.startMinute;
        }

        @Override
        public String toString() {
            return day + " \"" + span + "\"";
        }
    }

    /** In the order of their starts round the week, two spans overlap only if two neighbours do. */
    private static void refuseOverlaps(Map<DayOfWeek, List<Span>> days) {
        List<Placed> week = new ArrayList<>();
        days.forEach((day, spans) -> spans.forEach(span -> week.add(new Placed(day, span))));
        for (int i = 0; i < week.size(); i++) {
            boolean last = i == week.size() - 1;
            Placed one = week.get(i);
            Placed next = week.get(last ? 0 : i + 1);
            if (one.end() > next.start() + (last ? MINUTES_OF_WEEK : 0)) {
                throw new InvalidActiveHoursException(
                        one + " overlaps " + next + ": shorten one of them, or join them into one");
            }
        }
    }
}
