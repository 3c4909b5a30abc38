package dev.invitepacer.pacing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import dev.invitepacer.pacing.ActiveHours.Span;

/**
 * A random place and week: hours, a zone, days of rest, and an instant a few days before that zone's clock changes. It
 * knows by itself what is active, minute by minute and from the local date-time alone, so that it can judge {@link
 * ActiveCalendar}.
 */
record World(Map<DayOfWeek, List<Span>> spans, ZoneId zone, Set<LocalDate> restDays, Instant start) {
    private record Place(String zone, String change) {}

    private static final List<Place> PLACES = List.of(
            new Place("Europe/Oslo", "2026-03-29T01:00:00Z"),
            new Place("Europe/Oslo", "2026-10-25T01:00:00Z"),
            new Place("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
            new Place("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
            new Place("Pacific/Apia", "2011-12-30T10:00:00Z"),
            new Place("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
            new Place("America/Sao_Paulo", "2018-02-18T02:00:00Z"),
            new Place("Africa/Casablanca", "2026-02-15T02:00:00Z"),
            new Place("Africa/Casablanca", "2026-03-22T02:00:00Z"),
            new Place("Asia/Beirut", "2026-03-28T22:00:00Z"),
            new Place("Asia/Beirut", "2026-10-24T21:00:00Z"),
            new Place("America/St_Johns", "2006-04-02T03:31:00Z"),
            new Place("America/St_Johns", "2006-10-29T02:31:00Z"),
            new Place("Asia/Kathmandu", "2026-05-01T00:00:00Z"),
            new Place("UTC", "2026-12-31T00:00:00Z"),
            new Place("-11:30", "2028-02-29T00:00:00Z"));

    static Arbitrary<World> any() {
        return Arbitraries.randomValue(World::random);
    }

    static World random(Random random) {
        Place place = PLACES.get(random.nextInt(PLACES.size()));
        Instant start = Instant.parse(place.change).minus(random.nextInt(5 * 1440), ChronoUnit.MINUTES);
        ZoneId zone = ZoneId.of(place.zone);
        Set<LocalDate> restDays = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            restDays.add(LocalDate.ofInstant(start, zone).plusDays(random.nextInt(9) - 1));
        }
        return new World(randomSpans(random), zone, restDays, start);
    }

    static Map<DayOfWeek, List<Span>> randomSpans(Random random) {
        Map<DayOfWeek, List<Span>> spans = new EnumMap<>(DayOfWeek.class);
        int kind = random.nextInt(4);
        if (kind == 0) {
            for (DayOfWeek day : DayOfWeek.values()) {
                spans.put(day, List.of(new Span(0, 1440)));
            }
            return spans;
        }
        boolean[] taken = new boolean[7 * 1440];
        for (int tries = 1 + random.nextInt(20); tries > 0 || spans.isEmpty(); tries--) {
            int step = kind == 1 ? 1 : 30;
            int start = random.nextInt(1440 / step) * step;
            int length = (1 + random.nextInt((kind == 3 ? 1439 : 300) / step)) * step;
            if (start + length == 1440 + start) {
                continue;
            }
            DayOfWeek day = DayOfWeek.of(1 + random.nextInt(7));
            int at = (day.getValue() - 1) * 1440 + start;
            boolean free = true;
            for (int minute = at; minute < at + length; minute++) {
                free &= !taken[minute % taken.length];
            }
            if (free) {
                for (int minute = at; minute < at + length; minute++) {
                    taken[minute % taken.length] = true;
                }
                spans.computeIfAbsent(day, any -> new ArrayList<>()).add(new Span(start, start + length));
            }
        }
        return spans;
    }

    ActiveCalendar calendar() {
        return new ActiveCalendar(new ActiveHours(spans), zone, restDays);
    }

    /** The law, word by word. */
    boolean isActive(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalDate today = local.toLocalDate();
        int minute = local.getHour() * 60 + local.getMinute();
        return covers(today, minute) || covers(today.minusDays(1), minute + 1440);
    }

    private boolean covers(LocalDate date, int minute) {
        return !restDays.contains(date)
                && spans.getOrDefault(date.getDayOfWeek(), List.of()).stream()
                        .anyMatch(span -> span.startMinute() <= minute && minute < span.endMinute());
    }

    /**
     * Whether each minute from the start on is active. Every offset and change in the list of places is in whole
     * minutes.
     */
    boolean[] minutes(int count) {
        boolean[] active = new boolean[count];
        for (int i = 0; i < count; i++) {
            active[i] = isActive(start.plus(i, ChronoUnit.MINUTES));
        }
        return active;
    }

    /**
     * A length of active time up to that many minutes, but no more than a week has: an interval is never longer than
     * that.
     */
    Duration interval(Random random, int mostMinutes) {
        long week = new ActiveHours(spans).weekly().toMinutes();
        return micros(1 + random.nextLong(Math.min(week, mostMinutes) * 60_000_000L));
    }

    Instant plus(long micros) {
        return start.plus(micros, ChronoUnit.MICROS);
    }

    static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
