package dev.invitepacer.people;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.faults.Audit;

/** Ended invitations let go of their person after two years, or as long as the installation says. */
@QuarkusTest
class RetentionTest extends ServiceTest {
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    @Test
    void onceItsTimeIsOverAnEndedInvitationNamesNobody() throws SQLException {
        account("anna", "");
        long invitation = enqueue("anna", "kamala-eriksen", "\"firstName\":\"Kamala\",\"note\":\"Hi Kamala\"");
        report("anna", invitation, "SENT", "");
        report("anna", invitation, "DECLINED", "\"detail\":\"Kamala is busy\"");

        setTime(MONDAY_8.plus(TWO_YEARS).minusSeconds(1));
        assertThat(retention.round()).isZero();
        setTime(MONDAY_8.plus(TWO_YEARS));
        assertThat(retention.round()).isEqualTo(1);
        assertThat(retention.round()).isZero();

        JsonPath shown = get("/api/v1/accounts/anna/invitations/" + invitation);
        assertThat(shown.getString("profile")).isNull();
        assertThat(shown.getString("note")).isNull();
        assertThat(shown.getString("state")).isEqualTo("DECLINED");
        JsonPath history = get("/api/v1/accounts/anna/invitations/" + invitation + "/history");
        assertThat(history.prettify()).doesNotContain("busy");
        assertThat(history.getString("items[-1].event")).isEqualTo("invitation.erased");
        assertThat(history.getString("items[-1].detail.reason")).isEqualTo("RETENTION");
        try (Connection connection = database.getConnection()) {
            assertThat(Audit.findings(connection)).isEmpty();
        }
    }

    @Test
    void whatHasNotEndedIsKept() {
        account("anna", "");
        long queued = enqueue("anna", "kamala-eriksen", "\"note\":\"Hi Kamala\"");
        long pending = enqueue("anna", "jonas-nakamura");
        report("anna", pending, "SENT", "");
        advance(TWO_YEARS.multipliedBy(2));

        assertThat(retention.round()).isZero();
        assertThat(get("/api/v1/accounts/anna/invitations/" + queued).getString("note"))
                .isEqualTo("Hi Kamala");
    }

    @Test
    void aConnectionKeepsItsProfileAndNothingElseAndIsNotInvitedAgain() {
        account("anna", "");
        long invitation = enqueue("anna", "kamala-eriksen", "\"firstName\":\"Kamala\",\"email\":\"k@example.com\"");
        report("anna", invitation, "ACCEPTED", "");
        advance(TWO_YEARS);
        assertThat(retention.round()).isEqualTo(1);

        JsonPath shown = get("/api/v1/accounts/anna/invitations/" + invitation);
        assertThat(shown.getString("profile")).isEqualTo("kamala-eriksen");
        assertThat(shown.getString("firstName")).isNull();
        assertThat(shown.getString("email")).isNull();
        json("{\"profile\":\"kamala-eriksen\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("already-connected"));
        given().delete("/api/v1/people/kamala-eriksen").then().body("erased.invitations", equalTo(1));
        assertThat(enqueue("anna", "kamala-eriksen")).isPositive();
    }

    @Test
    void aCooldownThatStillRunsIsKept() {
        account("anna", "");
        long invitation = enqueue("anna", "kamala-eriksen");
        report("anna", invitation, "SENT", "");
        report("anna", invitation, "WITHDRAWN", "");
        Instant due = MONDAY_8.plus(TWO_YEARS);
        execute("update invitation set cooldown_until = timestamptz '" + due.plusSeconds(60) + "'");
        setTime(due);
        assertThat(retention.round()).isZero();
        setTime(due.plusSeconds(60));
        assertThat(retention.round()).isEqualTo(1);
    }

    @Test
    void manyAreDoneInBatchesAndWhatSomebodyHoldsIsLeftForTheNextRound() throws SQLException {
        account("anna", "");
        account("ben", "");
        for (String account : List.of("anna", "ben")) {
            execute("insert into invitation (account, profile, degree, priority, state, queued_at, ended_at)"
                    + " select '" + account + "', 'person-' || i, 2, 0, 'DECLINED', service_now(), service_now()"
                    + " from generate_series(1, 700) as i");
        }
        advance(TWO_YEARS);
        try (Connection holder = database.getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from pace where account = 'anna' for update");
            assertThat(retention.round()).isEqualTo(700);
            holder.rollback();
        }
        assertThat(retention.round()).isEqualTo(700);
        assertThat(count("select count(*) from invitation where erased_at is null"))
                .isZero();
    }

    @Test
    void whereNothingIsDueOneLookAtAnIndexIsEnough() {
        account("anna", "");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, ended_at)"
                + " select 'anna', 'person-' || i, 2, 0, 'DECLINED', service_now(), service_now()"
                + " from generate_series(1, 5000) as i");
        execute("analyze invitation");

        assertThat(
                        String.join(
                                "\n",
                                query(
                                        "explain select account from invitation"
                                                + " where ended_at <= timestamptz '2025-01-01' and erased_at is null"
                                                + " and (cooldown_until is null or cooldown_until <= service_now()) order by ended_at limit 500")))
                .contains("invitation_retention");
    }
}
