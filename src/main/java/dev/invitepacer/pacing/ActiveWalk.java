package dev.invitepacer.pacing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

import dev.invitepacer.pacing.ActiveHours.Span;

/**
 * Goes through the active time of {@code [from, to)} piece by piece, in order. The pieces do not overlap, none is
 * empty, and two of them may touch.
 *
 * <p>Local time is a plain shift of absolute time as long as the zone's offset stays the same. So the walk takes one
 * stretch of constant offset after the other, and within it cuts each local span to the stretch: nothing else has to be
 * known about clock changes.
 */
final class ActiveWalk {
    private final ActiveCalendar calendar;
    private final ZoneRules rules;
    private final long to;

    private long segmentEnd;
    private long offset;
    private long localStart;
    private long localEnd;

    private long day;
    private List<Span> spans = List.of();
    private int nextSpan;

    private long start;
    private long end;

    ActiveWalk(ActiveCalendar calendar, long from, long to) {
        this.calendar = calendar;
        this.rules = calendar.zone().getRules();
        this.to = to;
        this.segmentEnd = from;
        openSegment();
    }

    /** Moves to the next piece; false when there is none left. */
    boolean next() {
        while (true) {
            while (nextSpan < spans.size()) {
                Span span = spans.get(nextSpan++);
                long from = Math.max(localStart, day * Micros.DAY + span.startMinute() * Micros.MINUTE);
                long until = Math.min(localEnd, day * Micros.DAY + span.endMinute() * Micros.MINUTE);
                if (from < until) {
                    start = from - offset;
                    end = until - offset;
                    return true;
                }
            }
            if ((day + 1) * Micros.DAY < localEnd) {
                openDay(day + 1);
            } else if (!openSegment()) {
                return false;
            }
        }
    }

    /** Where the piece starts, in microseconds since 1970. */
    long start() {
        return start;
    }

    /** Where the piece ends, itself excluded. */
    long end() {
        return end;
    }

    private boolean openSegment() {
        long from = segmentEnd;
        if (from >= to) {
            return false;
        }
        Instant instant = Micros.instant(from);
        offset = rules.getOffset(instant).getTotalSeconds() * Micros.SECOND;
        ZoneOffsetTransition change = rules.nextTransition(instant);
        segmentEnd = change == null ? to : Math.min(to, change.toEpochSecond() * Micros.SECOND);
        localStart = from + offset;
        localEnd = segmentEnd + offset;
        // The hours that run across midnight into the first day start on the day before it.
        openDay(Math.floorDiv(localStart, Micros.DAY) - 1);
        return true;
    }

    private void openDay(long epochDay) {
        day = epochDay;
        nextSpan = 0;
        boolean rest = !calendar.restDays().isEmpty() && calendar.restDays().contains(LocalDate.ofEpochDay(epochDay));
        // 1970-01-01 was a Thursday.
        spans = rest ? List.of() : calendar.hours().on(DayOfWeek.THURSDAY.plus(epochDay));
    }
}
