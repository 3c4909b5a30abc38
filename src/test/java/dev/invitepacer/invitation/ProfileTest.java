package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane-doe",
                "JANE-DOE",
                "jane-doe/",
                "in/jane-doe",
                "/in/jane-doe",
                "//www.linkedin.com/in/jane-doe",
                "https://www.linkedin.com/in/jane-doe",
                "https://www.linkedin.com/in/jane-doe/",
                "https://www.linkedin.com/in/jane-doe//",
                "https://www.linkedin.com//in//jane-doe",
                "http://www.linkedin.com/in/jane-doe",
                "HTTPS://WWW.LINKEDIN.COM/IN/JANE-DOE",
                "linkedin.com/in/jane-doe",
                "www.linkedin.com/in/jane-doe",
                "uk.linkedin.com/in/jane-doe",
                "https://de.linkedin.com/in/jane-doe",
                "https://m.linkedin.com/in/jane-doe",
                "https://mobile.linkedin.com/in/jane-doe",
                "https://touch.linkedin.com/in/jane-doe",
                "https://www.linkedin.com/in/jane-doe/en",
                "https://www.linkedin.com/in/jane-doe/en-us/",
                "https://www.linkedin.com/fr/in/jane-doe",
                "https://www.linkedin.com/en-us/in/jane-doe",
                "https://www.linkedin.com/mwlite/in/jane-doe",
                "https://www.linkedin.com/comm/in/jane-doe?trackingId=abc",
                "https://www.linkedin.com/in/jane-doe?trk=people-guest_people_search-card",
                "https://www.linkedin.com/in/jane-doe/?originalSubdomain=uk",
                "https://www.linkedin.com/in/jane-doe#experience",
                "https://www.linkedin.com/in/jane-doe/details/experience/",
                "https://www.linkedin.com/in/jane-doe/recent-activity/all/",
                "https://www.linkedin.com/in/jane-doe/overlay/contact-info/",
                "https://www.linkedin.com/in/j%61ne%2Ddoe",
                "https://www.linkedin.com/in/jane-doe%20",
                " \t\r\nhttps://www.linkedin.com/in/jane-doe\n",
                "\u00A0jane-doe\u202F",
                "\uFEFFhttps://www.linkedin.com/in/jane-doe",
                "\u200Bjane-doe\u200D\u2060",
                "\u202Ahttps://www.linkedin.com/in/jane-doe\u202C",
                "<https://www.linkedin.com/in/jane-doe>",
                "\"https://www.linkedin.com/in/jane-doe\"",
                "'jane-doe'",
                "“https://www.linkedin.com/in/jane-doe”",
                "(https://www.linkedin.com/in/jane-doe)",
                "https://www.linkedin.com/in/jane-doe,",
                "https://www.linkedin.com/in/jane-doe;",
                "https://www.linkedin.com/in/jane-doe.",
                "< \" https://www.linkedin.com/in/jane-doe/ \" >;"
            })
    void everySpellingThatPeoplePasteIsOnePerson(String pasted) {
        assertThat(Profile.parse(pasted)).isEqualTo(new Profile("jane-doe"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.linkedin.com/in/s%C3%B8ren,              søren",
        "https://www.linkedin.com/in/s%c3%b8ren,              søren",
        "https://www.linkedin.com/in/S%C3%98REN,              søren",
        "linkedin.com/in/SØREN,                               søren",
        "linkedin.com/in/jose\u0301,                          josé",
        "linkedin.com/in/jos%65%CC%81,                        josé",
        "linkedin.com/in/JOSE\u0301,                          josé",
        "linkedin.com/in/ULRIKE-I,                            ulrike-i",
        "linkedin.com/in/yılmaz,                              yılmaz",
        "linkedin.com/in/İPEK,                                i\u0307pek",
        "https://www.linkedin.com/in/%E7%94%B0%E4%B8%AD,      田中",
        "https://www.linkedin.com/in/%D0%94%D0%9C,            дм",
        "linkedin.com/in/jane-🚀-doe,                         jane-🚀-doe",
        "linkedin.com/in/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB,   👩\u200D💻",
        "linkedin.com/in/o%E2%80%99connor,                    o’connor",
        "linkedin.com/in/a_b,                                 a_b",
        "linkedin.com/in/in,                                  in",
        "en,                                                  en",
        "7,                                                   7",
    })
    void everyScriptIsReadInOneSpelling(String pasted, String slug) {
        assertThat(Profile.parse(pasted).slug()).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({
        "jane-doe,  https://www.linkedin.com/in/jane-doe",
        "søren,     https://www.linkedin.com/in/s%C3%B8ren",
        "田,        https://www.linkedin.com/in/%E7%94%B0",
        "🚀,        https://www.linkedin.com/in/%F0%9F%9A%80",
    })
    void theCanonicalAddressIsPlainAscii(String slug, String url) {
        assertThat(new Profile(slug).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jane", "jose\u0301", "“jane", "jane doe", "", "a/b"})
    void aProfileOnlyExistsInItsCanonicalSpelling(String slug) {
        assertThatExceptionOfType(InvalidProfile.class).isThrownBy(() -> new Profile(slug));
    }

    @Test
    void aSlugMayHaveOneHundredAndFiftyUnitsAndNoMore() {
        assertThat(Profile.parse("x".repeat(150)).slug()).hasSize(150);
        assertThat(Profile.parse("linkedin.com/in/" + "%F0%9F%9A%80".repeat(75)).slug())
                .hasSize(150);
        assertThatExceptionOfType(InvalidProfile.class)
                .isThrownBy(() -> Profile.parse("x".repeat(151)))
                .withMessage(InvalidProfile.TOO_LONG);
    }

    @Test
    void aRefusalNeverRepeatsWhatWasPasted() {
        assertThatExceptionOfType(InvalidProfile.class)
                .isThrownBy(() -> Profile.parse("javascript:alert(document.cookie)"))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("alert"));
    }
}
