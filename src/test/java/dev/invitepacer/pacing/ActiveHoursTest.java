package dev.invitepacer.pacing;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveHoursTest {
    @Test
    void aWeekIsAsLongAsItsHours() {
        ActiveHours hours = ActiveHours.parse(Map.of(
                MONDAY, List.of("13:00-17:00", "09:00-12:00"), TUESDAY, List.of("22:00-02:00"), SUNDAY, List.of()));

        assertThat(hours.weekly()).isEqualTo(Duration.ofHours(11));
        assertThat(hours.toStrings())
                .isEqualTo(Map.of(MONDAY, List.of("09:00-12:00", "13:00-17:00"), TUESDAY, List.of("22:00-02:00")));
    }

    @Test
    void allDayEveryDayIs168Hours() {
        assertThat(ActiveCalendarTest.daily("00:00-24:00").weekly()).isEqualTo(Duration.ofHours(168));
    }

    @Test
    void hoursThatTouchAreFine() {
        ActiveHours hours = ActiveHours.parse(Map.of(
                SUNDAY,
                List.of("22:00-02:00"),
                MONDAY,
                List.of("02:00-03:00", "03:00-24:00"),
                TUESDAY,
                List.of("00:00-01:00")));

        assertThat(hours.weekly()).isEqualTo(Duration.ofHours(27));
    }

    @Test
    void upToMidnightIsWrittenAs24() {
        assertThat(ActiveHours.parse(Map.of(MONDAY, List.of("22:00-00:00"))).toStrings())
                .isEqualTo(Map.of(MONDAY, List.of("22:00-24:00")));
    }

    @Property(tries = 1000)
    void whatIsWrittenIsReadAgain(@ForAll long seed) {
        ActiveHours hours = new ActiveHours(World.randomSpans(new Random(seed)));

        assertThat(ActiveHours.parse(hours.toStrings())).isEqualTo(hours);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9-17",
                "09:00",
                "9:00-17:00",
                "09:00-17:00 ",
                "09.00-17.00",
                "09:00–17:00",
                "٠٩:٠٠-١٧:٠٠",
                "09:00-17:00\n"
            })
    void aMalformedTextIsRefusedWithItsDayAndTheForm(String text) {
        refused(
                Map.of(MONDAY, List.of(text)),
                "MONDAY \"" + text + "\": write hours as \"HH:MM-HH:MM\", for example \"09:00-17:00\"");
    }

    @Test
    void noTextAndNoListAreRefused() {
        refused(
                Map.of(MONDAY, Collections.singletonList(null)),
                "MONDAY \"null\": write hours as \"HH:MM-HH:MM\", for example \"09:00-17:00\"");
        refused(
                Collections.singletonMap(MONDAY, null),
                "MONDAY: give a list such as [\"09:00-17:00\"], or leave the day out for none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00-02:00", "25:00-26:00", "09:60-10:00"})
    void aStartThatNoClockShowsIsRefused(String text) {
        refused(
                Map.of(WEDNESDAY, List.of(text)),
                "WEDNESDAY \"" + text
                        + "\": the start lies between 00:00 and 23:59; write hours as \"HH:MM-HH:MM\", for example \"09:00-17:00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"09:00-24:01", "09:00-25:00", "09:00-10:75"})
    void anEndThatNoClockShowsIsRefused(String text) {
        refused(
                Map.of(WEDNESDAY, List.of(text)),
                "WEDNESDAY \"" + text
                        + "\": the end lies between 00:00 and 24:00; write hours as \"HH:MM-HH:MM\", for example \"09:00-17:00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00-00:00", "09:00-09:00"})
    void equalEndsAreRefusedSinceTheyMayMeanNoneOrAll(String text) {
        refused(
                Map.of(MONDAY, List.of(text)),
                "MONDAY \"" + text
                        + "\": start and end are the same; write \"00:00-24:00\" for the whole day, or leave it out for none");
    }

    @Test
    void overlapsAreRefusedOnOneDayIntoTheNextAndFromSundayIntoMonday() {
        refused(
                Map.of(MONDAY, List.of("09:00-12:00", "11:59-13:00")),
                "MONDAY \"09:00-12:00\" overlaps MONDAY \"11:59-13:00\": shorten one of them, or join them into one");
        refused(
                Map.of(MONDAY, List.of("22:00-02:00"), TUESDAY, List.of("01:00-05:00")),
                "MONDAY \"22:00-02:00\" overlaps TUESDAY \"01:00-05:00\": shorten one of them, or join them into one");
        refused(
                Map.of(SUNDAY, List.of("22:00-00:01"), MONDAY, List.of("00:00-01:00")),
                "SUNDAY \"22:00-00:01\" overlaps MONDAY \"00:00-01:00\": shorten one of them, or join them into one");
        refused(
                Map.of(MONDAY, List.of("09:00-10:00", "09:00-10:00")),
                "MONDAY \"09:00-10:00\" overlaps MONDAY \"09:00-10:00\": shorten one of them, or join them into one");
    }

    @Test
    void aWeekWithoutHoursIsRefused() {
        String message =
                "no active hours in the whole week: give at least one day some, for example \"MONDAY\": [\"09:00-17:00\"]";

        refused(Map.of(), message);
        refused(Map.of(MONDAY, List.of(), SUNDAY, List.of()), message);
    }

    @Test
    void moreThan24SpansOnADayAreRefused() {
        List<String> twentyFive = IntStream.range(0, 25)
                .mapToObj(i -> String.format("%02d:%02d-%02d:%02d", i / 2, i % 2 * 30, i / 2, i % 2 * 30 + 10))
                .toList();

        refused(Map.of(MONDAY, twentyFive), "MONDAY has 25 spans of hours, at most 24 are kept: join those that touch");
        assertThat(ActiveHours.parse(Map.of(MONDAY, twentyFive.subList(0, 24))).weekly())
                .isEqualTo(Duration.ofHours(4));
    }

    @Test
    void aSpanIsShorterThanADayOrIsOne() {
        assertThatThrownBy(() -> new ActiveHours.Span(600, 600 + 1440)).isInstanceOf(InvalidActiveHoursException.class);
        assertThatThrownBy(() -> new ActiveHours.Span(1440, 1500)).isInstanceOf(InvalidActiveHoursException.class);
        assertThatThrownBy(() -> new ActiveHours.Span(-1, 60)).isInstanceOf(InvalidActiveHoursException.class);
        assertThatThrownBy(() -> new ActiveHours.Span(60, 60)).isInstanceOf(InvalidActiveHoursException.class);
        assertThat(new ActiveHours.Span(0, 1440)).hasToString("00:00-24:00");
    }

    private static void refused(Map<DayOfWeek, List<String>> texts, String message) {
        assertThatThrownBy(() -> ActiveHours.parse(texts))
                .isInstanceOf(InvalidActiveHoursException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
