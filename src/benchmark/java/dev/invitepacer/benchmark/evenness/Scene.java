package dev.invitepacer.benchmark.evenness;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.pacing.ActiveCalendar;
import dev.invitepacer.pacing.ActiveHours;

/** One account: 100 a week, Monday to Friday from 09:00 to 17:00 in Oslo, four weeks from a Monday midnight on, a queue that never ends. */
final class Scene {
    static final int CAP = 100;
    static final ZoneId ZONE = ZoneId.of("Europe/Oslo");
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final Instant BEGIN = Instant.parse("2026-10-04T22:00:00Z");
    /** Four weeks; a clock change is in the third. */
    static final Instant END = BEGIN.plus(Duration.ofDays(28));

    static final ActiveCalendar CALENDAR = ActiveCalendar.of(ActiveHours.parse(hours()), ZONE);
    /** Of active time: 24 minutes. */
    static final Duration INTERVAL = CALENDAR.hours().weekly().dividedBy(CAP);

    private Scene() {}

    static List<Instant> releases(Rule rule) {
        List<Instant> releases = new ArrayList<>();
        for (ActiveCalendar.Stretch hours : CALENDAR.spans(BEGIN, END)) {
            for (Instant now = hours.start(); now.isBefore(hours.end()); now = now.plus(PERIOD)) {
                while (rule.releasesAt(now)) {
                    releases.add(now);
                }
            }
        }
        return releases;
    }

    private static Map<DayOfWeek, List<String>> hours() {
        Map<DayOfWeek, List<String>> hours = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.put(day, day.getValue() <= 5 ? List.of("09:00-17:00") : List.of());
        }
        return hours;
    }
}
