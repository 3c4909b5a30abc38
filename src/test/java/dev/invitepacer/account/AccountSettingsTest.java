package dev.invitepacer.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/** Every setting: its default, its limits on both sides, and what is said of a value beyond them. */
class AccountSettingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everySettingButTheNameHasADefault() throws JsonProcessingException {
        JsonNode settings =
                JSON.readTree(JSON.writeValueAsString(read("{'name':'Anna'}").toJson()));

        assertThat(settings).isEqualTo(JSON.readTree("""
                {"name":"Anna","tier":"BASIC","timeZone":"UTC","weeklyCap":100,"burst":1,"spread":"WEEK","dailyCap":null,
                 "activeHours":{"MONDAY":["09:00-17:00"],"TUESDAY":["09:00-17:00"],"WEDNESDAY":["09:00-17:00"],
                                "THURSDAY":["09:00-17:00"],"FRIDAY":["09:00-17:00"]},
                 "restDays":[],"warmUp":null,"pendingThreshold":500,"openTaskLimit":50,"withdrawAfter":"P30D",
                 "withdrawAt":"03:00","withdrawalsPerNight":50,"cooldown":"P21D","channel":"INBOX","endpoint":null,
                 "adaptive":false,"followsPerDay":0,"noteQuota":null,"onNoteQuota":"HOLD","refuseAdvice":[],"onCooldown":"REFUSE",
                 "secondTry":false,"group":null,"groupWindow":"P90D","withdrawOver":"PT4H","linkedinToken":null}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "weeklyCap, 1, 200",
        "burst, 1, 10",
        "dailyCap, 1, 200",
        "pendingThreshold, 1, 5000",
        "openTaskLimit, 1, 5000",
        "withdrawalsPerNight, 0, 1000",
        "followsPerDay, 0, 50",
        "noteQuota, 0, 1000"
    })
    void aNumberIsTakenFromItsLeastToItsMost(String setting, int least, int most) {
        for (int taken : List.of(least, most)) {
            assertThat(read("{'name':'x','" + setting + "':" + taken + "}").toJson())
                    .containsEntry(setting, taken);
        }
        for (String refused : List.of(
                Integer.toString(least - 1), Integer.toString(most + 1), "1.5", "'1'", "true", "[]", "2147483648")) {
            assertThat(violations("{'name':'x','" + setting + "':" + refused + "}"))
                    .containsExactly(
                            new Problem.Violation(setting, "must be a whole number from " + least + " to " + most));
        }
    }

    @ParameterizedTest
    @CsvSource({"withdrawAfter, P1D, P179D, PT23H59M59S, P180D", "cooldown, PT0S, P365D, PT-1S, P366D"})
    void aDurationIsTakenFromItsLeastToItsMost(String setting, String least, String most, String below, String above) {
        for (String taken : List.of(least, most)) {
            read("{'name':'x','" + setting + "':'" + taken + "'}");
        }
        for (String refused : List.of(below, above, "30", "30 days", "P1M", "")) {
            assertThat(violations("{'name':'x','" + setting + "':'" + refused + "'}"))
                    .singleElement()
                    .satisfies(
                            violation -> assertThat(violation.message()).startsWith("must be a duration such as P30D"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tier, PREMIUM, premium, 'must be one of BASIC, PREMIUM'",
        "spread, CAP, EVEN, 'must be one of WEEK, CAP'",
        "channel, INBOX, PIGEON, 'must be one of INBOX, WEBHOOK, LINKEDIN'",
        "timeZone, Europe/Oslo, Europe/Nowhere, 'must be a time zone''s IANA name such as Europe/Oslo'",
        "timeZone, Asia/Kathmandu, +02:00, 'must be a time zone''s IANA name such as Europe/Oslo'",
        "timeZone, UTC, europe/oslo, 'must be a time zone''s IANA name such as Europe/Oslo'",
        "withdrawAt, 23:59, 24:00, 'must be a time of day such as 03:00'",
        "withdrawAt, 00:00, 3am, 'must be a time of day such as 03:00'"
    })
    void aWordIsTakenAsItIsWritten(String setting, String taken, String refused, String message) {
        assertThat(read("{'name':'x','" + setting + "':'" + taken + "'}")
                        .toJson()
                        .get(setting))
                .hasToString(taken);
        assertThat(violations("{'name':'x','" + setting + "':'" + refused + "'}"))
                .containsExactly(new Problem.Violation(setting, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};no active hours in the whole week",
                "{'MONDAY':[]};no active hours in the whole week",
                "{'FUNDAY':['09:00-17:00']};has a day that is none",
                "{'MONDAY':['17:00-17:00']};start and end are the same",
                "{'MONDAY':['9-17']};write hours as",
                "{'MONDAY':['09:00-12:00','11:00-17:00']};overlaps",
                "{'SUNDAY':['22:00-02:00'],'MONDAY':['01:00-03:00']};overlaps",
                "{'MONDAY':'09:00-17:00'};must hold a list of texts",
                "{'MONDAY':[9]};must hold texts in its lists",
                "[];must be an object"
            })
    void hoursThatMakeNoWeekAreRefused(String hours, String message) {
        assertThat(violations("{'name':'x','activeHours':" + hours + "}")).anySatisfy(violation -> {
            assertThat(violation.field()).isEqualTo("activeHours");
            assertThat(violation.message()).contains(message);
        });
    }

    @Test
    void hoursMayCrossMidnightAndFillADay() {
        assertThat(read("{'name':'x','activeHours':{'FRIDAY':['22:00-02:00'],'SUNDAY':['00:00-24:00']}}")
                        .activeHours()
                        .toStrings()
                        .toString())
                .isEqualTo("{FRIDAY=[22:00-02:00], SUNDAY=[00:00-24:00]}");
    }

    @Test
    void restDaysAreDates() {
        assertThat(read("{'name':'x','restDays':['2026-12-25','2026-12-24']}")
                        .toJson()
                        .get("restDays"))
                .hasToString("[2026-12-24, 2026-12-25]");
        assertThat(violations("{'name':'x','restDays':['2026-02-30']}")).hasSize(1);
        assertThat(violations("{'name':'x','restDays':'2026-02-03'}")).hasSize(1);
        assertThat(violations("{'name':'x','restDays':[" + "'2026-02-03',".repeat(366) + "'2026-02-03']}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("at most 366"));
    }

    @Test
    void aWarmUpHasBothItsParts() {
        assertThat(read("{'name':'x','warmUp':{'start':200,'step':1}}").warmUp())
                .isNotNull();
        assertThat(violations("{'name':'x','warmUp':{'start':5}}")).hasSize(1);
        assertThat(violations("{'name':'x','warmUp':{'start':0,'step':201,'stop':1}}"))
                .extracting(Problem.Violation::field)
                .containsExactly("warmUp.start", "warmUp.step", "warmUp.stop", "warmUp");
    }

    @Test
    void anAccountHasAName() {
        for (String unnamed : List.of("{}", "{'name':null}", "{'name':'  '}")) {
            assertThat(violations(unnamed))
                    .containsExactly(new Problem.Violation("name", "must be given: whose account is it?"));
        }
        assertThat(read("{'name':'" + "é".repeat(200) + "'}").name()).hasSize(200);
        assertThat(violations("{'name':'" + "é".repeat(201) + "'}"))
                .containsExactly(new Problem.Violation("name", "has 201 characters; at most 200 are taken"));
        assertThat(violations("{'name':7}")).containsExactly(new Problem.Violation("name", "must be a text in quotes"));
    }

    private static AccountSettings read(String singleQuoted) {
        Fields fields = fields(singleQuoted);
        AccountSettings settings = AccountSettings.read(fields);
        fields.orThrow();
        return settings;
    }

    private static List<Problem.Violation> violations(String singleQuoted) {
        Fields fields = fields(singleQuoted);
        AccountSettings.read(fields);
        return fields.done().violations();
    }

    private static Fields fields(String singleQuoted) {
        try {
            return new Fields((ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"')));
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
