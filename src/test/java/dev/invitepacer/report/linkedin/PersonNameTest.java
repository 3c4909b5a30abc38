package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two names can be one person's. */
class PersonNameTest {
    @ParameterizedTest
    @CsvSource({
        "Jane Doe, Jane Doe",
        "jane doe, JANE DOE",
        "Jane Doe, Jane Miller",
        "Jane Doe, 'Doe, Jane'",
        "Tomás Dlamini, Tomas Dlamini",
        "Farah O’Sullivan, Farah O'Sullivan",
        "F O’Sullivan, Farah OSullivan",
        "Wanjiru Yılmaz, Wanjiru Yilmaz",
        "IŞIL Uzun, Işıl Uzun",
        "Jane, 'Jane Doe, PhD 🚀'",
        "'', Jane Doe",
        "Jane Doe, ''",
        "🚀, Jane Doe"
    })
    void namesWithAWordInCommonFit(String known, String told) {
        assertThat(PersonName.fits(known, told)).isTrue();
        assertThat(PersonName.fits(told, known)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Jane Doe, Rolf Berg", "Jane, Janet", "Ann Li, Anna Lie"})
    void namesWithoutOneDoNot(String known, String told) {
        assertThat(PersonName.fits(known, told)).isFalse();
        assertThat(PersonName.fits(told, known)).isFalse();
    }
}
