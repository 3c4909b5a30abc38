package dev.invitepacer.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.invitepacer.pacing.ReleaseWindow;

/**
 * Nights and people ask for withdrawals out of one allowance, over months of random asking and reporting. Every rolling day
 * is counted by looking at every withdrawal there ever was.
 */
class AllowanceLawTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

    /** A withdrawal, and when it was reported; null while it is open. */
    private static final class Asked {
        final Instant readyAt;
        Instant closedAt;

        Asked(Instant readyAt) {
            this.readyAt = readyAt;
        }
    }

    private final List<Asked> history = new ArrayList<>();

    @Property(tries = 300)
    void noRollingDayHoldsMoreThanTheAllowance(
            @ForAll @IntRange(min = 1, max = 12) int perNight,
            @ForAll @IntRange(max = 12) int overHours,
            @ForAll long seed) {
        Random random = new Random(seed);
        history.clear();
        Duration over = Duration.ofHours(overHours);
        Instant now = START;
        for (int step = 0; step < 120; step++) {
            now = now.plusSeconds(random.nextInt(8 * 3_600));
            switch (random.nextInt(4)) {
                case 0 -> night(now, perNight, over, random.nextInt(2 * perNight + 1));
                case 1 -> byHand(now, perNight);
                default -> report(now, random);
            }
            assertThat(open(now)).isLessThanOrEqualTo(perNight);
        }
        everyRollingDayHoldsAtMost(perNight);
    }

    /** Nights a day apart, each as full as may be, lose nothing to a clock change or to a run that is a little late. */
    @Property(tries = 300)
    void aNightAfterAFullNightIsFullAgain(
            @ForAll @IntRange(min = 1, max = 30) int perNight,
            @ForAll @IntRange(max = 12) int overHours,
            @ForAll long seed) {
        Random random = new Random(seed);
        history.clear();
        Duration over = Duration.ofHours(overHours);
        for (int day = 0; day < 10; day++) {
            int clockChange = day == 5 ? -3_600 : 0;
            Instant now = START.plus(DAY.multipliedBy(day))
                    .plusMillis(random.nextInt(1_000))
                    .plusSeconds(clockChange);
            List<Instant> times = night(now, perNight, over, perNight);
            assertThat(times).hasSize(perNight).isSorted();
            assertThat(times.get(perNight - 1)).isBeforeOrEqualTo(now.plus(over).plus(Allowance.GRACE));
            history.stream()
                    .filter(one -> one.closedAt == null)
                    .forEach(one -> one.closedAt = one.readyAt.plusSeconds(60));
        }
        everyRollingDayHoldsAtMost(perNight);
    }

    @Property(tries = 300)
    void theFirstInstantAtWhichOneMoreMayBeAskedForIsTheOneThatIsTold(
            @ForAll @IntRange(min = 1, max = 6) int perNight, @ForAll long seed) {
        Random random = new Random(seed);
        history.clear();
        Instant now = START;
        for (int step = 0; step < 40; step++) {
            now = now.plusSeconds(random.nextInt(2 * 3_600));
            byHand(now, perNight);
            if (random.nextBoolean()) {
                report(now, random);
            }
        }
        Optional<Instant> free = allowance(now, perNight).freeAt(now);

        if (free.isEmpty()) {
            assertThat(open(now)).isEqualTo(perNight);
        } else {
            assertThat(used(free.get())).isLessThan(perNight);
            if (free.get().isAfter(now)) {
                assertThat(used(free.get().minusNanos(1_000))).isGreaterThanOrEqualTo(perNight);
            }
        }
    }

    private List<Instant> night(Instant now, int perNight, Duration over, int wanted) {
        Allowance allowance = allowance(now, perNight);
        int count = Math.min(wanted, allowance.left(now, over));
        List<Instant> times = allowance.comeUp(count, now, over);
        assertThat(times).isSorted().allMatch(at -> !at.isBefore(now));
        if (history.isEmpty()) {
            for (int i = 0; i < count; i++) {
                assertThat(times.get(i)).isEqualTo(now.plus(over.multipliedBy(i).dividedBy(count)));
            }
        }
        times.forEach(at -> history.add(new Asked(at)));
        return times;
    }

    private void byHand(Instant now, int perNight) {
        if (allowance(now, perNight).freeAt(now).filter(now::equals).isPresent()) {
            history.add(new Asked(now));
        }
    }

    private void report(Instant now, Random random) {
        List<Asked> open = history.stream()
                .filter(one -> one.closedAt == null && !one.readyAt.isAfter(now))
                .toList();
        if (!open.isEmpty()) {
            open.get(random.nextInt(open.size())).closedAt = now;
        }
    }

    /** What the database tells at {@code now}. */
    private Allowance allowance(Instant now, int perNight) {
        List<Instant> done = history.stream()
                .filter(one -> one.closedAt != null && one.readyAt.isAfter(now.minus(DAY)))
                .map(one -> one.readyAt)
                .toList();
        List<Instant> all = new ArrayList<>(done);
        history.stream().filter(one -> one.closedAt == null).forEach(one -> all.add(one.readyAt));
        return new Allowance(perNight, open(now), ReleaseWindow.of(all), ReleaseWindow.of(done));
    }

    private int open(Instant now) {
        return (int) history.stream().filter(one -> one.closedAt == null).count();
    }

    /** What is open, and what came up in the day before. */
    private int used(Instant now) {
        return (int) history.stream()
                .filter(one -> one.closedAt == null || one.readyAt.isAfter(now.minus(DAY)))
                .count();
    }

    private void everyRollingDayHoldsAtMost(int perNight) {
        for (Asked last : history) {
            long inTheDay = history.stream()
                    .filter(one -> !one.readyAt.isAfter(last.readyAt) && one.readyAt.isAfter(last.readyAt.minus(DAY)))
                    .count();
            assertThat(inTheDay).isLessThanOrEqualTo(perNight);
        }
    }
}
