package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The active clock against a count of local minutes, around the clock changes that go wrong elsewhere. */
class ActiveCalendarLawTest {
    private static final int MINUTES = 8 * 1440;
    private static final long MINUTE = 60_000_000L;

    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }

    @Property(tries = 100)
    void anInstantIsActiveExactlyIfItsLocalTimeIs(@ForAll("worlds") World world) {
        ActiveCalendar calendar = world.calendar();
        boolean[] active = world.minutes(MINUTES);

        for (int i = 0; i < MINUTES; i++) {
            Instant first = world.plus(i * MINUTE);
            if (calendar.isActive(first) != active[i]) {
                fail(first + " should be " + (active[i] ? "active" : "idle"));
            }
            if (i > 0 && active[i] != active[i - 1]) {
                assertThat(calendar.isActive(first.minusNanos(1))).isEqualTo(active[i - 1]);
            }
        }
    }

    @Property(tries = 200)
    void activeTimeBetweenIsWhatTheMinutesAddUpTo(@ForAll("worlds") World world, @ForAll long seed) {
        ActiveCalendar calendar = world.calendar();
        boolean[] active = world.minutes(MINUTES);
        Random random = new Random(seed);

        for (int i = 0; i < 30; i++) {
            long from = random.nextLong(MINUTES * MINUTE);
            long to = random.nextLong(MINUTES * MINUTE);
            assertThat(calendar.between(world.plus(from), world.plus(to)))
                    .isEqualTo(World.micros(counted(active, from, to)));
        }
    }

    @Property(tries = 200)
    void afterIsTheFirstActiveInstantWithEnoughActiveTimeBeforeIt(@ForAll("worlds") World world, @ForAll long seed) {
        ActiveCalendar calendar = world.calendar();
        boolean[] active = world.minutes(MINUTES);
        Random random = new Random(seed);

        for (int i = 0; i < 30; i++) {
            long from = random.nextLong(MINUTES / 2 * MINUTE);
            long enough = i % 3 == 0 ? 0 : random.nextLong(3 * 1440) * (i % 3 == 1 ? MINUTE : MINUTE - 7);
            Optional<Instant> expected = scanned(world, active, from, enough);
            if (expected.isPresent()) {
                assertThat(calendar.after(world.plus(from), World.micros(enough)))
                        .as("%d us after %s", enough, world.plus(from))
                        .isEqualTo(expected);
            }
        }
    }

    @Property(tries = 200)
    void afterAndBetweenAreInverse(@ForAll("worlds") World world, @ForAll long seed) {
        ActiveCalendar calendar = world.calendar();
        Random random = new Random(seed);

        for (int i = 0; i < 20; i++) {
            Instant from = world.plus(random.nextLong(MINUTES * MINUTE));
            Duration active = World.micros(random.nextLong(10 * 1440 * MINUTE));
            calendar.after(from, active).ifPresent(t -> {
                assertThat(t).isAfterOrEqualTo(from);
                assertThat(calendar.isActive(t)).isTrue();
                assertThat(calendar.between(from, t)).isEqualTo(active);
            });
            Instant to = from.plus(World.micros(random.nextLong(20 * 1440 * MINUTE)));
            if (calendar.isActive(to)) {
                assertThat(calendar.after(from, calendar.between(from, to))).contains(to);
            }
        }
    }

    @Property(tries = 200)
    void spansAreTheActiveTimeAndNoTwoOfThemTouch(@ForAll("worlds") World world, @ForAll long seed) {
        ActiveCalendar calendar = world.calendar();
        Random random = new Random(seed);
        long from = random.nextLong(MINUTES * MINUTE);
        long to = random.nextLong(MINUTES * MINUTE);

        Instant last = Instant.MIN;
        Duration sum = Duration.ZERO;
        for (ActiveCalendar.Stretch span : calendar.spans(world.plus(from), world.plus(to))) {
            assertThat(span.start()).isAfter(last).isAfterOrEqualTo(world.plus(from));
            assertThat(span.end()).isAfter(span.start()).isBeforeOrEqualTo(world.plus(to));
            sum = sum.plus(Duration.between(span.start(), span.end()));
            assertThat(world.isActive(span.start())).isTrue();
            assertThat(world.isActive(span.end().minusNanos(1))).isTrue();
            last = span.end();
        }
        assertThat(sum).isEqualTo(World.micros(counted(world.minutes(MINUTES), from, to)));
    }

    private static long counted(boolean[] active, long from, long to) {
        long sum = 0;
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                sum += Math.max(0, Math.min(to, (i + 1) * MINUTE) - Math.max(from, i * MINUTE));
            }
        }
        return sum;
    }

    private static Optional<Instant> scanned(World world, boolean[] active, long from, long enough) {
        long left = enough;
        for (int i = (int) (from / MINUTE); i < active.length; i++) {
            long start = Math.max(from, i * MINUTE);
            if (active[i]) {
                long room = (i + 1) * MINUTE - start;
                if (left < room) {
                    return Optional.of(world.plus(start + left));
                }
                left -= room;
            }
        }
        return Optional.empty();
    }
}
