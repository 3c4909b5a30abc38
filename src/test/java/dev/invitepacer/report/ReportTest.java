package dev.invitepacer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReportTest extends ReleasedTest {
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
}
