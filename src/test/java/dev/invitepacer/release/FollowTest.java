package dev.invitepacer.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** While the week's limit keeps people from being invited, a sender is asked to follow them instead. */
@QuarkusTest
class FollowTest extends ServiceTest {
    private static final Instant MONDAY_9 = MONDAY_8.plusSeconds(3_600);
    private static final Instant TUESDAY_9 = MONDAY_9.plus(Duration.ofHours(24));

    @Test
    void whoWouldGoNextIsSuggestedOnceAndEvenlyWithinActiveHours() {
        full("anna", "\"followsPerDay\":8");
        enqueue("anna", "second");
        enqueue("anna", "first", "\"priority\":5");
        enqueue("anna", "later", "\"notBefore\":\"2027-02-01T00:00:00Z\"");

        releases.round();
        assertThat(follows()).isEmpty();
        run(Duration.ofMinutes(5), TUESDAY_9.plus(Duration.ofHours(24)));

        assertThat(follows()).containsExactly("first 23 09:00:00", "second 23 12:00:00");
        assertThat(count("select count(*) from ledger where kind = 'RELEASE'")).isZero();
        assertThat(query("select event from history where event = 'invitation.follow-suggested'"))
                .hasSize(2);
        assertThat(pacing("anna").getString("reason")).isEqualTo("WEEKLY_CAP");
    }

    @Test
    void inARollingDayThereAreNoMoreThanThatAndNoneAtNight() {
        full("anna", "\"followsPerDay\":3");
        for (int i = 0; i < 9; i++) {
            enqueue("anna", "person-" + i);
        }

        run(Duration.ofMinutes(5), Instant.parse("2026-11-26T00:00:00Z"));

        assertThat(follows()).containsExactly("person-0 23 09:00:00", "person-1 24 09:00:00", "person-2 25 09:00:00");
    }

    @Test
    void aReportEndsTheTaskAndTheInvitationWaitsOn() {
        full("anna", "\"followsPerDay\":8");
        long id = enqueue("anna", "person");
        setTime(MONDAY_9);
        releases.round();
        String task = query("select id from task where kind = 'FOLLOW'").get(0);

        for (String another : new String[] {"FAILED", "SENT", "ACCEPTED"}) {
            json("{\"type\":\"" + another + "\"}")
                    .post("/api/v1/tasks/" + task + "/report")
                    .then()
                    .statusCode(422);
        }
        assertThat(state("anna", id)).isEqualTo("QUEUED");
        json("{\"type\":\"FOLLOWED\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200)
                .body("result", equalTo("applied"));
        json("{\"type\":\"FOLLOWED\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .body("result", equalTo("already"));

        assertThat(state("anna", id)).isEqualTo("QUEUED");
        assertThat(query("select state || ' ' || outcome from task where kind = 'FOLLOW'"))
                .containsExactly("DONE FOLLOWED");
        assertThat(report("anna", id, "NOT_FOLLOWED", "").getString("results[0].result"))
                .isEqualTo("ignored");
        run(Duration.ofMinutes(10), TUESDAY_9.plusSeconds(60));
        assertThat(follows()).hasSize(1);
    }

    @Test
    void whoLeavesTheQueueIsNotToBeFollowedAnyMore() {
        full("anna", "\"followsPerDay\":50");
        long cancelled = enqueue("anna", "cancelled");
        enqueue("anna", "lapsing", "\"lapsesAt\":\"2026-11-23T15:00:00Z\"");
        enqueue("anna", "suppressed");
        long accepting = enqueue("anna", "accepting");
        long released = enqueue("anna", "released");
        run(Duration.ofMinutes(5), MONDAY_9.plus(Duration.ofHours(4)));
        assertThat(follows()).hasSize(5);

        given().delete("/api/v1/accounts/anna/invitations/" + cancelled).then().statusCode(204);
        report("anna", accepting, "ACCEPTED", "");
        given().put("/api/v1/suppressions/suppressed").then().statusCode(201);
        setTime(Instant.parse("2026-11-23T15:00:00Z"));
        releases.round();
        assertThat(open()).containsExactly("released");

        // The one sent by hand on Monday at eight leaves the week, and the cap lets one go.
        setTime(MONDAY_9.plus(Duration.ofHours(168)));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(state("anna", released)).isEqualTo("RELEASED");
        assertThat(open()).isEmpty();
        assertThat(query(
                        "select i.profile || ' ' || t.state || ' ' || t.outcome from task t join invitation i on i.id = t.invitation"
                                + " where t.kind = 'FOLLOW' order by t.id"))
                .contains("cancelled CANCELLED CANCELLED", "lapsing CANCELLED LAPSED", "released CANCELLED RELEASED");
    }

    @Test
    void whomTheLastCheckWouldKeepFromBeingInvitedIsNotToBeFollowed() {
        account("berit", "");
        report("berit", enqueue("berit", "of-a-teammate"), "SENT", "");
        full("anna", "\"followsPerDay\":8");
        for (String profile : List.of("connected", "of-a-teammate", "suppressed", "free")) {
            enqueue("anna", profile);
        }
        account("berit", "\"group\":\"sales\"");
        account("anna", "\"weeklyCap\":1,\"followsPerDay\":8,\"group\":\"sales\"");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, ended_at)"
                + " values ('anna', 'connected', 2, 0, 'ACCEPTED', service_now(), service_now())");
        execute("insert into suppression (profile, actor, at) values ('suppressed', 'test', service_now())");

        run(Duration.ofMinutes(10), TUESDAY_9);

        assertThat(follows()).containsExactly("free 23 09:00:00");
    }

    @Test
    void aWeeklyLimitSuggestsAndAnyOtherRestrictionDoesNot() {
        account("anna", "\"followsPerDay\":8");
        account("berit", "\"followsPerDay\":8");
        account("carl", "");
        for (String account : List.of("anna", "berit", "carl")) {
            enqueue(account, "person");
            json("{\"type\":\"REFUSED\",\"refusal\":\"" + (account.equals("berit") ? "RESTRICTED" : "WEEKLY_LIMIT")
                            + "\"}")
                    .post("/api/v1/accounts/" + account + "/reports")
                    .then()
                    .statusCode(200);
        }

        run(Duration.ofMinutes(10), MONDAY_9.plus(Duration.ofHours(3)));

        assertThat(query("select account from task where kind = 'FOLLOW'")).containsExactly("anna");
    }

    /** An account whose cap of one is used up by an invitation sent by hand. */
    private void full(String account, String settings) {
        account(account, "\"weeklyCap\":1," + settings);
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"by-hand\"}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200);
    }

    private List<String> follows() {
        return query("select i.profile || ' ' || to_char(t.opened_at at time zone 'UTC', 'DD HH24:MI:SS')"
                + " from task t join invitation i on i.id = t.invitation where t.kind = 'FOLLOW' order by t.id");
    }

    private List<String> open() {
        return get("/api/v1/tasks?account=anna&kind=FOLLOW").getList("items.profile", String.class);
    }
}
