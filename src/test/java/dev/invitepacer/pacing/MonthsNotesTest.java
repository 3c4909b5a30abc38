package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The quota of notes by itself: what a month has left, from when on there is more, and what a week can carry. */
class MonthsNotesTest {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    /** Midnights in Oslo. */
    private static final Instant DECEMBER = Instant.parse("2026-11-30T23:00:00Z");

    private static final Instant JANUARY = Instant.parse("2026-12-31T23:00:00Z");
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

    private static NoteQuota used(int used, int perMonth) {
        return new NoteQuota(OptionalInt.of(perMonth), used, DECEMBER, null, false, OSLO);
    }

    private static NoteQuota saidUntil(Instant until, NoteQuota quota) {
        return new NoteQuota(quota.perMonth(), quota.used(), quota.monthEnd(), until, false, OSLO);
    }

    private static NoteQuota bare(NoteQuota quota) {
        return new NoteQuota(quota.perMonth(), quota.used(), quota.monthEnd(), quota.usedUpUntil(), true, OSLO);
    }

    @Test
    void aMonthBeginsAtMidnightInTheAccountsZoneAndHasAllOfItsNotes() {
        NoteQuota november = saidUntil(JANUARY, used(2, 3));

        assertThat(NoteQuota.monthAfter(DECEMBER.minusNanos(1), OSLO)).isEqualTo(DECEMBER);
        assertThat(NoteQuota.monthAfter(DECEMBER, OSLO)).isEqualTo(JANUARY);
        assertThat(november.at(DECEMBER.minusNanos(1))).isEqualTo(november);
        assertThat(november.at(DECEMBER)).isEqualTo(new NoteQuota(OptionalInt.of(3), 0, JANUARY, JANUARY, false, OSLO));
    }

    @Test
    void withoutAQuotaNoMonthIsCounted() {
        NoteQuota any = NoteQuota.none(OSLO);

        assertThat(any.at(DECEMBER)).isEqualTo(any);
        assertThat(any.isLeft(NOW)).isTrue();
        assertThat(any.letsAllGo(NOW)).isTrue();
        assertThat(any.againAt(NOW)).isEqualTo(Instant.MAX);
        assertThat(any.thisWeek(NOW)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theLastNoteIsTheLast() {
        NoteQuota oneLeft = used(2, 3);

        assertThat(oneLeft.isLeft(NOW)).isTrue();
        assertThat(oneLeft.letsGo(NOW)).isTrue();
        assertThat(oneLeft.letsAllGo(NOW)).isFalse();
        assertThat(oneLeft.afterUse()).isEqualTo(used(3, 3));
        assertThat(oneLeft.afterUse().isLeft(NOW)).isFalse();
        assertThat(oneLeft.afterUse().letsGo(NOW)).isFalse();
        assertThat(bare(used(3, 3)).isLeft(NOW)).isFalse();
        assertThat(bare(used(3, 3)).letsGo(NOW)).isTrue();
        assertThat(bare(used(3, 3)).letsAllGo(NOW)).isTrue();
        assertThat(bare(used(3, 3)).thisWeek(NOW)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void linkedInsWordHoldsUntilItsInstantWhateverWasCounted() {
        NoteQuota said = saidUntil(TOMORROW, used(0, 3));
        NoteQuota saidWithoutQuota = saidUntil(TOMORROW, NoteQuota.none(OSLO));

        assertThat(said.isLeft(TOMORROW.minusNanos(1))).isFalse();
        assertThat(said.isLeft(TOMORROW)).isTrue();
        assertThat(saidWithoutQuota.letsGo(TOMORROW.minusNanos(1))).isFalse();
        assertThat(saidWithoutQuota.letsAllGo(TOMORROW.minusNanos(1))).isFalse();
        assertThat(saidWithoutQuota.letsAllGo(TOMORROW)).isTrue();
    }

    @Test
    void notesComeAgainWithTheMonthOrWhenLinkedInsWordEndsWhicheverIsLaterIfBothAreInTheWay() {
        Instant christmas = Instant.parse("2026-12-24T12:00:00Z");

        assertThat(used(1, 3).againAt(NOW)).isEqualTo(DECEMBER);
        assertThat(used(0, 0).againAt(NOW)).isEqualTo(Instant.MAX);
        assertThat(saidUntil(TOMORROW, used(0, 0)).againAt(NOW)).isEqualTo(Instant.MAX);
        assertThat(saidUntil(TOMORROW, used(1, 3)).againAt(NOW)).isEqualTo(TOMORROW);
        assertThat(saidUntil(TOMORROW, used(1, 3)).againAt(TOMORROW)).isEqualTo(DECEMBER);
        assertThat(saidUntil(TOMORROW, used(3, 3)).againAt(NOW)).isEqualTo(DECEMBER);
        assertThat(saidUntil(christmas, used(3, 3)).againAt(NOW)).isEqualTo(christmas);
        assertThat(saidUntil(christmas, used(1, 3)).againAt(NOW)).isEqualTo(christmas);
    }

    @Test
    void aWeekCarriesWhatIsLeftAndWhatTheNextMonthHasIfItReachesThere() {
        Instant weekBefore = DECEMBER.minus(WEEK);

        assertThat(used(1, 3).thisWeek(weekBefore.minusNanos(1_000))).isEqualTo(2);
        assertThat(used(1, 3).thisWeek(weekBefore)).isEqualTo(2 + 3);
        assertThat(used(3, 3).thisWeek(weekBefore.minusNanos(1_000))).isZero();
        assertThat(used(3, 3).thisWeek(weekBefore)).isEqualTo(3);
        assertThat(used(4, 3).thisWeek(weekBefore.minusNanos(1_000))).isZero();
    }

    @Test
    void whereLinkedInsWordEndsWithinTheWeekItCarriesWhatIsLeftThen() {
        assertThat(saidUntil(NOW.plus(WEEK), used(1, 3)).thisWeek(NOW)).isEqualTo(2);
        assertThat(saidUntil(NOW.plus(WEEK).plusNanos(1), used(1, 3)).thisWeek(NOW))
                .isZero();
        assertThat(saidUntil(DECEMBER, used(1, 3)).thisWeek(DECEMBER.minusSeconds(1)))
                .isEqualTo(3);
        assertThat(saidUntil(TOMORROW, NoteQuota.none(OSLO)).thisWeek(NOW)).isEqualTo(Integer.MAX_VALUE);
        assertThat(saidUntil(JANUARY, NoteQuota.none(OSLO)).thisWeek(NOW)).isZero();
    }
}
