package dev.invitepacer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What LinkedIn refuses, of one person or of all. */
@QuarkusTest
class RefusalTest extends ReleasedTest {
    @Test
    void aRefusalGivesTheSlotBackAndTheInvitationItsPlaceInTheQueue() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"WEEKLY_LIMIT\"");

        assertThat(state("anna", invitation)).isEqualTo("QUEUED");
        assertThat(counted()).isZero();
        assertThat(pacing("anna").getString("reason")).isEqualTo("RESTRICTED");
        assertThat(pacing("anna").getString("until")).isEqualTo("2026-11-30T10:00:00Z");
        setTime(MONDAY_10.plus(Duration.ofDays(7)));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(get("/api/v1/tasks").getInt("items[0].attempt")).isEqualTo(2);
    }

    @Test
    void aRestrictionLastsAsLongAsTheSignalSays() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"RESTRICTED\",\"until\":\"2026-12-20T00:00:00Z\"");

        assertThat(pacing("anna").getString("nextReleaseAt")).isEqualTo("2026-12-21T08:00:00Z");
        assertThat(get("/api/v1/accounts/anna/history").getString("items[0].event"))
                .isEqualTo("account.restricted");
    }

    @Test
    void aPersonsRefusalTouchesThatInvitationOnly() {
        long other = enqueue("anna", "another-person");
        report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"until\":\"2026-12-10T12:00:00Z\"");
        setTime(MONDAY_10.plus(Duration.ofDays(8)));

        assertThat(releases.round()).isEqualTo(1);
        assertThat(state("anna", other)).isEqualTo("RELEASED");
        assertThat(get("/api/v1/accounts/anna/invitations/" + invitation).getString("notBefore"))
                .isEqualTo("2026-12-10T12:00:00Z");
    }

    @Test
    void whoIsInvitedAlreadyCountsAsPendingAndKeepsTheSlotSinceThisAttemptMayHaveDoneIt() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"ALREADY_INVITED\"");

        assertThat(state("anna", invitation)).isEqualTo("PENDING");
        assertThat(counted()).isEqualTo(1);
        assertThat(pacing("anna").getInt("pending.count")).isEqualTo(1);
    }

    @Test
    void whoIsConnectedAlreadyIsNotInvitedAgain() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"ALREADY_CONNECTED\"");

        assertThat(state("anna", invitation)).isEqualTo("ACCEPTED");
        json("{\"profile\":\"kamala-eriksen\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("already-connected"));
    }

    @Test
    void aRefusalThatComesAgainDoesNotUndoTheNextAttempt() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String refusal = "{\"type\":\"REFUSED\",\"refusal\":\"COOLDOWN\",\"until\":\"2026-11-24T10:00:00Z\"}";
        json(refusal).post("/api/v1/tasks/" + task + "/report").then().statusCode(200);
        setTime(Instant.parse("2026-12-01T10:00:00Z"));
        assertThat(releases.round()).isEqualTo(1);

        json(refusal)
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200)
                .body("result", equalTo("already"));
        JsonPath older =
                report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"at\":\"2026-11-23T10:05:00Z\"");

        assertThat(older.getString("results[0].result")).isEqualTo("ignored");
        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void sentAfterAllCountsAgainAtItsRelease() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\"");
        setTime(MONDAY_10.plus(Duration.ofHours(1)));

        report("anna", invitation, "SENT", "");

        assertThat(state("anna", invitation)).isEqualTo("PENDING");
        assertThat(query("select at from ledger where returned_at is null")).hasSize(1);
        assertThat(count("select count(*) from ledger where at = '2026-11-23T10:00:00Z' and returned_at is null"))
                .isEqualTo(1);
    }

    @Test
    void aLimitThatWasReportedByMistakeIsTakenBack() {
        long id = enqueue("anna", "person");
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        releases.round();
        json("{\"type\":\"REFUSED\",\"refusal\":\"RESTRICTED\",\"until\":\"9999-01-01T00:00:00Z\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(422)
                .body("violations.field", org.hamcrest.Matchers.contains("until"));
        report("anna", id, "REFUSED", "\"refusal\":\"WEEKLY_LIMIT\",\"until\":\"2027-11-01T00:00:00Z\"");
        releases.round();
        assertThat(pacing("anna").getString("reason")).isEqualTo("RESTRICTED");

        json("").post("/api/v1/accounts/anna/resume").then().statusCode(200);
        assertThat(pacing("anna").getString("reason")).isEqualTo("RESTRICTED");
        json("").post("/api/v1/accounts/anna/resume?restriction=true").then().statusCode(200);

        assertThat(pacing("anna").getString("reason")).isNotEqualTo("RESTRICTED");
        assertThat(query("select event from history where event = 'account.restriction-lifted'"))
                .hasSize(1);
    }

    @Test
    void sentAfterARefusalAndAnAcceptanceCountsAgain() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\"");
        report("anna", invitation, "ACCEPTED", "");

        report("anna", invitation, "SENT", "");

        assertThat(state("anna", invitation)).isEqualTo("ACCEPTED");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void anOldSignalLiftsNoNewerRestriction() {
        report("anna", invitation, "REFUSED", "\"refusal\":\"WEEKLY_LIMIT\"");

        json("{\"type\":\"REFUSED\",\"refusal\":\"WEEKLY_LIMIT\",\"at\":\"2026-11-18T10:00:00Z\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results[0].result", equalTo("already"));

        assertThat(pacing("anna").getString("until")).isEqualTo("2026-11-30T10:00:00Z");
        assertThat(count("select count(*) from history where event = 'account.restricted'"))
                .isEqualTo(1);
    }

    @Test
    void aLimitIsHeardEvenOnAnInvitationThatWasSent() {
        report("anna", invitation, "SENT", "");

        JsonPath answer = report("anna", invitation, "REFUSED", "\"refusal\":\"RESTRICTED\"");

        assertThat(answer.getString("results[0].result")).isEqualTo("applied");
        assertThat(state("anna", invitation)).isEqualTo("PENDING");
        enqueue("anna", "another-person");
        assertThat(pacing("anna").getString("reason")).isEqualTo("RESTRICTED");
    }

    @Test
    void aLimitReportedOnAnInvitationThatThereIsNotChangesNothing() {
        JsonPath answer = report("anna", 999_999, "REFUSED", "\"refusal\":\"RESTRICTED\"");

        assertThat(answer.getString("results[0].result")).isEqualTo("not-found");
        assertThat(query("select restricted_until from pace")).containsExactly((String) null);
    }
}
