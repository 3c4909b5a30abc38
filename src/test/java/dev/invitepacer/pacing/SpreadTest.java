package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Instant SINCE = Instant.parse("2026-03-23T09:00:00Z");

    @Test
    void aHundredAWeekIsOneIn6048Seconds() {
        assertThat(Spread.CAP.interval(WEEK, 100, 1, 0)).isEqualTo(Duration.ofSeconds(6048));
    }

    @Test
    void everyUnitOfBurstAboveOneCostsOneReleaseAWeek() {
        assertThat(Spread.CAP.interval(WEEK, 100, 5, 0)).isEqualTo(Duration.ofSeconds(6300));
    }

    @Test
    void thirtyDraftsTakeTheWholeWeek() {
        assertThat(Spread.WEEK.interval(WEEK, 100, 1, 30)).isEqualTo(Duration.ofSeconds(20160));
        assertThat(Spread.WEEK.interval(WEEK, 100, 1, 5000)).isEqualTo(Duration.ofSeconds(6048));
        assertThat(Spread.WEEK.interval(WEEK, 100, 1, 0)).isEqualTo(WEEK);
    }

    @Test
    void aBurstAboveTheCapIsTheCap() {
        assertThat(Spread.CAP.interval(WEEK, 3, 7, 0)).isEqualTo(WEEK);
        Limits limits = Limits.of(
                        ActiveCalendar.of(ActiveCalendarTest.daily("00:00-24:00"), ZoneOffset.UTC), EffectiveCap.of(3))
                .withBurst(7);
        assertThat(limits.effectiveBurst()).isEqualTo(3);
    }

    @Test
    void anIntervalIsRoundedUp() {
        // 168 h / 11 = 54,981.818181... s
        assertThat(Spread.CAP.interval(WEEK, 11, 1, 0)).isEqualTo(Duration.parse("PT54981.818182S"));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Spread.CAP.interval(WEEK, 0, 1, 0))
                .hasMessage("cap is 0 and burst 1: at least 1 each");
        assertThatThrownBy(() -> Spread.CAP.interval(WEEK, 1, 0, 0))
                .hasMessage("cap is 1 and burst 0: at least 1 each");
    }

    @Property(tries = 2000)
    void theIntervalsThatTheCapLeavesFillAWeekAndNotAnIntervalMore(
            @ForAll @IntRange(min = 1, max = 200) int cap,
            @ForAll @IntRange(min = 1, max = 250) int burst,
            @ForAll @IntRange(min = 0, max = 300) int demand,
            @ForAll @IntRange(min = 1, max = 10080) int minutes) {
        Duration weekly = Duration.ofMinutes(minutes);
        int parts = cap - Math.min(burst, cap) + 1;

        Duration byCap = Spread.CAP.interval(weekly, cap, burst, demand);
        assertThat(byCap.multipliedBy(parts)).isBetween(weekly, weekly.plusNanos(1_000L * parts - 1));
        assertThat(Spread.WEEK.interval(weekly, cap, burst, demand)).isGreaterThanOrEqualTo(byCap);
        if (1 <= demand && demand <= parts) {
            Duration byWeek = Spread.WEEK.interval(weekly, cap, burst, demand);
            assertThat(byWeek.multipliedBy(demand)).isBetween(weekly, weekly.plusNanos(1_000L * demand - 1));
        }
    }

    @Test
    void theRampStepsEveryWholeWeekAndEndsAtTheConfiguredCap() {
        WarmUp ramp = new WarmUp(20, 15);

        assertThat(at(ramp, Duration.ZERO)).isEqualTo(new EffectiveCap(60, 20, EffectiveCap.Cause.WARM_UP));
        assertThat(at(ramp, WEEK.minusNanos(1)).effective()).isEqualTo(20);
        assertThat(at(ramp, WEEK).effective()).isEqualTo(35);
        assertThat(at(ramp, WEEK.multipliedBy(2)).effective()).isEqualTo(50);
        assertThat(at(ramp, WEEK.multipliedBy(3))).isEqualTo(EffectiveCap.of(60));
        assertThat(at(ramp, WEEK.multipliedBy(5_000_000_000L))).isEqualTo(EffectiveCap.of(60));
    }

    @Test
    void aRampThatMeetsTheCapIsOver() {
        assertThat(EffectiveCap.of(20, new WarmUp(20, 5), SINCE, SINCE).cause())
                .isEqualTo(EffectiveCap.Cause.CONFIGURED);
    }

    @Test
    void aClockBeforeTheRampIsInItsFirstWeek() {
        assertThat(at(new WarmUp(20, 15), WEEK.negated().multipliedBy(9)).effective())
                .isEqualTo(20);
    }

    @Test
    void aRampMayBeginAtOneAndRiseByOne() {
        assertThat(at(new WarmUp(1, 1), WEEK)).isEqualTo(new EffectiveCap(60, 2, EffectiveCap.Cause.WARM_UP));
        assertThat(at(new WarmUp(1, 1), Duration.ZERO).effective()).isEqualTo(1);
    }

    @Test
    void aRampThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> new WarmUp(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WarmUp(5, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EffectiveCap(5, 6, EffectiveCap.Cause.CONFIGURED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EffectiveCap.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static EffectiveCap at(WarmUp ramp, Duration later) {
        return EffectiveCap.of(60, ramp, SINCE, SINCE.plus(later));
    }
}
