package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import dev.invitepacer.pacing.ActiveCalendar.Stretch;

class ActiveCalendarTest {
    private static final ActiveHours OFFICE = daily("09:00-17:00", DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final ActiveHours ALWAYS = daily("00:00-24:00");

    static ActiveHours daily(String hours, DayOfWeek... off) {
        Map<DayOfWeek, List<String>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, Set.of(off).contains(day) ? List.of() : List.of(hours));
        }
        return ActiveHours.parse(days);
    }

    private static ActiveCalendar at(ActiveHours hours, String zone) {
        return ActiveCalendar.of(hours, ZoneId.of(zone));
    }

    private static Instant t(String text) {
        return Instant.parse(text);
    }

    @Test
    void theHourThatHappensTwiceIsActiveTwice() {
        ActiveCalendar nights = at(daily("02:00-03:00"), "Europe/Oslo");

        assertThat(nights.between(t("2026-10-24T22:00:00Z"), t("2026-10-25T22:00:00Z")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(nights.spans(t("2026-10-24T22:00:00Z"), t("2026-10-25T22:00:00Z")))
                .containsExactly(new Stretch(t("2026-10-25T00:00:00Z"), t("2026-10-25T02:00:00Z")));
    }

    @Test
    void twoLocalHoursThatAreRepeatedTogetherAlternate() {
        ActiveCalendar quarters =
                at(ActiveHours.parse(Map.of(DayOfWeek.SUNDAY, List.of("02:00-02:15", "02:30-02:45"))), "Europe/Oslo");

        assertThat(quarters.spans(t("2026-10-24T22:00:00Z"), t("2026-10-25T22:00:00Z")))
                .containsExactly(
                        new Stretch(t("2026-10-25T00:00:00Z"), t("2026-10-25T00:15:00Z")),
                        new Stretch(t("2026-10-25T00:30:00Z"), t("2026-10-25T00:45:00Z")),
                        new Stretch(t("2026-10-25T01:00:00Z"), t("2026-10-25T01:15:00Z")),
                        new Stretch(t("2026-10-25T01:30:00Z"), t("2026-10-25T01:45:00Z")));
    }

    @Test
    void theHourThatNeverHappensIsNeverActive() {
        ActiveCalendar nights = at(daily("02:00-03:00"), "Europe/Oslo");

        assertThat(nights.between(t("2026-03-28T23:00:00Z"), t("2026-03-29T22:00:00Z")))
                .isZero();
        assertThat(nights.after(t("2026-03-28T23:00:00Z"), Duration.ZERO)).contains(t("2026-03-30T00:00:00Z"));
    }

    @Test
    void theDayThatApiaSkippedIsNeverActive() {
        ActiveCalendar apia = at(OFFICE, "Pacific/Apia");

        // Thursday 29 December 2011 was followed by Saturday 31; the Friday's hours never came.
        assertThat(apia.between(t("2011-12-29T10:00:00Z"), t("2012-01-01T10:00:00Z")))
                .isEqualTo(Duration.ofHours(8));
        assertThat(apia.after(t("2011-12-30T03:00:00Z"), Duration.ZERO)).contains(t("2012-01-01T19:00:00Z"));
    }

    @Test
    void aWeekAcrossAClockChangeHasAnHourMoreOrLess() {
        ActiveCalendar oslo = at(ALWAYS, "Europe/Oslo");

        assertThat(oslo.between(t("2026-03-22T23:00:00Z"), t("2026-03-29T22:00:00Z")))
                .isEqualTo(Duration.ofHours(167));
        assertThat(oslo.between(t("2026-10-18T22:00:00Z"), t("2026-10-25T23:00:00Z")))
                .isEqualTo(Duration.ofHours(169));
        assertThat(at(ALWAYS, "Australia/Lord_Howe").between(t("2026-04-03T13:00:00Z"), t("2026-04-05T13:30:00Z")))
                .isEqualTo(Duration.ofMinutes(48 * 60 + 30));
    }

    @Test
    void timeThatRunsOutAsTheHoursEndIsDueAtTheNextOpening() {
        ActiveCalendar utc = at(OFFICE, "UTC");

        // Friday 20 November 2026, to Monday.
        assertThat(utc.after(t("2026-11-20T16:00:00Z"), Duration.ofHours(1))).contains(t("2026-11-23T09:00:00Z"));
        assertThat(utc.after(t("2026-11-20T16:00:00Z"), Duration.ofHours(1).minusNanos(1_000)))
                .contains(t("2026-11-20T16:59:59.999999Z"));
    }

    @Test
    void whatFallsBetweenTwoMicrosecondsIsDueAtTheNext() {
        ActiveCalendar utc = at(OFFICE, "UTC");

        assertThat(utc.after(t("2026-11-20T10:00:00.000000001Z"), Duration.ZERO))
                .contains(t("2026-11-20T10:00:00.000001Z"));
        assertThat(utc.after(t("2026-11-20T10:00:00Z"), Duration.ofNanos(1)))
                .contains(t("2026-11-20T10:00:00.000001Z"));
        assertThat(utc.after(t("2026-11-20T16:59:59.999999001Z"), Duration.ZERO))
                .contains(t("2026-11-23T09:00:00Z"));
    }

    @Test
    void hoursAcrossMidnightBelongToTheDayOnWhichTheyStart() {
        ActiveHours fridayNight = ActiveHours.parse(Map.of(DayOfWeek.FRIDAY, List.of("22:00-02:00")));
        ZoneId utc = ZoneId.of("UTC");
        LocalDate friday = LocalDate.of(2026, 11, 20);

        ActiveCalendar restOnFriday = new ActiveCalendar(fridayNight, utc, Set.of(friday));
        ActiveCalendar restOnSaturday = new ActiveCalendar(fridayNight, utc, Set.of(friday.plusDays(1)));

        assertThat(restOnFriday.isActive(t("2026-11-21T01:00:00Z"))).isFalse();
        assertThat(restOnSaturday.isActive(t("2026-11-21T01:00:00Z"))).isTrue();
    }

    @Test
    void aDayOfRestIsAnEmptyDay() {
        ActiveCalendar christmas = new ActiveCalendar(
                OFFICE, ZoneId.of("UTC"), Set.of(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25)));

        assertThat(christmas.after(t("2026-12-23T17:00:00Z"), Duration.ZERO)).contains(t("2026-12-28T09:00:00Z"));
    }

    @Test
    void threeYearsOfRestAreNoEndlessSearch() {
        LocalDate first = LocalDate.of(2026, 1, 1);
        Set<LocalDate> years = first.datesUntil(first.plusYears(4)).collect(Collectors.toSet());
        ActiveCalendar resting = new ActiveCalendar(OFFICE, ZoneId.of("UTC"), years);

        assertThat(resting.after(t("2026-01-01T00:00:00Z"), Duration.ZERO)).isEmpty();
        assertThat(resting.after(t("2027-06-01T00:00:00Z"), Duration.ZERO)).isPresent();
    }

    @Test
    void theEndsOfTimeAreNoOverflow() {
        ActiveCalendar utc = at(OFFICE, "UTC");

        assertThat(utc.after(t("2026-11-20T10:00:00Z"), Duration.ofSeconds(Long.MAX_VALUE)))
                .isEmpty();
        assertThat(utc.between(Instant.MAX, Instant.MIN)).isZero();
        assertThat(utc.after(Instant.MAX, Duration.ZERO)).isPresent();
    }
}
