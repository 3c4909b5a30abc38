package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the picture of a week shows, against counting one by one. */
class StepsLawTest {
    /** The Friday before Oslo's clocks go back. */
    private static final Instant START = Instant.parse("2026-10-23T00:00:00Z");

    private static final Duration LENGTH = Duration.ofMinutes(7);

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.integers().between(-20, 40).map(minutes -> START.plusSeconds(60L * minutes));
    }

    @Provide
    Arbitrary<List<Instant>> releases() {
        return instants().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Steps.Span>> spans() {
        return Combinators.combine(instants(), instants().injectNull(0.3))
                .as(Steps.Span::new)
                .list()
                .ofMaxSize(12);
    }

    @Property
    void atEveryInstantTheStepsSayHowManyThereAre(@ForAll("spans") List<Steps.Span> spans) {
        Instant to = START.plusSeconds(60 * 20);
        List<Steps.Step> steps = Steps.of(spans, START, to);

        assertThat(steps.get(0).at()).isEqualTo(START);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).at()).isAfter(steps.get(i - 1).at()).isBefore(to);
            assertThat(steps.get(i).count()).isNotEqualTo(steps.get(i - 1).count());
        }
        for (Instant at = START; at.isBefore(to); at = at.plusSeconds(30)) {
            Instant then = at;
            long there = spans.stream()
                    .filter(span -> !span.since().isAfter(then)
                            && (span.until() == null || span.until().isAfter(then)))
                    .count();
            assertThat(countAt(steps, then)).as("at " + then).isEqualTo((int) there);
        }
    }

    @Property
    void theRollingCountIsThatOfTheWindowWhichHoldsTheCap(@ForAll("releases") List<Instant> releases) {
        Instant to = START.plusSeconds(60 * 20);
        List<Steps.Step> steps = Steps.window(releases, LENGTH, START, to);

        for (Instant at = START; at.isBefore(to); at = at.plusSeconds(30)) {
            Instant then = at;
            ReleaseWindow window = ReleaseWindow.of(
                    releases.stream().filter(release -> !release.isAfter(then)).toList());
            assertThat(countAt(steps, at)).as("at " + at).isEqualTo(window.count(at, LENGTH));
        }
    }

    @Property(tries = 200)
    void theIdealLineRisesByOneEveryIntervalOfActiveTime(
            @ForAll("hours") ActiveHours hours, @ForAll("minutes") int minutes) {
        ActiveCalendar calendar = ActiveCalendar.of(hours, ZoneId.of("Europe/Oslo"));
        Duration interval = Duration.ofMinutes(minutes);
        Instant to = START.plus(Duration.ofDays(8));
        List<IdealLine.Point> points = IdealLine.of(calendar, interval, START, to);

        assertThat(points.get(0)).isEqualTo(new IdealLine.Point(START, new BigDecimal("0.000")));
        assertThat(points.get(points.size() - 1).at()).isEqualTo(to);
        for (int i = 0; i < points.size(); i++) {
            IdealLine.Point point = points.get(i);
            assertThat(point.released())
                    .isEqualTo(BigDecimal.valueOf(
                                    calendar.between(START, point.at()).toSeconds())
                            .divide(BigDecimal.valueOf(interval.toSeconds()), 3, RoundingMode.HALF_UP));
            if (i > 0) {
                Duration between = Duration.between(points.get(i - 1).at(), point.at());
                assertThat(calendar.between(points.get(i - 1).at(), point.at()))
                        .as("straight between two corners")
                        .isIn(Duration.ZERO, between);
            }
        }
    }

    @Provide
    Arbitrary<ActiveHours> hours() {
        return Arbitraries.of(
                ActiveHours.parse(Map.of(DayOfWeek.SUNDAY, List.of("01:00-05:00"))),
                ActiveHours.parse(Map.of(
                        DayOfWeek.SATURDAY,
                        List.of("22:00-03:00"),
                        DayOfWeek.MONDAY,
                        List.of("09:00-12:00", "13:00-17:00"))),
                ActiveHours.parse(Map.of(DayOfWeek.FRIDAY, List.of("00:00-24:00"))));
    }

    @Provide
    Arbitrary<Integer> minutes() {
        return Arbitraries.integers().between(1, 500);
    }

    private static int countAt(List<Steps.Step> steps, Instant at) {
        int count = -1;
        for (Steps.Step step : steps) {
            count = step.at().isAfter(at) ? count : step.count();
        }
        return count;
    }
}
