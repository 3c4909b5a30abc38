package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the bucket promises, against a bucket that drips and against a count of every window. */
class BucketLawTest {
    private static final long MINUTE = 60_000_000L;

    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }

    @Property(tries = 1000)
    void itIsAPlainTokenBucket(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        ActiveCalendar calendar = world.calendar();
        int burst = 1 + random.nextInt(6);
        Duration interval = world.interval(random, 600);
        Duration slack = World.micros(random.nextBoolean() ? 0 : random.nextLong(interval.toNanos() / 1_000 + 1));
        Drip drip = new Drip(interval.toNanos() / 1_000, burst, slack.toNanos() / 1_000);
        Bucket bucket = Bucket.full();
        Instant now = world.start();

        for (int i = 0; i < 60; i++) {
            drip.passTo(calendar.between(world.start(), now).toNanos() / 1_000);
            assertThat(bucket.dueAt(calendar, interval, burst, now))
                    .isEqualTo(calendar.after(now, World.micros(drip.lacking())));
            assertThat(bucket.tokens(calendar, interval, burst, now))
                    .isEqualTo(BigDecimal.valueOf(drip.thousandths(burst), 3));
            if (drip.hasToken() && random.nextInt(4) > 0) {
                bucket = bucket.afterRelease(now, calendar, interval, slack);
                drip.take();
            }
            now = step(random, calendar, interval, now);
        }
    }

    /** To the next instant worth a look: at once, in a while, or exactly when the interval has passed. */
    private static Instant step(Random random, ActiveCalendar calendar, Duration interval, Instant now) {
        return switch (random.nextInt(5)) {
            case 0 -> now;
            case 1 -> now.plus(World.micros(random.nextLong(3000 * MINUTE)));
            case 2 -> now.plusNanos(1_000);
            default -> calendar.after(now, interval).orElse(now);
        };
    }

    /**
     * Release instants of a bucket that always has work, is polled late by at most the slack, and is now and then
     * stopped.
     */
    private record Run(ActiveCalendar calendar, Duration interval, int burst, Duration slack, List<Instant> releases) {
        static Run random(World world, Random random, boolean stops) {
            ActiveCalendar calendar = world.calendar();
            int burst = 1 + random.nextInt(5);
            Duration interval = world.interval(random, 300);
            long slack = random.nextInt(3) == 0 ? 0 : random.nextLong(interval.toNanos() / 1_000 + 1);
            List<Instant> releases = new ArrayList<>();
            Bucket bucket = Bucket.full();
            Instant now = world.start();
            while (releases.size() < 30) {
                if (stops && random.nextInt(6) == 0) {
                    now = now.plus(World.micros(random.nextLong(4 * 1440 * MINUTE)));
                }
                Instant due = bucket.dueAt(calendar, interval, burst, now).orElseThrow();
                long late = random.nextBoolean() ? slack : random.nextLong(slack + 1);
                now = calendar.after(due, World.micros(late)).orElseThrow();
                releases.add(now);
                bucket = bucket.afterRelease(now, calendar, interval, World.micros(slack));
            }
            return new Run(calendar, interval, burst, World.micros(slack), releases);
        }
    }

    @Property(tries = 500)
    void noWindowHoldsMoreThanTheBurstAndItsShare(@ForAll("worlds") World world, @ForAll long seed) {
        Run run = Run.random(world, new Random(seed), true);

        for (int first = 0; first < run.releases.size(); first++) {
            for (int last = first; last < run.releases.size(); last++) {
                Instant end = run.releases.get(last).plusNanos(1_000);
                Duration length = run.calendar.between(run.releases.get(first), end);
                long most = ceil(length.plus(run.slack), run.interval) + run.burst - 1;
                assertThat((long) last - first + 1)
                        .as("from %s to %s, %s", run.releases.get(first), end, run)
                        .isLessThanOrEqualTo(most);
            }
        }
    }

    @Property(tries = 500)
    void withABacklogNoWindowHoldsLessThanItsShare(@ForAll("worlds") World world, @ForAll long seed) {
        Run run = Run.random(world, new Random(seed), false);

        for (int before = 0; before < run.releases.size(); before++) {
            for (int after = before + 1; after < run.releases.size(); after++) {
                Instant start = run.releases.get(before).plusNanos(1_000);
                Duration length = run.calendar.between(start, run.releases.get(after));
                long least = Math.floorDiv(length.minus(run.slack).toNanos(), run.interval.toNanos());
                assertThat((long) after - before - 1)
                        .as("from %s to %s, %s", start, run.releases.get(after), run)
                        .isGreaterThanOrEqualTo(least);
            }
        }
    }

    @Property(tries = 1000)
    void pollingLateDoesNotSlowTheRate(@ForAll("worlds") World world, @ForAll long seed) {
        Run run = Run.random(world, new Random(seed), false);
        int burst = run.burst;
        int last = run.releases.size() - 1;

        // Once the burst is used up, the k-th release is due a whole number of intervals after the first and late by at
        // most the slack.
        Duration passed = run.calendar.between(run.releases.get(0), run.releases.get(last));
        Duration due = run.interval.multipliedBy(last - burst + 1).minus(run.slack);
        if (run.slack.multipliedBy(burst).compareTo(run.interval) < 0) {
            assertThat(passed).isBetween(due, due.plus(run.slack));
        }
    }

    @Property(tries = 1000)
    void aChangeOfTheIntervalKeepsTheTokens(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        ActiveCalendar calendar = world.calendar();
        int burst = 1 + random.nextInt(6);
        Duration then = world.interval(random, 600);
        Duration now = world.interval(random, 600);
        Bucket bucket = Bucket.full();
        Instant at = calendar.after(world.start(), Duration.ZERO).orElseThrow();
        for (int i = random.nextInt(burst) + 1; i > 0; i--) {
            at = calendar.after(at, World.micros(random.nextLong(then.toNanos() / 2_000 + 1)))
                    .orElseThrow();
            bucket = bucket.afterRelease(at, calendar, then, Duration.ZERO);
        }

        BigDecimal before = bucket.tokens(calendar, then, burst, at);
        BigDecimal after = bucket.tokens(calendar, now, burst, at);
        // A microsecond of rounding up is more than a thousandth of a token where the interval is under a millisecond.
        BigDecimal grain = BigDecimal.valueOf(Math.max(1, 1_000_000 / now.toNanos() + 1), 3);
        assertThat(after).isBetween(before.subtract(grain), before);

        BigInteger owed = BigInteger.valueOf(bucket.offset().toNanos()).multiply(BigInteger.valueOf(now.toNanos()));
        BigInteger untilToken = owed.divide(BigInteger.valueOf(then.toNanos()))
                .subtract(BigInteger.valueOf(burst - 2L).multiply(BigInteger.valueOf(now.toNanos())));
        Instant due = bucket.dueAt(calendar, now, burst, at).orElseThrow();
        assertThat(BigInteger.valueOf(calendar.between(at, due).toNanos()))
                .isBetween(
                        untilToken.max(BigInteger.ZERO),
                        untilToken.max(BigInteger.ZERO).add(BigInteger.valueOf(1_000)));
    }

    @Property(tries = 1000)
    void aBurstOfOneIsAGapOfTheIntervalNowInForce(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        ActiveCalendar calendar = world.calendar();
        Bucket bucket = Bucket.full();
        Instant now = world.start();
        Instant last = null;
        for (int i = 0; i < 20; i++) {
            Duration interval = world.interval(random, 600);
            Duration slack = World.micros(random.nextLong(MINUTE));
            Instant due = bucket.dueAt(calendar, interval, 1, now).orElseThrow();
            if (last != null) {
                Duration gap = calendar.between(last, due);
                assertThat(gap).isGreaterThanOrEqualTo(interval.minusMinutes(1));
                assertThat(due.equals(calendar.after(now, Duration.ZERO).orElseThrow()) || gap.compareTo(interval) <= 0)
                        .isTrue();
            }
            now = calendar.after(due, World.micros(random.nextLong(MINUTE))).orElseThrow();
            bucket = bucket.afterRelease(now, calendar, interval, slack);
            last = now;
        }
    }

    private static long ceil(Duration length, Duration interval) {
        return -Math.floorDiv(-length.toNanos(), interval.toNanos());
    }
}
