package dev.invitepacer.invitation;

import static dev.invitepacer.invitation.DraftJson.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each wrong field of a draft is answered with: the sentence tells its author what to mend. */
class DraftMisuseTest {

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("misuses")
    void isAnsweredWithWhatToMend(String json, String field, String sentence) {
        Checked.Refused refused = refused("{'profile':'jane'," + json + "}");

        assertThat(refused.violations()).containsExactly(new Violation(field, sentence));
        assertThat(refused.refusal()).isEqualTo(Refusal.DRAFT_INVALID);
    }

    static Stream<Arguments> misuses() {
        String formula =
                "Begin a name with a letter, not with =, +, @ or a tab: a spreadsheet would run it as a formula.";
        String degree = "Write a whole number from 1 to 3 in plain digits.";
        String priority = "Write a whole number from -10 to 10 in plain digits.";
        String time = "Write a time as 2026-11-23T09:00:00Z, with Z or an offset such as +02:00.";
        String years = "Give a time in the years 1970 to 9999.";
        String campaign = "Name a campaign with letters, digits, spaces, hyphens, underscores and dots only.";
        String email = "Write one e-mail address, such as jane@example.com.";
        return Stream.of(
                Arguments.of("'firstName':'=HYPERLINK(1)'", "firstName", formula),
                Arguments.of("'firstName':'+1'", "firstName", formula),
                Arguments.of("'lastName':'@SUM(1)'", "lastName", formula),
                Arguments.of("'lastName':'\\tDoe'", "lastName", formula),
                Arguments.of("'lastName':' =1'", "lastName", formula),
                Arguments.of("'lastName':'＝1'", "lastName", formula),
                Arguments.of(
                        "'firstName':'" + "x".repeat(101) + "'",
                        "firstName",
                        "Write at most 100 characters; this has 101."),
                Arguments.of(
                        "'lastName':'" + "x".repeat(101) + "'",
                        "lastName",
                        "Write at most 100 characters; this has 101."),
                Arguments.of(
                        "'headline':'" + "x".repeat(301) + "'",
                        "headline",
                        "Write at most 300 characters; this has 301."),
                Arguments.of(
                        "'company':'" + "x".repeat(201) + "'",
                        "company",
                        "Write at most 200 characters; this has 201."),
                Arguments.of(
                        "'campaign':'" + "x".repeat(64) + "'", "campaign", "Write at most 63 characters; this has 64."),
                Arguments.of(
                        "'source':'" + "x".repeat(64) + "'", "source", "Write at most 63 characters; this has 64."),
                Arguments.of(
                        "'memberUrn':'" + "x".repeat(201) + "'",
                        "memberUrn",
                        "Write at most 200 characters; this has 201."),
                Arguments.of(
                        "'email':'" + "x".repeat(255) + "'", "email", "Write at most 254 characters; this has 255."),
                Arguments.of(
                        "'note':'" + "x".repeat(2001) + "'", "note", "Write at most 2,000 characters; this has 2,001."),
                Arguments.of(
                        "'note':'a\\u0000'",
                        "note",
                        "Remove the NUL character (U+0000) at position 2: it cannot be stored."),
                Arguments.of(
                        "'company':'a\\nb'", "company", "Write it on one line: there is a line break at position 2."),
                Arguments.of("'campaign':'a/b'", "campaign", campaign),
                Arguments.of("'campaign':'<b>'", "campaign", campaign),
                Arguments.of("'email':'jane'", "email", email),
                Arguments.of("'email':'a@b@c'", "email", email),
                Arguments.of("'email':'a b@c'", "email", email),
                Arguments.of("'degree':0", "degree", degree),
                Arguments.of("'degree':4", "degree", degree),
                Arguments.of("'degree':2.0", "degree", degree),
                Arguments.of("'degree':1e400", "degree", degree),
                Arguments.of("'degree':99999999999999999999", "degree", degree),
                Arguments.of("'degree':'second'", "degree", degree),
                Arguments.of("'degree':true", "degree", degree),
                Arguments.of("'degree':{'a':[1]}", "degree", degree),
                Arguments.of("'degree':''", "degree", degree),
                Arguments.of("'priority':11", "priority", priority),
                Arguments.of("'priority':-11", "priority", priority),
                Arguments.of("'notBefore':'tomorrow'", "notBefore", time),
                Arguments.of("'notBefore':'2027-01-01'", "notBefore", time),
                Arguments.of("'notBefore':'2027-01-01T00:00:00'", "notBefore", time),
                Arguments.of("'notBefore':'2027-02-30T00:00:00Z'", "notBefore", time),
                Arguments.of("'notBefore':'٢٠٢٧-01-01T00:00:00Z'", "notBefore", time),
                Arguments.of("'notBefore':'1969-12-31T23:59:59Z'", "notBefore", years),
                Arguments.of("'lapsesAt':'+10000-01-01T00:00:00Z'", "lapsesAt", years),
                Arguments.of("'lapsesAt':'9999-12-31T23:59:59-01:00'", "lapsesAt", years),
                Arguments.of("'lapsesAt':'+999999999-12-31T23:59:59-18:00'", "lapsesAt", years),
                Arguments.of(
                        "'notBefore':'2027-01-01T00:00:00Z','lapsesAt':'2027-01-01T01:00:00+01:00'",
                        "lapsesAt",
                        "Let it lapse after notBefore: as it is, it could never be released."),
                Arguments.of("'fields':{'':'x'}", "fields", "Give every template field a name."),
                Arguments.of(
                        "'fields':{'" + "n".repeat(64) + "':'x'}",
                        "fields",
                        "The name of a template field is wrong. Write at most 63 characters; this has 64."),
                Arguments.of(
                        "'fields':{'a':'" + "x".repeat(501) + "'}",
                        "fields.a",
                        "Write at most 500 characters; this has 501."),
                Arguments.of(
                        IntStream.range(0, 51)
                                .mapToObj(i -> "'f" + i + "':'x'")
                                .collect(Collectors.joining(",", "'fields':{", "}")),
                        "fields",
                        "Give at most 50 template fields; these are 51."));
    }
}
