package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.faults.AllHours;

/** The single second try: after which end, when, and when not. */
@QuarkusTest
class SecondTryTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(strings = {"STALE", "PENDING_THRESHOLD"})
    void whatTheNightWithdrewIsTriedOnceMoreAndNeverAThirdTime(String why) {
        account("anna", "\"secondTry\":true," + AllHours.HOURS);
        long first = enqueue("anna", "kamala-eriksen", "\"note\":\"Hi Kamala\",\"firstName\":\"Kamala\"");
        leave(first, why);
        JsonPath second = queued();

        assertThat(second.getLong("secondTryOf")).isEqualTo(first);
        assertThat(second.getString("note")).isEqualTo("Hi Kamala");
        assertThat(second.getString("notBefore")).isEqualTo(second.getString("parkedUntil"));
        assertThat(second.getString("notBefore"))
                .isEqualTo(get("/api/v1/accounts/anna/invitations/" + first).getString("cooldownUntil"));
        JsonPath history = get("/api/v1/accounts/anna/invitations/" + second.getLong("id") + "/history");
        assertThat(history.getLong("items[0].detail.secondTryOf")).isEqualTo(first);

        setTime(Instant.parse(second.getString("notBefore")));
        leave(second.getLong("id"), why);
        assertThat(count("select count(*) from invitation")).isEqualTo(2);
    }

    @Test
    void theNightItselfAndTheSendersReportLeadToIt() {
        account("anna", "\"secondTry\":true");
        long first = enqueue("anna", "kamala-eriksen");
        report("anna", first, "SENT", "");
        advance(Duration.ofDays(31));
        assertThat(nights.round()).isEqualTo(1);
        long task = get("/api/v1/tasks?kind=WITHDRAW").getLong("items[0].id");
        json("{\"type\":\"WITHDRAWN\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200);

        assertThat(queued().getLong("secondTryOf")).isEqualTo(first);
    }

    @Test
    void repeatedAndReorderedReportsMakeOneSecondTryOnly() {
        account("anna", "\"secondTry\":true");
        long first = enqueue("anna", "kamala-eriksen");
        leave(first, "STALE");
        long second = queued().getLong("id");
        for (String type : List.of("WITHDRAWN", "SENT", "WITHDRAWN", "NOT_WITHDRAWN", "EXPIRED", "WITHDRAWN")) {
            report("anna", first, type, "");
        }
        assertThat(count("select count(*) from invitation")).isEqualTo(2);
        given().delete("/api/v1/accounts/anna/invitations/" + second).then().statusCode(204);
        report("anna", first, "WITHDRAWN", "");
        assertThat(count("select count(*) from invitation")).isEqualTo(2);

        report("anna", first, "ACCEPTED", "");
        report("anna", first, "WITHDRAWN", "");
        assertThat(count("select count(*) from invitation")).isEqualTo(2);
    }

    @Test
    void anAcceptanceThatComesAfterTheWithdrawalEndsTheSecondTry() {
        account("anna", "\"secondTry\":true");
        long first = enqueue("anna", "kamala-eriksen");
        leave(first, "STALE");
        long second = queued().getLong("id");

        report("anna", first, "ACCEPTED", "");

        assertThat(state("anna", first)).isEqualTo("ACCEPTED");
        assertThat(state("anna", second)).isEqualTo("ACCEPTED");
    }

    @Test
    void whatAPersonWithdrewOrSomebodyKeptIsNotTriedAgain() {
        account("anna", "\"secondTry\":true");
        long asked = enqueue("anna", "kamala-eriksen");
        report("anna", asked, "SENT", "");
        json("").post("/api/v1/accounts/anna/invitations/" + asked + "/withdraw")
                .then()
                .statusCode(200);
        report("anna", asked, "WITHDRAWN", "");
        long elsewhere = enqueue("anna", "jonas-nakamura");
        report("anna", elsewhere, "SENT", "");
        report("anna", elsewhere, "WITHDRAWN", "");
        long notDone = enqueue("anna", "lena-okafor");
        askFor(notDone, "STALE");
        report("anna", notDone, "NOT_WITHDRAWN", "");
        report("anna", notDone, "WITHDRAWN", "");

        assertThat(count("select count(*) from invitation")).isEqualTo(3);
        account("anna", "");
        long off = enqueue("anna", "mira-santos");
        leave(off, "STALE");
        assertThat(count("select count(*) from invitation")).isEqualTo(4);
    }

    @Test
    void whereASecondTryCannotBeTheHistorySaysWhy() {
        account("anna", "\"secondTry\":true,\"group\":\"sales\"");
        account("ben", "");
        long suppressed = enqueue("anna", "kamala-eriksen");
        long teammates = enqueue("anna", "jonas-nakamura");
        long lapsed = enqueue("anna", "lena-okafor", "\"lapsesAt\":\"2026-12-01T00:00:00Z\"");
        enqueue("ben", "jonas-nakamura");
        account("ben", "\"group\":\"sales\"");
        askFor(suppressed, "STALE");
        given().put("/api/v1/suppressions/kamala-eriksen").then().statusCode(201);
        report("anna", suppressed, "WITHDRAWN", "");
        leave(teammates, "STALE");
        leave(lapsed, "STALE");

        assertThat(told(suppressed)).isEqualTo("SUPPRESSED");
        assertThat(told(teammates)).isEqualTo("CONTACTED_BY_TEAMMATE");
        assertThat(told(lapsed)).isEqualTo("LAPSED");
        assertThat(count("select count(*) from invitation where account = 'anna'"))
                .isEqualTo(3);
    }

    @Test
    void aSecondTryGoesAlsoWhereItsCampaignWasDeletedMeanwhile() {
        account("anna", "\"secondTry\":true," + AllHours.HOURS);
        long first = enqueue("anna", "kamala-eriksen", "\"campaign\":\"spring\"");
        askFor(first, "STALE");
        given().delete("/api/v1/accounts/anna/campaigns/spring").then().statusCode(204);
        report("anna", first, "WITHDRAWN", "");

        assertQueuedAndGoes();
    }

    @Test
    void aSecondTryGoesAlsoOfWhatWasSentByHandInAnAccountWithoutACampaign() {
        account("anna", "\"secondTry\":true," + AllHours.HOURS);
        long first = json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"kamala-eriksen\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("results[0].invitation");
        leave(first, "STALE");

        assertQueuedAndGoes();
    }

    private void assertQueuedAndGoes() {
        JsonPath second = queued();
        setTime(Instant.parse(second.getString("notBefore")));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(state("anna", second.getLong("id"))).isEqualTo("RELEASED");
    }

    @Test
    void aSecondTryIsNotQueuedWhereItsCampaignWouldBeOneTooMany() {
        account("anna", "\"secondTry\":true");
        long first = enqueue("anna", "kamala-eriksen", "\"campaign\":\"spring\"");
        askFor(first, "STALE");
        given().delete("/api/v1/accounts/anna/campaigns/spring").then().statusCode(204);
        execute("insert into campaign (account, name, created_at)"
                + " select 'anna', 'campaign ' || n, service_now() from generate_series(1, 200) as n");
        report("anna", first, "WITHDRAWN", "");

        assertThat(told(first)).isEqualTo("TOO_MANY_CAMPAIGNS");
        assertThat(count("select count(*) from campaign")).isEqualTo(200);
    }

    @Test
    void aNoteThatIsTooLongForTheTierNowIsNotTriedAgain() {
        account("anna", "\"secondTry\":true,\"tier\":\"PREMIUM\"");
        long tooLong = enqueue("anna", "kamala-eriksen", "\"note\":\"" + "x".repeat(201) + "\"");
        long fits = enqueue("anna", "jonas-nakamura", "\"note\":\"" + "x".repeat(200) + "\"");
        askFor(tooLong, "STALE");
        askFor(fits, "STALE");
        account("anna", "\"secondTry\":true");
        report("anna", tooLong, "WITHDRAWN", "");
        report("anna", fits, "WITHDRAWN", "");

        assertThat(told(tooLong)).isEqualTo("NOTE_TOO_LONG");
        assertThat(queued().getLong("secondTryOf")).isEqualTo(fits);
    }

    private String told(long invitation) {
        JsonPath history = get("/api/v1/accounts/anna/invitations/" + invitation + "/history");
        assertThat(history.getString("items[-1].event")).isEqualTo("invitation.not-tried-again");
        return history.getString("items[-1].detail.reason");
    }

    /** Sends it and asks for its withdrawal for a reason of the night's. */
    private void askFor(long invitation, String why) {
        report("anna", invitation, "SENT", "");
        json("").post("/api/v1/accounts/anna/invitations/" + invitation + "/withdraw")
                .then()
                .statusCode(200);
        execute("update invitation set withdrawal = '" + why + "' where id = " + invitation);
    }

    private void leave(long invitation, String why) {
        askFor(invitation, why);
        report("anna", invitation, "WITHDRAWN", "");
    }

    private JsonPath queued() {
        List<String> ids = query("select id from invitation where state = 'QUEUED'");
        assertThat(ids).hasSize(1);
        return get("/api/v1/accounts/anna/invitations/" + ids.get(0));
    }
}
