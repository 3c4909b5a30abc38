package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import dev.invitepacer.pacing.Decision.Hold;
import dev.invitepacer.pacing.Decision.Release;
import dev.invitepacer.pacing.Decision.Wait;

/**
 * One decision at every instant, and the reason is the first of the list that is true: each truth is found here by
 * other means.
 */
class DecisionLawTest {
    private static final long HOUR = 3_600_000_000L;

    /** An account at an instant, with the rows of its window as a list. */
    private record Moment(Limits limits, AccountState state, List<Instant> rows, Instant now, World world) {
        static Moment random(World world, Random random) {
            Instant now = world.plus(random.nextLong(4 * 24 * HOUR));
            Limits limits = Limits.of(world.calendar(), EffectiveCap.of(1 + random.nextInt(8)))
                    .withBurst(1 + random.nextInt(4))
                    .withSpread(random.nextBoolean() ? Spread.CAP : Spread.WEEK)
                    .withDailyCap(random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(4)))
                    .withPendingThreshold(5 + random.nextInt(5))
                    .withOpenTaskLimit(5 + random.nextInt(5))
                    .withSlack(World.micros(random.nextLong(HOUR / 60)));
            List<Instant> rows = new ArrayList<>();
            Bucket bucket = Bucket.full();
            for (int i = random.nextInt(7); i > 0; i--) {
                Instant row = now.minus(World.micros(random.nextLong(230 * HOUR) - HOUR));
                rows.add(random.nextInt(8) == 0 ? now.minus(ReleaseWindow.WEEK) : row);
            }
            if (random.nextInt(4) > 0) {
                Instant anchor = now.minus(World.micros(random.nextLong(120 * HOUR) - 2 * HOUR));
                Duration interval = World.micros(HOUR / 4 + random.nextLong(50 * HOUR));
                bucket = new Bucket(anchor, World.micros(random.nextLong(60 * HOUR) - 2 * HOUR), interval);
            }
            AccountState state = AccountState.idle()
                    .withWindow(ReleaseWindow.of(rows))
                    .withBucket(bucket)
                    .withPending(random.nextInt(7))
                    .withOpenTasks(random.nextInt(7));
            int waiting = random.nextInt(8);
            state = switch (waiting == 0 ? 0 : random.nextInt(8)) {
                case 0 -> state.withWaiting(waiting);
                case 1 -> state.withWaiting(waiting, Optional.empty());
                case 2 -> state.withWaiting(waiting, Optional.of(around(now, random)));
                default -> state.withWaiting(waiting);
            };
            // Apart from each other, so that both are often there at once.
            switch (random.nextInt(12)) {
                case 0 -> state = state.withPause(Pause.indefinite());
                case 1, 2 -> state = state.withPause(Pause.until(around(now, random)));
                default -> state = state.withPause(Pause.none());
            }
            if (random.nextInt(6) == 0) {
                state = state.withRestrictedUntil(around(now, random));
            }
            return new Moment(limits, state, rows, now, world);
        }

        private static Instant around(Instant now, Random random) {
            return random.nextInt(4) == 0 ? now : now.plus(World.micros(random.nextLong(10 * HOUR) - 5 * HOUR));
        }

        /** The list of {@code pacing.md}, from its top. */
        Decision expected() {
            if (state.pause() instanceof Pause.Indefinite) {
                return new Hold(Reason.PAUSED);
            }
            if (state.pause() instanceof Pause.Until until && now.isBefore(until.end())) {
                return new Wait(Reason.PAUSED, until.end());
            }
            if (state.restrictedUntil().isPresent()
                    && now.isBefore(state.restrictedUntil().get())) {
                return new Wait(Reason.RESTRICTED, state.restrictedUntil().get());
            }
            if (state.waiting() == 0) {
                return new Hold(Reason.QUEUE_EMPTY);
            }
            if (!state.eligible() && state.nextEligibleAt().isEmpty()) {
                return new Hold(Reason.NOTHING_ELIGIBLE);
            }
            if (!state.eligible() && now.isBefore(state.nextEligibleAt().get())) {
                return new Wait(Reason.NOTHING_ELIGIBLE, state.nextEligibleAt().get());
            }
            if (limits.pendingThreshold() <= state.pending()) {
                return new Hold(Reason.PENDING_THRESHOLD);
            }
            if (limits.openTaskLimit() <= state.openTasks()) {
                return new Hold(Reason.TASKS_OPEN);
            }
            if (counted(now, 168) >= limits.cap().effective()) {
                return new Wait(Reason.WEEKLY_CAP, free(limits.cap().effective(), 168));
            }
            if (limits.dailyCap().isPresent()
                    && counted(now, 24) >= limits.dailyCap().getAsInt()) {
                return new Wait(Reason.DAILY_CAP, free(limits.dailyCap().getAsInt(), 24));
            }
            return expectedOfTheBucket();
        }

        private Decision expectedOfTheBucket() {
            ActiveCalendar calendar = limits.calendar();
            int cap = limits.cap().effective();
            int burst = Math.min(cap, limits.burst());
            long weekly = world.spans().values().stream()
                    .flatMap(List::stream)
                    .mapToLong(span -> (span.endMinute() - span.startMinute()) * 60_000_000L)
                    .sum();
            long parts = cap - burst + 1;
            if (limits.spread() == Spread.WEEK) {
                parts = Math.max(1, Math.min(parts, counted(now, 168) + state.waiting()));
            }
            long interval = (weekly + parts - 1) / parts;
            long then = state.bucket().interval().toNanos() / 1_000;
            long offset = state.bucket().offset().toNanos() / 1_000;
            long missing = 0;
            if (then > 0) {
                // Tokens are kept when the interval changes; beyond an empty bucket nothing is owed.
                long owed = offset <= 0 ? offset : Math.min(scaled(offset, interval, then), (burst - 1) * interval);
                long passed = calendar.between(state.bucket().anchor(), now).toNanos() / 1_000;
                // A burst that was lowered leaves no debt beyond an empty bucket.
                missing = Math.min(owed, (burst - 1) * interval) + interval - (burst - 1) * interval - passed;
            }
            if (missing > 0) {
                Instant from =
                        now.isBefore(state.bucket().anchor()) ? state.bucket().anchor() : now;
                return calendar.after(from, World.micros(missing))
                        .<Decision>map(due -> new Wait(Reason.NEXT_TOKEN, due))
                        .orElse(new Hold(Reason.OUTSIDE_ACTIVE_HOURS));
            }
            return world.isActive(now)
                    ? new Release()
                    : new Wait(
                            Reason.OUTSIDE_ACTIVE_HOURS,
                            calendar.after(now, Duration.ZERO).orElseThrow());
        }

        private static long scaled(long offset, long interval, long then) {
            return new BigDecimal(offset)
                    .multiply(new BigDecimal(interval))
                    .divide(new BigDecimal(then), 0, RoundingMode.CEILING)
                    .longValueExact();
        }

        private int counted(Instant at, int hours) {
            return (int) rows.stream()
                    .filter(row -> Duration.between(row, at).compareTo(Duration.ofHours(hours)) < 0)
                    .count();
        }

        /** The first instant at which a row leaves and the rest fits. */
        private Instant free(int cap, int hours) {
            return rows.stream()
                    .map(row -> row.plus(Duration.ofHours(hours)))
                    .filter(leaves -> counted(leaves, hours) < cap)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Provide
    Arbitrary<Moment> moments() {
        return Arbitraries.randomValue(random -> Moment.random(World.random(random), random));
    }

    @Property(tries = 20_000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void theReasonIsTheFirstThatIsTrue(@ForAll("moments") Moment moment) {
        Decision decision = Pacer.decide(moment.limits, moment.state, moment.now);

        assertThat(decision).isEqualTo(moment.expected());
        if (decision instanceof Wait wait) {
            assertThat(wait.until()).isAfter(moment.now);
        }
        Statistics.collect(told(decision));
        if (TriesAtMost.isEverySampleTried()) {
            Statistics.coverage(seen -> {
                seen.check("release").count(times -> times > 100);
                for (Reason reason : Reason.values()) {
                    seen.check(reason.name()).count(times -> times > 100);
                }
            });
        }
    }

    private static String told(Decision decision) {
        if (decision instanceof Wait wait) {
            return wait.reason().name();
        }
        return decision instanceof Hold hold ? hold.reason().name() : "release";
    }

    @Property(tries = 5_000)
    void aReasonEndsWhenTheWaitDoesAndNotBefore(@ForAll("moments") Moment moment) {
        if (Pacer.decide(moment.limits, moment.state, moment.now) instanceof Wait wait) {
            Instant justBefore = wait.until().minusNanos(1_000);
            if (justBefore.isAfter(moment.now)) {
                assertThat(Pacer.decide(moment.limits, moment.state, justBefore))
                        .isNotInstanceOf(Release.class);
            }
            Decision then = Pacer.decide(moment.limits, moment.state, wait.until());
            if (wait.reason() != Reason.NEXT_TOKEN && then instanceof Wait next) {
                assertThat(next.reason()).isNotEqualTo(wait.reason());
            }
        }
    }
}
