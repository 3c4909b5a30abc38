package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final ActiveCalendar ALWAYS =
            ActiveCalendar.of(ActiveCalendarTest.daily("00:00-24:00"), ZoneOffset.UTC);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private static Instant after(Duration time) {
        return NINE.plus(time);
    }

    @Test
    void aFullBucketGivesItsBurstAtOnceAndThenOneEachInterval() {
        Bucket bucket = Bucket.full();
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.dueAt(ALWAYS, HOUR, 3, NINE)).contains(NINE);
            bucket = bucket.afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO);
        }

        assertThat(bucket.dueAt(ALWAYS, HOUR, 3, NINE)).contains(after(HOUR));
        assertThat(bucket.tokens(ALWAYS, HOUR, 3, NINE)).isEqualByComparingTo("0");
        assertThat(bucket.tokens(ALWAYS, HOUR, 3, after(Duration.ofMinutes(90))))
                .hasToString("1.500");
        assertThat(bucket.tokens(ALWAYS, HOUR, 3, after(Duration.ofHours(9)))).hasToString("3.000");
    }

    @Test
    void aReleaseThatIsLateWithinTheSlackDoesNotShiftTheNext() {
        Duration slack = Duration.ofSeconds(30);
        Bucket first = Bucket.full().afterRelease(NINE, ALWAYS, HOUR, slack);
        Instant due = first.dueAt(ALWAYS, HOUR, 1, NINE).orElseThrow();

        Bucket onTime = first.afterRelease(due, ALWAYS, HOUR, slack);
        Bucket late = first.afterRelease(due.plusSeconds(30), ALWAYS, HOUR, slack);
        Bucket tooLate = first.afterRelease(due.plusSeconds(31), ALWAYS, HOUR, slack);

        Instant next = due.plus(HOUR);
        assertThat(onTime.dueAt(ALWAYS, HOUR, 1, due)).contains(next);
        assertThat(late.dueAt(ALWAYS, HOUR, 1, due)).contains(next);
        assertThat(tooLate.dueAt(ALWAYS, HOUR, 1, due)).contains(next.plusSeconds(1));
    }

    @Test
    void aLongStopIsNotCaughtUp() {
        Bucket bucket = Bucket.full().afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO);
        Instant threeWeeksLater = after(Duration.ofDays(21));

        assertThat(bucket.dueAt(ALWAYS, HOUR, 1, threeWeeksLater)).contains(threeWeeksLater);
        bucket = bucket.afterRelease(threeWeeksLater, ALWAYS, HOUR, Duration.ZERO);
        assertThat(bucket.dueAt(ALWAYS, HOUR, 1, threeWeeksLater)).contains(threeWeeksLater.plus(HOUR));
    }

    @Test
    void aClockThatWentBackReleasesNothingEarly() {
        Bucket bucket = Bucket.full().afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO);
        Instant before = after(Duration.ofHours(-5));

        assertThat(bucket.dueAt(ALWAYS, HOUR, 1, before)).contains(after(HOUR));
        assertThat(bucket.tokens(ALWAYS, HOUR, 1, before)).isEqualByComparingTo("0");
        assertThat(bucket.dueAt(ALWAYS, HOUR, 2, before)).contains(before);

        Bucket second = bucket.afterRelease(before, ALWAYS, HOUR, Duration.ZERO);
        assertThat(second.anchor()).isEqualTo(NINE);
        assertThat(second.dueAt(ALWAYS, HOUR, 2, before)).contains(after(HOUR));
        assertThat(second.dueAt(ALWAYS, HOUR, 1, before)).contains(after(HOUR.multipliedBy(2)));
    }

    @Test
    void tokensOwedAreScaledWithTheIntervalAndSlackIsNot() {
        Bucket twoOwed = Bucket.full()
                .afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO)
                .afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO);
        assertThat(twoOwed.dueAt(ALWAYS, Duration.ofMinutes(30), 1, NINE)).contains(after(HOUR));
        assertThat(twoOwed.dueAt(ALWAYS, HOUR.multipliedBy(3), 1, NINE)).contains(after(Duration.ofHours(6)));

        Bucket credit = Bucket.full().afterRelease(NINE, ALWAYS, HOUR, Duration.ofSeconds(30));
        assertThat(credit.dueAt(ALWAYS, HOUR.multipliedBy(3), 1, NINE))
                .contains(after(Duration.ofHours(3)).minusSeconds(30));
    }

    @Test
    void tokensOwedAreScaledUpToTheNextMicrosecond() {
        Bucket bucket = new Bucket(NINE, World.micros(1), World.micros(3));

        assertThat(bucket.dueAt(ALWAYS, World.micros(4), 1, NINE)).contains(after(World.micros(2 + 4)));
    }

    @Test
    void hoursThatChangeCountFromTheLastRelease() {
        ActiveCalendar office = ActiveCalendar.of(ActiveCalendarTest.daily("09:00-10:00"), ZoneId.of("UTC"));
        Bucket bucket = Bucket.full().afterRelease(NINE, ALWAYS, HOUR.multipliedBy(2), Duration.ZERO);

        assertThat(bucket.dueAt(office, HOUR.multipliedBy(2), 1, NINE)).contains(after(Duration.ofDays(2)));
    }

    @Test
    void anIdleTimeOfAThousandCenturiesCostsNoWalk() {
        ActiveCalendar oslo = ActiveCalendar.of(ActiveCalendarTest.daily("09:00-17:00"), ZoneId.of("Europe/Oslo"));
        Bucket bucket = Bucket.full().afterRelease(NINE, oslo, HOUR, Duration.ofSeconds(1));
        Instant later = after(Duration.ofDays(36_525_000));

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(bucket.dueAt(oslo, HOUR, 2, later)).contains(later);
                assertThat(bucket.tokens(oslo, HOUR, 2, later)).isEqualByComparingTo("2");
                assertThat(bucket.afterRelease(later, oslo, HOUR, Duration.ZERO).offset())
                        .isZero();
            }
        });
    }

    @Test
    void aBucketLiesOnWholeMicroseconds() {
        Bucket bucket = new Bucket(NINE.plusNanos(1), Duration.ofNanos(-1_999), Duration.ofNanos(3_001));

        assertThat(bucket).isEqualTo(new Bucket(NINE.plusNanos(1_000), World.micros(-1), World.micros(4)));
    }

    @Test
    void numbersBeyondReasonAreNeverDueRatherThanOverflow() {
        Bucket owing = new Bucket(NINE, Duration.ofSeconds(Long.MAX_VALUE), World.micros(1));
        Bucket owned = new Bucket(NINE, Duration.ofSeconds(Long.MIN_VALUE), World.micros(1));
        Duration decade = Bucket.LONGEST_INTERVAL;

        assertThat(owing.dueAt(ALWAYS, decade, 1, NINE)).isEmpty();
        assertThat(owing.dueAt(ALWAYS, World.micros(1), Bucket.MOST_BURST, NINE))
                .isEmpty();
        assertThat(owing.afterRelease(NINE, ALWAYS, decade, decade).dueAt(ALWAYS, decade, 1, NINE))
                .isEmpty();
        assertThat(owned.dueAt(ALWAYS, decade, Bucket.MOST_BURST, NINE)).contains(NINE);
        assertThat(owned.afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO).offset())
                .isZero();
        assertThat(owned.tokens(ALWAYS, decade, 7, NINE)).hasToString("7.000");
        assertThat(owing.tokens(ALWAYS, decade, 7, NINE)).hasToString("0.000");
    }

    @Test
    void misuseIsRefused() {
        Bucket bucket = Bucket.full();

        assertThatThrownBy(() -> bucket.dueAt(ALWAYS, Duration.ZERO, 1, NINE))
                .hasMessage("interval is PT0S: over zero, at most 3660 days");
        assertThatThrownBy(() -> bucket.dueAt(ALWAYS, Duration.ofDays(3661), 1, NINE))
                .hasMessage("interval is PT87864H: over zero, at most 3660 days");
        assertThatThrownBy(() -> bucket.dueAt(ALWAYS, HOUR, 0, NINE)).hasMessage("burst is 0: from 1 to 10000");
        assertThatThrownBy(() -> bucket.tokens(ALWAYS, HOUR, 10_001, NINE))
                .hasMessage("burst is 10001: from 1 to 10000");
        assertThatThrownBy(() -> bucket.afterRelease(NINE, ALWAYS, HOUR, Duration.ofNanos(-1)))
                .hasMessage("slack is PT-0.000000001S: from zero to 3660 days");
        assertThatThrownBy(() -> bucket.afterRelease(NINE, ALWAYS, Duration.ZERO, Duration.ZERO))
                .hasMessage("interval is PT0S: over zero, at most 3660 days");
        assertThatThrownBy(() -> new Bucket(NINE, Duration.ZERO, Duration.ofSeconds(-1)))
                .hasMessage("interval of a bucket is PT-1S: from zero to 3660 days");
    }

    @Test
    void aLoweredCapacityLeavesAnEmptyBucketAndNoDebt() {
        Bucket bucket = Bucket.full();
        for (int i = 0; i < 10; i++) {
            bucket = bucket.afterRelease(NINE, ALWAYS, HOUR, Duration.ZERO);
        }

        assertThat(bucket.within(HOUR, 10)).isEqualTo(bucket);
        assertThat(bucket.within(HOUR, 3).dueAt(ALWAYS, HOUR, 3, NINE)).contains(NINE.plus(HOUR));
        assertThat(bucket.within(HOUR, 1).dueAt(ALWAYS, HOUR, 1, NINE)).contains(NINE.plus(HOUR));
    }
}
