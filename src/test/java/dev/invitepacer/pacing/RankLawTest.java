package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The order within a campaign, in hours counted by hand. */
class RankLawTest {
    private static final Instant QUEUED = Instant.parse("2026-11-23T09:00:00Z");

    @Property
    void whoIsQueuedTheLongestLeadLaterNeverGoesFirst(
            @ForAll @IntRange(min = -10, max = 10) int priority,
            @ForAll @IntRange(min = 1, max = 3) int degree,
            @ForAll @IntRange(min = -10, max = 10) int otherPriority,
            @ForAll @IntRange(min = 1, max = 3) int otherDegree,
            @ForAll @IntRange(min = 0, max = 1_000_000) int later) {
        Instant other = QUEUED.plus(Duration.ofHours(20 * 168 + 2 * 56)).plusSeconds(later);

        assertThat(Rank.of(QUEUED, priority, degree, 1)).isLessThan(Rank.of(other, otherPriority, otherDegree, 2));
    }

    @Property
    void aPointOfPriorityIsWorthAWeekOfWaitingAndADegreeAThirdOfOne(
            @ForAll @IntRange(min = -10, max = 10) int priority,
            @ForAll @IntRange(min = 1, max = 3) int degree,
            @ForAll @IntRange(min = -10, max = 10) int otherPriority,
            @ForAll @IntRange(min = 1, max = 3) int otherDegree,
            @ForAll @IntRange(min = -5_000, max = 5_000) int hoursLater) {
        int hoursAhead = (priority - otherPriority) * 168 - (degree - otherDegree) * 56 + hoursLater;

        int order = Rank.of(QUEUED, priority, degree, 2)
                .compareTo(Rank.of(QUEUED.plus(Duration.ofHours(hoursLater)), otherPriority, otherDegree, 1));

        assertThat(Integer.signum(order)).isEqualTo(hoursAhead == 0 ? 1 : -Integer.signum(hoursAhead));
    }

    @Example
    void theLongestLeadIsTwentyPointsAndTwoDegrees() {
        assertThat(Rank.LONGEST_LEAD).isEqualTo(Duration.ofHours(3_472));
    }
}
