package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The learned cap against one that is moved week by week, and looked at as often or as seldom as it happens. */
class LearnedCapLawTest {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    @Property(tries = 2_000)
    void aCutKeepsSevenTenthsOfWhatTheWeekCarriedAndNeverRaises(
            @ForAll @IntRange(min = 1, max = 200) int configured,
            @ForAll @IntRange(max = 500) int carried,
            @ForAll @IntRange(max = 250) int before) {
        Optional<LearnedCap> learned = before == 0 ? Optional.empty() : Optional.of(new LearnedCap(before, START));

        LearnedCap cut = LearnedCap.cut(learned, configured, carried, START.plus(WEEK));

        int kept = BigDecimal.valueOf(carried)
                .multiply(new BigDecimal("0.7"))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
        int wanted = Math.min(kept, configured);
        assertThat(cut.cap()).isEqualTo(Math.max(1, before == 0 ? wanted : Math.min(wanted, before)));
        assertThat(cut.since()).isEqualTo(START.plus(WEEK));
    }

    @Property(tries = 1_000)
    void howeverSeldomSomebodyLooksItRisesAtWholeWeeksSinceTheLastChange(
            @ForAll @IntRange(min = 1, max = 200) int configured,
            @ForAll @IntRange(min = 1, max = 200) int carried,
            @ForAll long seed) {
        Random random = new Random(seed);
        LearnedCap learned = LearnedCap.cut(Optional.empty(), configured, carried, START);
        int oracle = learned.cap();
        Instant raised = START;
        Instant now = START;
        for (int look = 0; look < 60; look++) {
            now = now.plus(World.micros(random.nextLong(20 * 24 * 3_600_000_000L)));
            // A clock that steps a week at a time, and never looks late.
            while (!raised.plus(WEEK).isAfter(now) && oracle < configured) {
                raised = raised.plus(WEEK);
                oracle = Math.min(configured, oracle + 5);
            }
            assertThat(learned.isRaiseDue(configured, now)).isEqualTo(oracle != learned.cap());
            learned = learned.raised(configured, now);

            assertThat(learned.cap()).isEqualTo(oracle).isBetween(1, configured);
            if (learned.cap() < configured) {
                assertThat(learned.since()).isEqualTo(raised);
                assertThat(learned.raiseAt(configured)).contains(raised.plus(WEEK));
            } else {
                assertThat(learned.raiseAt(configured)).isEmpty();
            }
        }
    }

    @Property(tries = 1_000)
    void inWhateverOrderSignalsAndWeeksComeItStaysBetweenOneAndTheConfiguredCap(
            @ForAll @IntRange(min = 1, max = 200) int configured, @ForAll long seed) {
        Random random = new Random(seed);
        Optional<LearnedCap> learned = Optional.empty();
        Instant now = START;
        for (int i = 0; i < 100; i++) {
            now = now.plus(World.micros(random.nextLong(30 * 24 * 3_600_000_000L) - 3_600_000_000L));
            Instant at = now;
            int before = learned.map(LearnedCap::cap).orElse(configured);
            switch (random.nextInt(3)) {
                case 0 -> {
                    learned = Optional.of(LearnedCap.cut(learned, configured, random.nextInt(300), at));
                    assertThat(learned.get().cap()).isLessThanOrEqualTo(before);
                }
                case 1 -> {
                    learned = learned.map(cap -> cap.raised(configured, at));
                    assertThat(learned.map(LearnedCap::cap).orElse(configured)).isGreaterThanOrEqualTo(before);
                }
                default -> {
                    learned = learned.map(cap -> cap.unraised(at));
                    assertThat(learned.map(LearnedCap::cap).orElse(configured)).isEqualTo(before);
                }
            }
            learned.ifPresent(cap -> assertThat(cap.cap()).isBetween(1, configured));
        }
    }

    @Test
    void aSkippedRaiseComesAWholeWeekLater() {
        LearnedCap learned = new LearnedCap(50, START)
                .unraised(START.plus(WEEK.multipliedBy(2)).plusSeconds(5));

        assertThat(learned).isEqualTo(new LearnedCap(50, START.plus(WEEK.multipliedBy(2))));
        assertThat(learned.raiseAt(100)).contains(START.plus(WEEK.multipliedBy(3)));
    }

    @Test
    void theSmallestOfConfiguredWarmUpAndLearnedIsTheCapInForce() {
        EffectiveCap ramp = EffectiveCap.of(100, new WarmUp(40, 10), START, START);

        assertThat(ramp.within(new LearnedCap(39, START)))
                .isEqualTo(new EffectiveCap(100, 39, EffectiveCap.Cause.LEARNED));
        assertThat(ramp.within(new LearnedCap(40, START))).isEqualTo(ramp);
        assertThat(EffectiveCap.of(100).within(new LearnedCap(100, START))).isEqualTo(EffectiveCap.of(100));
        assertThat(EffectiveCap.of(60).within(new LearnedCap(80, START))).isEqualTo(EffectiveCap.of(60));
    }

    @Test
    void underFifteenPerCentOfEnoughDecidedNothingRises() {
        assertThat(new AcceptanceFloor(0, 29).allowsRaise()).isTrue();
        assertThat(new AcceptanceFloor(0, 30).allowsRaise()).isFalse();
        assertThat(new AcceptanceFloor(14, 100).allowsRaise()).isFalse();
        assertThat(new AcceptanceFloor(15, 100).allowsRaise()).isTrue();
        assertThat(new AcceptanceFloor(5, 33).allowsRaise()).isTrue();
    }
}
