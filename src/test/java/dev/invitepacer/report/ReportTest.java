package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class ReportTest extends ServiceTest {
    private static final Instant MONDAY_10 = Instant.parse("2026-11-23T10:00:00Z");

    private long invitation;

    @BeforeEach
    void anInvitationIsReleased() {
        account("anna", "\"timeZone\":\"Europe/Oslo\"");
        invitation = enqueue("anna", "kamala-eriksen");
        setTime(MONDAY_10);
        releases.round();
    }

    @Test
    void sentMakesItPendingAndClosesItsTask() {
        JsonPath answer = report("anna", invitation, "SENT", "");

        assertThat(answer.getString("results[0].result")).isEqualTo("applied");
        assertThat(state("anna", invitation)).isEqualTo("PENDING");
        assertThat(query("select state || ' ' || outcome from task")).containsExactly("DONE SENT");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void aSecondSentChangesNothingAndTellsNothing() {
        report("anna", invitation, "SENT", "");
        long lines = count("select count(*) from history");

        JsonPath answer = report("anna", invitation, "SENT", "");

        assertThat(answer.getString("results[0].result")).isEqualTo("already");
        assertThat(counted()).isEqualTo(1);
        assertThat(count("select count(*) from history")).isEqualTo(lines);
    }

    @Test
    void acceptedBeforeSentIsAcceptedAndSentComesLate() {
        report("anna", invitation, "ACCEPTED", "");
        JsonPath late = report("anna", invitation, "SENT", "");

        assertThat(late.getString("results[0].result")).isEqualTo("already");
        assertThat(state("anna", invitation)).isEqualTo("ACCEPTED");
        assertThat(count("select count(*) from task where state = 'OPEN'")).isZero();
    }

    @Test
    void withdrawnAfterAcceptedIsAnsweredRecordedAndChangesNothing() {
        report("anna", invitation, "ACCEPTED", "");
        JsonPath answer = report("anna", invitation, "WITHDRAWN", "");

        assertThat(answer.getString("results[0].result")).isEqualTo("ignored");
        assertThat(answer.getString("results[0].reason")).isEqualTo("it has ended as ACCEPTED");
        assertThat(query("select detail ->> 'ignored' from history order by id desc limit 1"))
                .containsExactly("it has ended as ACCEPTED");
    }

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
    void aFailureForGoodKeepsItsSlot() {
        report("anna", invitation, "FAILED", "\"detail\":\"the profile is gone\"");

        assertThat(state("anna", invitation)).isEqualTo("FAILED");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void aWithdrawalStartsTheCooldown() {
        report("anna", invitation, "SENT", "");
        report("anna", invitation, "WITHDRAWN", "\"at\":\"2026-11-23T10:00:00Z\"");

        json("{\"profile\":\"https://www.linkedin.com/in/Kamala-Eriksen/\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("in-cooldown"))
                .body("availableAt", equalTo("2026-12-14T10:00:00Z"));
        setTime(Instant.parse("2026-12-14T10:00:00Z"));
        assertThat(enqueue("anna", "kamala-eriksen")).isGreaterThan(invitation);
    }

    @Test
    void sentByHandEntersTheLedgerAtItsOwnInstantOnce() {
        String report = "{\"type\":\"SENT_BY_HAND\",\"profile\":\"someone-else\",\"at\":\"2026-11-20T12:00:00Z\"}";
        json(report)
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results[0].result", equalTo("applied"));
        json(report)
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results[0].result", equalTo("already"));

        assertThat(count("select count(*) from ledger where kind = 'BY_HAND' and at = '2026-11-20T12:00:00Z'"))
                .isEqualTo(1);
        assertThat(pacing("anna").getInt("window.released")).isEqualTo(2);
    }

    @Test
    void sentByHandTakesAQueuedInvitationOutOfTheQueue() {
        long queued = enqueue("anna", "another-person");

        report("anna", queued, "SENT_BY_HAND", "");

        assertThat(state("anna", queued)).isEqualTo("PENDING");
        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void anAcceptanceReportedOnAnOldInvitationEndsTheQueuedOneToo() {
        report("anna", invitation, "SENT", "");
        report("anna", invitation, "DECLINED", "");
        long second = enqueue("anna", "kamala-eriksen");

        report("anna", invitation, "ACCEPTED", "");

        assertThat(state("anna", invitation)).isEqualTo("ACCEPTED");
        assertThat(state("anna", second)).isEqualTo("ACCEPTED");
    }

    @Test
    void twoSendersNeverHoldOneTask() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lease = json("").post("/api/v1/tasks/" + task + "/claim")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("lease");

        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(409).body("code", equalTo("task-taken"));
        json("{\"type\":\"SENT\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409);
        json("{\"type\":\"SENT\",\"lease\":\"" + lease + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200)
                .body("result", equalTo("applied"));
    }

    @Test
    void aTaskThatIsGivenBackIsFreeAtOnceAndOnlyItsHolderGivesItBack() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String claim = "/api/v1/tasks/" + task + "/claim";
        String first = json("").post(claim).jsonPath().getString("lease");

        given().delete(claim).then().statusCode(400).body("code", equalTo("unreadable"));
        given().delete(claim + "?lease=mine").then().statusCode(400).body("code", equalTo("unreadable"));
        given().delete(claim + "?lease=" + first).then().statusCode(204);
        assertThat((Object) get("/api/v1/tasks").get("items[0].leasedUntil")).isNull();
        given().delete(claim + "?lease=" + first).then().statusCode(204);

        String second =
                json("").post(claim).then().statusCode(200).extract().jsonPath().getString("lease");
        given().delete(claim + "?lease=" + first).then().statusCode(409).body("code", equalTo("lease-lost"));
        json("").post(claim).then().statusCode(409).body("code", equalTo("task-taken"));
        json("{\"type\":\"SENT\",\"lease\":\"" + first + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409)
                .body("code", equalTo("lease-lost"));
        json("{\"type\":\"SENT\",\"lease\":\"" + second + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200);
        given().delete(claim + "?lease=" + second).then().statusCode(204);
        given().delete("/api/v1/tasks/999999/claim?lease=" + second).then().statusCode(404);
    }

    @Test
    void aLateReportWithALostLeaseChangesNothing() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lost =
                json("").post("/api/v1/tasks/" + task + "/claim").jsonPath().getString("lease");
        advance(Duration.ofMinutes(16));
        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(200);

        json("{\"type\":\"REFUSED\",\"refusal\":\"COOLDOWN\",\"lease\":\"" + lost + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409)
                .body("code", equalTo("lease-lost"));

        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
    }

    @Test
    void aSlowSenderWhoseTaskNobodyElseTookIsStillHeard() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lease =
                json("").post("/api/v1/tasks/" + task + "/claim").jsonPath().getString("lease");
        advance(Duration.ofHours(2));

        json("{\"type\":\"SENT\",\"lease\":\"" + lease + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200);

        assertThat(state("anna", invitation)).isEqualTo("PENDING");
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
    void aReportFromTheFutureIsRefused() {
        json("{\"type\":\"SENT\",\"invitation\":" + invitation + ",\"at\":\"2026-11-24T10:00:00Z\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(422)
                .body("detail", containsString("lies in the future"));
    }

    @Test
    void oneWrongReportRefusesTheWholeRequestAndSaysWhich() {
        json("[{\"type\":\"SENT\",\"invitation\":" + invitation + "},{\"type\":\"SEND\",\"profile\":\"x\"}]")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("[1].type"));

        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
    }

    @Test
    void anOldBatchSentAgainDoesNotTouchTheNextInvitationToThePerson() {
        String batch = "[{\"type\":\"SENT\",\"profile\":\"kamala-eriksen\",\"at\":\"2026-11-23T10:00:00Z\"},"
                + "{\"type\":\"WITHDRAWN\",\"profile\":\"kamala-eriksen\",\"at\":\"2026-11-23T11:00:00Z\"}]";
        setTime(Instant.parse("2026-11-23T12:00:00Z"));
        json(batch).post("/api/v1/accounts/anna/reports").then().statusCode(200);
        setTime(Instant.parse("2026-12-20T10:00:00Z"));
        long next = enqueue("anna", "kamala-eriksen");

        json(batch)
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results.result", contains("already", "already"));

        assertThat(state("anna", next)).isEqualTo("QUEUED");
        assertThat(state("anna", invitation)).isEqualTo("WITHDRAWN");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void aReportOlderThanAllThatIsKnownOfThePersonIsIgnored() {
        json("{\"type\":\"WITHDRAWN\",\"profile\":\"kamala-eriksen\",\"at\":\"2026-11-01T10:00:00Z\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results[0].result", equalTo("ignored"));

        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
    }

    @Test
    void whatWasSentCountsOnceInWhateverOrderItIsReported() {
        long first = enqueue("anna", "first-person");
        long second = enqueue("anna", "second-person");

        report("anna", first, "ACCEPTED", "");
        report("anna", first, "SENT_BY_HAND", "");
        report("anna", second, "SENT_BY_HAND", "");
        report("anna", second, "ACCEPTED", "");
        report("anna", second, "SENT_BY_HAND", "");

        assertThat(query("select invitation from ledger where kind = 'BY_HAND' order by id"))
                .containsExactly("" + first, "" + second);
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
    void sentByHandAndAcceptedSaidTwiceIsOneInvitation() {
        String batch =
                "[{\"type\":\"SENT_BY_HAND\",\"profile\":\"by-hand\"},{\"type\":\"ACCEPTED\",\"profile\":\"by-hand\"}]";
        json(batch).post("/api/v1/accounts/anna/reports").then().statusCode(200);

        json(batch)
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results.result", contains("already", "already"));
        assertThat(count("select count(*) from invitation where profile = 'by-hand'"))
                .isEqualTo(1);
    }

    @Test
    void sentByHandAfterTheLastOneWasOverIsAnotherInvitation() {
        report("anna", invitation, "EXPIRED", "");
        setTime(MONDAY_10.plus(Duration.ofDays(10)));

        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"kamala-eriksen\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200)
                .body("results[0].result", equalTo("applied"))
                .body("results[0].state", equalTo("PENDING"));

        assertThat(count("select count(*) from invitation where profile = 'kamala-eriksen'"))
                .isEqualTo(2);
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

    @Test
    void nobodyUndoesAnAttemptOverTheHeadOfItsSender() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(200);

        JsonPath answer = report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"task\":" + task);

        assertThat(answer.getString("results[0].result")).isEqualTo("ignored");
        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
        assertThat(counted()).isEqualTo(1);
    }

    private long counted() {
        return count("select count(*) from ledger where account = 'anna' and returned_at is null");
    }
}
