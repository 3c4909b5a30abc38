package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an export writes time, and which instant that is. */
class ExportDatesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/29/26, 2:37 PM | 2026-01-29T14:37:00Z",
                "1/29/26, 2:37\u202FPM | 2026-01-29T14:37:00Z",
                "1/29/26, 2:37\u00A0pm | 2026-01-29T14:37:00Z",
                "1/29/26,  2:37PM | 2026-01-29T14:37:00Z",
                "01/29/2026, 02:37 PM | 2026-01-29T14:37:00Z",
                "1/29/26, 2:37:59 PM | 2026-01-29T14:37:00Z",
                "12/31/25, 12:00 AM | 2025-12-31T00:00:00Z",
                "12/31/25, 12:00 PM | 2025-12-31T12:00:00Z",
                "2/29/24, 11:59 PM | 2024-02-29T23:59:00Z",
                "7/4/03, 1:05 AM | 2003-07-04T01:05:00Z"
            })
    void aMinuteIsReadAsLinkedInWritesIt(String cell, String instant) {
        assertThat(ExportDates.sentAt(cell, ZoneOffset.UTC))
                .map(Object::toString)
                .contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "29/1/26, 2:37 PM",
                "2/30/26, 2:37 PM",
                "2/29/25, 2:37 PM",
                "1/29/26, 14:37",
                "1/29/26, 0:37 AM",
                "1/29/26, 13:37 PM",
                "1/29/26, 2:60 PM",
                "29.1.26, 14:37",
                "2026-01-29T14:37:00Z",
                "1/29/26, 2:37 ÖS",
                "1/29/126, 2:37 PM"
            })
    void whatIsWrittenOtherwiseIsNotGuessed(String cell) {
        assertThat(ExportDates.sentAt(cell, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void aTimeThatAClockChangeSkippedMovesOn() {
        assertThat(ExportDates.sentAt("3/29/26, 2:30 AM", ZoneId.of("Europe/Oslo")))
                .map(Object::toString)
                .contains("2026-03-29T01:30:00Z");
    }

    @Test
    void ofATimeThatCameTwiceTheLaterIsTaken() {
        assertThat(ExportDates.sentAt("10/25/26, 2:30 AM", ZoneId.of("Europe/Oslo")))
                .map(Object::toString)
                .contains("2026-10-25T01:30:00Z");
        assertThat(ExportDates.sentAt("11/1/26, 1:30 AM", ZoneId.of("America/New_York")))
                .map(Object::toString)
                .contains("2026-11-01T06:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "08 Feb 2026, 2026-02-08",
        "8 Feb 2026, 2026-02-08",
        "01 Sep 2024, 2024-09-01",
        "01 Sept 2024, 2024-09-01",
        "29 feb 2024, 2024-02-29",
        "31\u00A0Dec 2025, 2025-12-31",
        "15 May 2025, 2025-05-15",
        "04 Jun 2025, 2025-06-04"
    })
    void aDayIsReadAsLinkedInWritesIt(String cell, LocalDate day) {
        assertThat(ExportDates.connectedOn(cell)).contains(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30 Feb 2026",
                "08 Şub 2026",
                "08 Fex 2026",
                "8-Feb-26",
                "2026-02-08",
                "08.02.2026",
                "00 Jan 2026"
            })
    void aDayThatIsWrittenOtherwiseIsNotGuessed(String cell) {
        assertThat(ExportDates.connectedOn(cell)).isEmpty();
    }
}
