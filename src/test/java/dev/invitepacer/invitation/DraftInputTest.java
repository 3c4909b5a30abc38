package dev.invitepacer.invitation;

import static dev.invitepacer.invitation.DraftJson.accepted;
import static dev.invitepacer.invitation.DraftJson.input;
import static dev.invitepacer.invitation.DraftJson.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.invitepacer.account.Tier;

class DraftInputTest {

    @Test
    void aDraftNeedsNothingButAProfile() {
        Draft draft = accepted("{'profile':'linkedin.com/in/jane'}");

        assertThat(draft)
                .isEqualTo(new Draft(
                        new Profile("jane"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        2,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void everyFieldArrivesInItsPlace() {
        Draft draft =
                accepted("{'profile':'Jane','firstName':'Jane','lastName':'Doe','headline':'CTO','company':'Globex',"
                        + "'note':'Hi','fields':{'talk':'queues'},'degree':3,'priority':-10,'campaign':'spring 2027','source':'event',"
                        + "'notBefore':'2027-01-01T09:00:00+01:00','lapsesAt':'2027-02-01T00:00:00Z','memberUrn':'urn:li:person:1',"
                        + "'email':'jane@example.com'}");

        assertThat(draft)
                .isEqualTo(new Draft(
                        new Profile("jane"),
                        "Jane",
                        "Doe",
                        "CTO",
                        "Globex",
                        "Hi",
                        null,
                        null,
                        Map.of("talk", "queues"),
                        3,
                        -10,
                        "spring 2027",
                        "event",
                        Instant.parse("2027-01-01T08:00:00Z"),
                        Instant.parse("2027-02-01T00:00:00Z"),
                        "urn:li:person:1",
                        "jane@example.com"));
    }

    @Test
    void blanksAroundWordsAreTakenOffAndBlankWordsAreNone() {
        Draft draft = accepted("{'profile':'jane','firstName':' Jane\\u00A0','lastName':' ','company':'',"
                + "'fields':{'talk':' ','group':' PG ','nothing':null},'campaign':'\\t','notBefore':' '}");

        assertThat(draft.firstName()).isEqualTo("Jane");
        assertThat(draft.lastName()).isNull();
        assertThat(draft.company()).isNull();
        assertThat(draft.campaign()).isNull();
        assertThat(draft.notBefore()).isNull();
        assertThat(draft.fields()).containsExactly(Map.entry("group", "PG"));
    }

    @Test
    void instantsAreKeptInMicrosecondsAsTheDatabaseKeepsThem() {
        Draft draft = accepted("{'profile':'jane','notBefore':'2027-01-01T00:00:00.123456789Z'}");

        assertThat(draft.notBefore()).isEqualTo("2027-01-01T00:00:00.123456Z");
    }

    @Test
    void theLimitsOfEveryFieldAreAccepted() {
        String fields = IntStream.range(0, 50)
                .mapToObj(i -> "'" + (10 + i) + "n".repeat(61) + "':'" + "v".repeat(500) + "'")
                .collect(Collectors.joining(","));
        Draft draft = accepted("{'profile':'jane','firstName':'" + "x".repeat(100) + "','lastName':'" + "x".repeat(100)
                + "','headline':'" + "x".repeat(300) + "','company':'" + "x".repeat(200) + "','campaign':'"
                + "x".repeat(63)
                + "','source':'" + "x".repeat(63) + "','memberUrn':'" + "x".repeat(200) + "','email':'"
                + "x".repeat(252)
                + "@y','degree':1,'priority':10,'notBefore':'1970-01-01T00:00:00Z','lapsesAt':'9999-12-31T23:59:59Z',"
                + "'fields':{" + fields + "}}");

        assertThat(draft.fields()).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({
        "2,true",
        "-3,true",
        "0,true",
        "' 2 ',true",
        "999999999,true",
        "2.0,false",
        "+2,false",
        "02,false",
        "-0,false",
        "٢,false",
        "２,false",
        "1e3,false",
        "'1 000',false",
        "'1,000',false",
        "1000000000,false",
        "'',false",
        "-,false"
    })
    void aNumeralIsAWholeNumberInPlainDigits(String written, boolean whole) {
        assertThat(new Numeral(written).value().isPresent()).isEqualTo(whole);
    }

    @Test
    void aNoteThatIsTooLongForTheAccountIsRefusedAsThat() {
        String json = "{'profile':'jane','note':'" + "x".repeat(201) + "'}";

        assertThat(refused(json))
                .isEqualTo(new Checked.Refused(
                        Refusal.NOTE_TOO_LONG,
                        List.of(new Violation(
                                "note",
                                "The note has 201 characters and a BASIC account may send 200: shorten it by 1."))));
        assertThat(input(json).check(DraftRules.of(Tier.PREMIUM))).isInstanceOf(Checked.Accepted.class);
    }

    @Test
    void everythingWrongIsListedUnderTheFirstRefusalInOrder() {
        String tooLong = "'note':'" + "x".repeat(201) + "'";

        Checked.Refused all = refused("{'profile':'in/','firstName':'=1','degree':4," + tooLong + "}");
        assertThat(all.refusal()).isEqualTo(Refusal.PROFILE_INVALID);
        assertThat(all.violations())
                .extracting(Violation::field)
                .containsExactly("profile", "firstName", "note", "degree");

        assertThat(refused("{'profile':'jane','degree':4," + tooLong + "}").refusal())
                .isEqualTo(Refusal.DRAFT_INVALID);
        assertThat(refused("{" + tooLong + "}").refusal()).isEqualTo(Refusal.PROFILE_INVALID);
    }

    @Test
    void theCodesStandInTheDocumentedOrder() {
        assertThat(Refusal.values())
                .extracting(Refusal::code)
                .containsExactly(
                        "profile-invalid",
                        "draft-invalid",
                        "note-too-long",
                        "invitee-missing",
                        "note-blank",
                        "note-generic",
                        "note-over-three-lines",
                        "note-pitch",
                        "note-has-link",
                        "third-degree",
                        "source-bought-list");
    }

    @Test
    void anUnknownFieldIsAMistakeThatIsNotIgnored() {
        assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> new ObjectMapper()
                .readValue("{\"profile\":\"jane\",\"frstName\":\"J\"}", DraftInput.class));
    }

    @Property
    void noStringMakesACheckThrowAndWhatPassesIsUnchangedByAnotherCheck(@ForAll String any, @ForAll String other) {
        Checked checked = same(any, other).check(DraftRules.of(Tier.BASIC));

        if (checked instanceof Checked.Accepted accepted) {
            Draft draft = accepted.draft();
            assertThat(draft.note() == null || draft.note().length() <= 200).isTrue();
        } else {
            assertThat(((Checked.Refused) checked).violations()).isNotEmpty();
        }
        Checked words = words(any).check(DraftRules.of(Tier.BASIC));
        if (words instanceof Checked.Accepted accepted) {
            String kept = accepted.draft().firstName();
            assertThat(words(kept == null ? "" : kept).check(DraftRules.of(Tier.BASIC)))
                    .isEqualTo(words);
        }
    }

    private static DraftInput same(String any, String other) {
        Numeral number = new Numeral(any);
        return new DraftInput(
                any, any, any, any, any, any, any, Map.of(any, other), number, number, any, any, any, any, any, any);
    }

    private static DraftInput words(String any) {
        return new DraftInput(
                "jane", any, any, any, any, any, null, null, null, null, null, any, null, null, any, null);
    }
}
