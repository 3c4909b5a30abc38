package dev.invitepacer.pacing;

import static dev.invitepacer.pacing.EffectiveCap.Cause.LEARNED;
import static dev.invitepacer.pacing.EffectiveCap.Cause.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The cap that a forecast reckons with, and when it asks again. */
class CapCourseTest {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final WarmUp RAMP = new WarmUp(40, 10);

    private static Instant week(int weeks) {
        return START.plus(WEEK.multipliedBy(weeks));
    }

    private static CapCourse ramp(int configured) {
        return new CapCourse(configured, RAMP, START, null, false);
    }

    private static CapCourse learned(int cap, Instant since, boolean isRaised) {
        return new CapCourse(60, null, null, new LearnedCap(cap, since), isRaised);
    }

    @Test
    void theConfiguredCapStaysWhatItIs() {
        CapCourse course = CapCourse.of(100).withConfigured(60);

        assertThat(course.at(START)).isEqualTo(EffectiveCap.of(60));
        assertThat(course.changesAfter(START)).isEmpty();
    }

    @Test
    void aRampChangesEachWeekUntilItMeetsTheCap() {
        CapCourse course = ramp(60);

        assertThat(course.at(week(1))).isEqualTo(new EffectiveCap(60, 50, WARM_UP));
        assertThat(course.changesAfter(week(-3))).contains(week(1));
        assertThat(course.changesAfter(week(1).minusNanos(1))).contains(week(1));
        assertThat(course.changesAfter(week(1))).contains(week(2));
        assertThat(course.at(week(2))).isEqualTo(EffectiveCap.of(60));
        assertThat(course.changesAfter(week(2))).isEmpty();
    }

    @Test
    void aRampThatHasNotBegunIsNone() {
        assertThat(new CapCourse(60, RAMP, null, null, false).at(START)).isEqualTo(EffectiveCap.of(60));
        assertThat(new CapCourse(60, null, START, null, false).at(START)).isEqualTo(EffectiveCap.of(60));
    }

    @Test
    void whatWasLearnedStaysUnlessQuietWeeksRaiseIt() {
        assertThat(learned(50, START, false).at(week(9))).isEqualTo(new EffectiveCap(60, 50, LEARNED));
        assertThat(learned(50, START, false).changesAfter(START)).isEmpty();

        CapCourse raised = learned(50, START, true);
        assertThat(raised.at(week(1).minusNanos(1)).effective()).isEqualTo(50);
        assertThat(raised.at(week(1))).isEqualTo(new EffectiveCap(60, 55, LEARNED));
        assertThat(raised.changesAfter(week(-1))).contains(week(1));
        assertThat(raised.changesAfter(week(1).minusNanos(1))).contains(week(1));
        assertThat(raised.changesAfter(week(1))).contains(week(2));
        assertThat(raised.at(week(2))).isEqualTo(EffectiveCap.of(60));
        assertThat(raised.changesAfter(week(2))).isEmpty();
    }

    @Test
    void ofTheRampAndTheQuietWeeksTheSoonerComesFirst() {
        Instant before = START.minus(Duration.ofDays(1));
        Instant after = START.plus(Duration.ofDays(1));

        assertThat(new CapCourse(60, RAMP, START, new LearnedCap(30, before), true).changesAfter(START))
                .contains(before.plus(WEEK));
        assertThat(new CapCourse(60, RAMP, START, new LearnedCap(30, after), true).changesAfter(START))
                .contains(week(1));
    }
}
