package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import dev.invitepacer.pacing.Decision.Hold;
import dev.invitepacer.pacing.Decision.Release;
import dev.invitepacer.pacing.Decision.Wait;

class PacerTest {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Instant MONDAY = Instant.parse("2026-11-23T09:00:00Z");
    private static final ActiveCalendar ALWAYS =
            ActiveCalendar.of(ActiveCalendarTest.daily("00:00-24:00"), ZoneOffset.UTC);
    private static final Limits HUNDRED =
            Limits.of(ALWAYS, EffectiveCap.of(100)).withSpread(Spread.CAP);
    private static final AccountState BACKLOG = AccountState.idle().withWaiting(500);

    @Test
    void anAccountWithNothingInItsWayReleases() {
        assertThat(Pacer.decide(HUNDRED, BACKLOG, MONDAY)).isEqualTo(new Release());
    }

    @Test
    void aReleaseTakesADraftATokenAndASlotAndLeavesATask() {
        AccountState after =
                Pacer.afterRelease(HUNDRED, BACKLOG.withPending(7).withOpenTasks(2), MONDAY.plusNanos(999));

        assertThat(after.waiting()).isEqualTo(499);
        assertThat(after.pending()).isEqualTo(8);
        assertThat(after.openTasks()).isEqualTo(3);
        assertThat(after.window().instants()).containsExactly(MONDAY);
        assertThat(after.bucket()).isEqualTo(new Bucket(MONDAY, Duration.ZERO, Duration.ofSeconds(6048)));
        assertThat(Pacer.decide(HUNDRED, after, MONDAY))
                .isEqualTo(new Wait(Reason.NEXT_TOKEN, MONDAY.plusSeconds(6048)));
    }

    @Test
    void theLastDraftLeavesAnEmptyQueue() {
        AccountState after =
                Pacer.afterRelease(HUNDRED, AccountState.idle().withWaiting(1, Optional.of(MONDAY)), MONDAY);

        assertThat(Pacer.decide(HUNDRED, after, MONDAY)).isEqualTo(new Hold(Reason.QUEUE_EMPTY));
        assertThatThrownBy(() -> Pacer.afterRelease(HUNDRED, after, MONDAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no draft waits, so none can be released");
    }

    @Test
    void anIdleAccountIsNotPaused() {
        assertThat(AccountState.idle().pause()).isInstanceOf(Pause.None.class);
    }

    @Test
    void aRestrictionHoldsUntilItsInstantAndNoLonger() {
        Instant until = MONDAY.plus(Duration.ofHours(1));
        AccountState restricted = BACKLOG.withRestrictedUntil(until);

        assertThat(Pacer.decide(HUNDRED, restricted, MONDAY)).isEqualTo(new Wait(Reason.RESTRICTED, until));
        assertThat(Pacer.decide(HUNDRED, restricted, until)).isEqualTo(new Release());
    }

    @Test
    void asManyPendingAsTheThresholdHold() {
        Limits eight = HUNDRED.withPendingThreshold(8);

        assertThat(Pacer.decide(eight, BACKLOG.withPending(7), MONDAY)).isEqualTo(new Release());
        assertThat(Pacer.decide(eight, BACKLOG.withPending(8), MONDAY)).isEqualTo(new Hold(Reason.PENDING_THRESHOLD));
    }

    @Test
    void aTokenOutsideTheHoursWaitsForTheirStart() {
        Limits office = HUNDRED.withCalendar(
                ActiveCalendar.of(ActiveCalendarTest.daily("09:00-17:00"), ZoneId.of("Europe/Oslo")));

        assertThat(Pacer.decide(office, BACKLOG, Instant.parse("2026-11-23T16:00:00Z")))
                .isEqualTo(new Wait(Reason.OUTSIDE_ACTIVE_HOURS, Instant.parse("2026-11-24T08:00:00Z")));
    }

    @Test
    void aTokenThatFallsOnTheEndOfTheHoursIsDueAtTheNextOpening() {
        // Eight hours a day, 56 a week, 56 releases: one an hour.
        Limits office = Limits.of(
                        ActiveCalendar.of(ActiveCalendarTest.daily("09:00-17:00"), ZoneOffset.UTC), EffectiveCap.of(56))
                .withSpread(Spread.CAP);
        Instant four = Instant.parse("2026-11-23T16:00:00Z");

        assertThat(Pacer.decide(office, Pacer.afterRelease(office, BACKLOG, four), four))
                .isEqualTo(new Wait(Reason.NEXT_TOKEN, Instant.parse("2026-11-24T09:00:00Z")));
    }

    @Test
    void anAccountThatRestsForYearsHolds() {
        Set<LocalDate> years =
                LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2031, 1, 1)).collect(Collectors.toSet());
        Limits resting = HUNDRED.withCalendar(
                new ActiveCalendar(ActiveCalendarTest.daily("09:00-17:00"), ZoneOffset.UTC, years));

        assertThat(Pacer.decide(resting, BACKLOG, MONDAY)).isEqualTo(new Hold(Reason.OUTSIDE_ACTIVE_HOURS));
        assertThat(Pacer.nextRelease(resting, BACKLOG, MONDAY)).isEmpty();
    }

    @Test
    void aBucketOfAHundredRefilledAHundredAWeekWouldPass199AndDoesNot() {
        Limits greedy = HUNDRED.withBurst(100);

        List<Instant> releases = Pacer.schedule(greedy, BACKLOG, MONDAY, 500, MONDAY.plus(WEEK.multipliedBy(3)));

        assertThat(releases.subList(0, 100)).containsOnly(MONDAY);
        assertThat(releases.get(100)).isEqualTo(MONDAY.plus(WEEK));
        assertThat(releases).hasSize(100 + 3);
    }

    @Test
    void aLoweredCapLetsTheWindowDrain() {
        AccountState state = BACKLOG;
        List<Instant> releases = Pacer.schedule(HUNDRED, state, MONDAY, 50, MONDAY.plus(WEEK));
        for (Instant release : releases) {
            state = Pacer.afterRelease(HUNDRED, state, release);
        }
        Limits lowered = HUNDRED.withCap(EffectiveCap.of(10));

        assertThat(Pacer.decide(lowered, state, releases.get(49)))
                .isEqualTo(new Wait(Reason.WEEKLY_CAP, releases.get(40).plus(WEEK)));
    }

    @Test
    void aRaisedCapWorksAtOnce() {
        Limits slow = HUNDRED.withCap(EffectiveCap.of(10));
        AccountState state = Pacer.afterRelease(slow, BACKLOG, MONDAY);

        assertThat(Pacer.nextRelease(slow, state, MONDAY)).contains(MONDAY.plusSeconds(60480));
        assertThat(Pacer.nextRelease(HUNDRED, state, MONDAY)).contains(MONDAY.plusSeconds(6048));
    }

    @Test
    void whatWasSentByHandCountsButTakesNoToken() {
        List<Instant> byHand = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byHand.add(MONDAY.minus(Duration.ofHours(i)));
        }

        assertThat(Pacer.decide(HUNDRED, BACKLOG.withWindow(ReleaseWindow.of(byHand)), MONDAY))
                .isEqualTo(new Wait(Reason.WEEKLY_CAP, MONDAY.plus(Duration.ofHours(168 - 99))));
        assertThat(Pacer.decide(HUNDRED, BACKLOG.withWindow(ReleaseWindow.of(byHand.subList(0, 99))), MONDAY))
                .isEqualTo(new Release());
    }

    @Test
    void aDailyCapCounts24Hours() {
        Limits three = HUNDRED.withDailyCap(OptionalInt.of(3));

        assertThat(Pacer.schedule(three, BACKLOG, MONDAY, 5, MONDAY.plus(WEEK)))
                .containsExactly(
                        MONDAY,
                        MONDAY.plusSeconds(6048),
                        MONDAY.plusSeconds(2 * 6048),
                        MONDAY.plus(Duration.ofHours(24)),
                        MONDAY.plus(Duration.ofHours(24)).plusSeconds(6048));
    }

    @Test
    void aScheduleEndsAtAHold() {
        assertThat(Pacer.schedule(
                        HUNDRED.withOpenTaskLimit(4), BACKLOG.withOpenTasks(1), MONDAY, 50, MONDAY.plus(WEEK)))
                .hasSize(3);
        assertThat(Pacer.schedule(HUNDRED, BACKLOG.withPause(Pause.indefinite()), MONDAY, 50, MONDAY.plus(WEEK)))
                .isEmpty();
        assertThat(Pacer.schedule(HUNDRED, AccountState.idle().withWaiting(2), MONDAY, 50, MONDAY.plus(WEEK)))
                .hasSize(2);
        assertThat(Pacer.schedule(HUNDRED, BACKLOG, MONDAY, 50, MONDAY)).containsExactly(MONDAY);
    }

    @Test
    void theScheduleWaitsForPausesRestrictionsAndTheFirstEligible() {
        AccountState later = AccountState.idle()
                .withWaiting(3, Optional.of(MONDAY.plus(Duration.ofHours(30))))
                .withPause(Pause.until(MONDAY.plus(Duration.ofHours(10))))
                .withRestrictedUntil(MONDAY.plus(Duration.ofHours(20)));

        assertThat(Pacer.schedule(HUNDRED, later, MONDAY, 2, MONDAY.plus(WEEK)))
                .containsExactly(
                        MONDAY.plus(Duration.ofHours(30)),
                        MONDAY.plus(Duration.ofHours(30)).plusSeconds(6048));
    }

    @Test
    void waitsEndOnWholeMicrosecondsAfterNow() {
        AccountState paused = BACKLOG.withPause(Pause.until(MONDAY.plusNanos(500)));

        assertThat(Pacer.decide(HUNDRED, paused, MONDAY.plusNanos(499)))
                .isEqualTo(new Wait(Reason.PAUSED, MONDAY.plusNanos(1_000)));
        assertThat(Pacer.decide(HUNDRED, paused, MONDAY.plusNanos(1_000))).isEqualTo(new Release());
        assertThat(Pacer.nextRelease(HUNDRED, BACKLOG, MONDAY.plusNanos(1))).contains(MONDAY.plusNanos(1_000));
    }

    @Test
    void limitsAndStatesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> HUNDRED.withBurst(0)).hasMessage("burst is 0: at least 1");
        assertThatThrownBy(() -> HUNDRED.withDailyCap(OptionalInt.of(0)))
                .hasMessage("daily cap is 0: at least 1, or none");
        assertThat(HUNDRED.withSlack(Duration.ofHours(24)).slack()).isEqualTo(Duration.ofHours(24));
        assertThatThrownBy(() -> HUNDRED.withSlack(Duration.ofHours(25)))
                .hasMessage("slack is PT25H: from zero to 24 hours");
        assertThatThrownBy(() -> AccountState.idle().withPending(-1))
                .hasMessage("waiting 0, pending -1, open tasks 0: none may be below zero");
        assertThatThrownBy(() -> AccountState.idle().withWaiting(0, Optional.of(MONDAY)))
                .hasMessage("no draft waits, so none can be eligible");
    }
}
