package dev.invitepacer.pacing;

import static dev.invitepacer.pacing.ReleaseWindow.DAY;
import static dev.invitepacer.pacing.ReleaseWindow.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReleaseWindowTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void aReleaseLeavesTheWeekAsItTurns168HoursOld() {
        ReleaseWindow one = ReleaseWindow.empty().with(MONDAY);

        assertThat(one.count(MONDAY, WEEK)).isEqualTo(1);
        assertThat(one.count(MONDAY.plus(WEEK).minusNanos(1_000), WEEK)).isEqualTo(1);
        assertThat(one.count(MONDAY.plus(WEEK), WEEK)).isZero();
        assertThat(one.freeAt(1, WEEK, MONDAY)).contains(MONDAY.plus(WEEK));
        assertThat(one.freeAt(2, WEEK, MONDAY)).contains(MONDAY);
        assertThat(one.freeAt(0, WEEK, MONDAY)).isEmpty();
    }

    @Test
    void aRowFromTheFutureCounts() {
        ReleaseWindow one = ReleaseWindow.empty().with(MONDAY);
        Instant anHourBefore = MONDAY.minus(Duration.ofHours(1));

        assertThat(one.count(anHourBefore, WEEK)).isEqualTo(1);
        assertThat(one.freeAt(1, DAY, anHourBefore)).contains(MONDAY.plus(DAY));
    }

    @Test
    void aLoweredCapLetsTheWindowDrain() {
        List<Instant> hourly = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hourly.add(MONDAY.plus(Duration.ofHours(i)));
        }
        ReleaseWindow ten = ReleaseWindow.of(hourly);

        assertThat(ten.freeAt(4, WEEK, MONDAY.plus(DAY)))
                .contains(MONDAY.plus(Duration.ofHours(6)).plus(WEEK));
    }

    @Test
    void instantsBetweenMicrosecondsCountLonger() {
        ReleaseWindow one = ReleaseWindow.of(List.of(MONDAY.plusNanos(1)));

        assertThat(one.freeAt(1, WEEK, MONDAY.plusNanos(500)))
                .contains(MONDAY.plus(WEEK).plusNanos(1_000));
    }

    @Test
    void windowsWithOtherReleasesAreOthers() {
        ReleaseWindow one = ReleaseWindow.empty().with(MONDAY);
        ReleaseWindow other = ReleaseWindow.empty().with(MONDAY.plusSeconds(1));

        assertThat(one).isNotEqualTo(other).doesNotHaveSameHashCodeAs(other).isNotEqualTo(MONDAY);
        assertThat(one).hasToString("[2026-11-23T09:00:00Z]");
    }

    @Property(tries = 1000)
    void itCountsAsACountOverAllRowsDoes(@ForAll long seed) {
        Random random = new Random(seed);
        List<Instant> rows = new ArrayList<>();
        ReleaseWindow window = ReleaseWindow.empty();
        for (int i = random.nextInt(40); i > 0; i--) {
            // In whole hours, so that ends often meet exactly.
            Instant row = MONDAY.plus(Duration.ofHours(random.nextInt(400)));
            rows.add(row);
            window = window.with(row);
        }
        assertThat(window).isEqualTo(ReleaseWindow.of(rows)).hasSameHashCodeAs(ReleaseWindow.of(rows));
        assertThat(window.instants()).isEqualTo(rows.stream().sorted().toList());
        assertThat(window.size()).isEqualTo(rows.size());

        for (int i = 0; i < 20; i++) {
            Instant now = MONDAY.plus(Duration.ofHours(random.nextInt(500) - 50));
            Duration length = random.nextBoolean() ? WEEK : DAY;
            int cap = 1 + random.nextInt(20);
            assertThat(window.count(now, length)).isEqualTo(counted(rows, now, length));
            assertThat(window.since(now.minus(length)).instants())
                    .isEqualTo(rows.stream()
                            .filter(row -> row.isAfter(now.minus(length)))
                            .sorted()
                            .toList());
            assertThat(window.freeAt(cap, length, now)).isEqualTo(Optional.of(firstFree(rows, cap, length, now)));
        }
    }

    private static int counted(List<Instant> rows, Instant now, Duration length) {
        return (int) rows.stream().filter(row -> row.isAfter(now.minus(length))).count();
    }

    private static Instant firstFree(List<Instant> rows, int cap, Duration length, Instant now) {
        Instant at = now;
        while (counted(rows, at, length) >= cap) {
            at = at.plus(Duration.ofHours(1));
        }
        return at;
    }
}
