package dev.invitepacer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void theWaitsAreThoseOfTheSpecification() {
        List<String> waits = new ArrayList<>();
        for (int tries = 1; RetrySchedule.after(tries, NOW, null, 0).isPresent(); tries++) {
            waits.add(Duration.between(
                            NOW, RetrySchedule.after(tries, NOW, null, 0).orElseThrow())
                    .toString());
        }

        assertThat(waits).containsExactly("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
        assertThat(waits).hasSize(RetrySchedule.MOST_TRIES - 1);
    }

    @Property
    void aTryIsNeverEarlierThanItsWaitNorMuchLater(
            @ForAll @IntRange(min = 1, max = 9) int tries,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Instant least = RetrySchedule.after(tries, NOW, null, 0).orElseThrow();
        Duration wait = Duration.between(NOW, least);

        Instant next = RetrySchedule.after(tries, NOW, null, chance).orElseThrow();

        assertThat(next).isBetween(least, least.plus(wait.dividedBy(10)));
    }

    @Property
    void whatTheReceiverAsksForIsHonouredForADayAtMost(
            @ForAll @IntRange(min = 1, max = 9) int tries,
            @ForAll @LongRange(min = -1_000, max = 1_000_000_000) long seconds,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Instant asked = NOW.plusSeconds(seconds);
        Instant alone = RetrySchedule.after(tries, NOW, null, chance).orElseThrow();

        Instant next = RetrySchedule.after(tries, NOW, asked, chance).orElseThrow();

        assertThat(next).isAfterOrEqualTo(alone);
        if (asked.isBefore(NOW.plus(RetrySchedule.LONGEST))) {
            assertThat(next).isAfterOrEqualTo(asked).isIn(asked, alone);
        } else {
            assertThat(next).isAfterOrEqualTo(NOW.plus(RetrySchedule.LONGEST));
            assertThat(next).isIn(NOW.plus(RetrySchedule.LONGEST), alone);
        }
    }

    @Property
    void whatALimitPutsOffIsTriedWhenItEndsOrByTheScheduleAndNeverForTheLastTime(
            @ForAll @IntRange(min = 1, max = 1_000) int tries,
            @ForAll @LongRange(min = -1_000, max = 100_000_000) long seconds,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Instant until = NOW.plusSeconds(seconds);

        assertThat(RetrySchedule.putOff(tries, NOW, null, chance))
                .isEqualTo(RetrySchedule.after(Math.min(tries, 9), NOW, null, chance)
                        .orElseThrow());
        Instant next = RetrySchedule.putOff(tries, NOW, until, chance);
        assertThat(next).isAfterOrEqualTo(NOW.plusSeconds(5)).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(366)));
        if (seconds > 6 && seconds < Duration.ofDays(366).toSeconds()) {
            assertThat(next).isEqualTo(until);
        }
    }

    @Test
    void theTenthTryIsTheLastWhateverTheReceiverAsksFor() {
        assertThat(RetrySchedule.after(10, NOW, NOW.plusSeconds(60), 0.5)).isEmpty();
        assertThat(RetrySchedule.after(11, NOW, null, 0)).isEmpty();
    }
}
