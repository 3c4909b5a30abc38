package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each wrong profile is answered with: the sentence tells its author what to do instead. */
class ProfileMisuseTest {

    private static final Map<String, String[]> SPECIFICATION = Map.of(
            "The profile is empty: give the address of a LinkedIn profile, such as https://www.linkedin.com/in/jane-doe.",
            new String[] {"", " ", "\u00A0\uFEFF", "\"\"", "<>", ",", "."},
            "This is the page of a company, school or group, and invitations go to people:"
                    + " open the person's own profile and copy its address, https://www.linkedin.com/in/….",
            new String[] {
                "https://www.linkedin.com/company/globex",
                "linkedin.com/company/globex/people/",
                "https://www.linkedin.com/COMPANY/globex",
                "https://www.linkedin.com/school/ntnu/",
                "https://www.linkedin.com/showcase/x",
                "https://www.linkedin.com/groups/123",
                "/company/globex"
            },
            "This is a page of LinkedIn's search, Sales Navigator or Recruiter:"
                    + " open the person's public profile from there and copy its address, https://www.linkedin.com/in/….",
            new String[] {
                "https://www.linkedin.com/search/results/people/?keywords=jane",
                "https://www.linkedin.com/sales/lead/ACwAAA,NAME_SEARCH,x",
                "https://www.linkedin.com/sales/people/ACwAAA",
                "https://www.linkedin.com/talent/profile/AEMAAA",
                "https://www.linkedin.com/recruiter/profile/1"
            },
            "This is LinkedIn's internal member id, as Sales Navigator exports it:"
                    + " open the link in a browser and copy the address that it turns into, https://www.linkedin.com/in/….",
            new String[] {
                "https://www.linkedin.com/in/ACwAAB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX",
                "ACoAAB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX"
            },
            "This link leads to another website: give the address of a LinkedIn profile, https://www.linkedin.com/in/….",
            new String[] {
                "https://example.com/in/someone",
                "example.com/in/someone",
                "https://www.linkedin.com.example.com/in/jane",
                "https://notlinkedin.com/in/jane",
                "https://linkedin.com@example.com/in/jane",
                "https://www.linkedin.com:443@example.com/in/jane",
                "https://linkedin.co/in/jane",
                "https://example.com/linkedin.com/in/jane",
                "https://example.com",
                "//example.com/in/jane",
                "https:///in/jane"
            },
            "This is a short link, which could lead anywhere:"
                    + " open it and copy the address that it leads to, https://www.linkedin.com/in/….",
            new String[] {"https://lnkd.in/abc123", "lnkd.in/abc123"},
            "This is not the address of a LinkedIn profile:"
                    + " copy it from the person's profile page, https://www.linkedin.com/in/ and a name.",
            new String[] {
                "https://www.linkedin.com/in/",
                "https://www.linkedin.com/in",
                "/in/",
                "in/",
                "https://www.linkedin.com",
                "linkedin.com",
                "www.linkedin.com/",
                "https://www.linkedin.com/feed/",
                "https://www.linkedin.com/pub/jane-doe/1/2/3",
                "https://www.linkedin.com/jobs/view/1",
                "https://www.linkedin.com/jane-doe",
                "ftp://www.linkedin.com/in/jane",
                "jane/doe",
                "-",
                "___",
                "\u0301",
                "https://www.linkedin.com/in/?x=/in/jane"
            },
            "The profile holds characters that no LinkedIn profile has,"
                    + " such as spaces, dots, quotes or invisible ones: copy the address again from the profile page.",
            new String[] {
                "javascript:alert(1)",
                "../../etc/passwd",
                "https://www.linkedin.com/in/../company/globex",
                "https://www.linkedin.com/in/%2e%2E/company/globex",
                "https://www.linkedin.com/in/jane/../john",
                "https://www.linkedin.com/in/jane%2Fdoe",
                "https://www.linkedin.com\\in\\jane",
                "Jane Doe",
                "jane.doe",
                "jane@example.com",
                "jane+doe",
                "jane<script",
                "jane\"doe",
                "jane'doe",
                "jane:doe",
                "jane&doe",
                "jane=doe",
                "jane\u0000doe",
                "jane%00",
                "jane%0Adoe",
                "jane\u0007",
                "jane\u0085doe",
                "jane\u00A0doe",
                "jane\u200Bdoe",
                "jane\u200Ddoe",
                "jane\u202Edoe",
                "jane\u2066doe",
                "jane\u00ADdoe",
                "jane\uD83D",
                "\uDE80jane",
                "jane\uFFFEdoe",
                "jane\u2028doe"
            },
            "The profile's percent-encoding is broken: copy the address again from the browser's address bar.",
            new String[] {
                "https://www.linkedin.com/in/jane%",
                "https://www.linkedin.com/in/jane%4",
                "https://www.linkedin.com/in/jane%zz",
                "https://www.linkedin.com/in/jos%E9",
                "https://www.linkedin.com/in/jos%C3",
                "https://www.linkedin.com/in/%C0%AFjane",
                "https://www.linkedin.com/in/%ED%A0%BDjane",
                "https://www.linkedin.com/in/s%25C3%25B8ren",
                "https://www.linkedin.com/in/jane%25",
                "https://www.linkedin.com/in/%D9%A3%٣٣",
                "s\uFFFDren"
            },
            "The profile is too long: its name has at most 150 characters,"
                    + " so copy the address again from the profile page.",
            new String[] {
                "x".repeat(151), "linkedin.com/in/" + "é".repeat(151), "(".repeat(1_000_000), "/".repeat(3_000)
            });

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("misuses")
    void isAnsweredWithWhatToDoInstead(String pasted, String sentence) {
        assertThatExceptionOfType(InvalidProfile.class)
                .isThrownBy(() -> Profile.parse(pasted))
                .withMessage(sentence);
    }

    static Stream<Arguments> misuses() {
        return SPECIFICATION.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getValue()).map(pasted -> Arguments.of(pasted, entry.getKey())));
    }

    @Test
    void aMissingProfileIsAnEmptyOne() {
        assertThatExceptionOfType(InvalidProfile.class)
                .isThrownBy(() -> Profile.parse(null))
                .withMessage(InvalidProfile.EMPTY);
    }
}
