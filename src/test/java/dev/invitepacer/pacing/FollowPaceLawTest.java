package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Suggestions over random weeks in which somebody looks late, or asks for another number a day. */
class FollowPaceLawTest {
    private static final Duration DAY = Duration.ofHours(24);

    @Property(tries = 300)
    void noRollingDayHoldsMoreThanTheNumberInForceAndTwoAreEvenlyApart(
            @ForAll("worlds") World world, @ForAll @IntRange(min = 1, max = 50) int first, @ForAll long seed) {
        Random random = new Random(seed);
        int perDay = first;
        List<Instant> suggested = new ArrayList<>();
        Instant now = world.start();
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(15) == 0) {
                perDay = 1 + random.nextInt(50);
            }
            Optional<Instant> next = new FollowPace(perDay, world.calendar()).nextAt(lastDay(suggested, now), now);
            assertThat(next).isPresent();
            if (next.get().isAfter(now)) {
                now = random.nextInt(3) > 0 ? next.get() : now.plus(World.micros(random.nextLong(40_000_000_000L)));
                continue;
            }
            assertThat(next).contains(now);
            assertThat(world.isActive(now)).isTrue();
            if (!suggested.isEmpty()) {
                assertThat(Duration.between(suggested.get(suggested.size() - 1), now))
                        .isGreaterThanOrEqualTo(DAY.dividedBy(perDay));
            }
            suggested.add(now);
            assertThat(lastDay(suggested, now).size()).isLessThanOrEqualTo(perDay);
        }
    }

    private static ReleaseWindow lastDay(List<Instant> suggested, Instant now) {
        return ReleaseWindow.of(
                suggested.stream().filter(at -> at.isAfter(now.minus(DAY))).toList());
    }

    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }
}
