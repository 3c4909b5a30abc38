package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.Channel;

/** What follows from each outcome. */
@QuarkusTest
class DispatchTest extends DispatchFixture {
    private static final String REFUSED = "REFUSED";

    @Test
    void whatIsTakenWaitsForItsReport() {
        long id = released("anna", Channel.WEBHOOK);
        assertThat(stage(id)).isEqualTo("WAITING");

        assertThat(loop.round()).isEqualTo(1);

        assertThat(webhook.seen()).hasSize(1);
        HandOver work = webhook.seen().get(0);
        assertThat(work.task()).isEqualTo(id);
        assertThat(work.tries()).isEqualTo(1);
        assertThat(work.profileUrl()).isEqualTo("https://www.linkedin.com/in/grace-hopper");
        assertThat(work.note()).isEqualTo("Dear Grace");
        assertThat(work.memberUrn()).isEqualTo("urn:li:person:a1");
        assertThat(stage(id)).isEqualTo("TAKEN");
        assertThat(history(id)).containsExactly("TAKEN");
        assertThat(invitationState(id)).isEqualTo("RELEASED");
        assertThat(loop.round()).isZero();

        json("{\"type\":\"SENT\"}")
                .post("/api/v1/tasks/" + id + "/report")
                .then()
                .statusCode(200)
                .body("result", equalTo("applied"));
        assertThat(invitationState(id)).isEqualTo("PENDING");
    }

    @Test
    void whatIsDoneIsReportedWithItsReference() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Done(null, "inv-77"));

        loop.round();

        assertThat(invitationState(id)).isEqualTo("PENDING");
        assertThat(query("select state || ' ' || outcome || ' ' || reference from task where id = " + id))
                .containsExactly("DONE SENT inv-77");
        assertThat(history(id)).containsExactly("DONE");
    }

    @Test
    void aWithdrawalKnowsWhatTheChannelCallsTheInvitation() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Done(null, "inv-77"));
        loop.round();
        long invitation = count("select invitation from task where id = " + id);
        json("{}")
                .post("/api/v1/accounts/anna/invitations/" + invitation + "/withdraw")
                .then()
                .statusCode(200);

        loop.round();

        assertThat(linkedin.seen()).hasSize(2);
        assertThat(linkedin.seen().get(1).kind()).isEqualTo(TaskKind.WITHDRAW);
        assertThat(linkedin.seen().get(1).reference()).isEqualTo("inv-77");
        assertThat(state("anna", invitation)).isEqualTo("WITHDRAWN");
    }

    @Test
    void aRefusedTryIsTriedTenTimesAndThenFailsVisibly() {
        long id = released("anna", Channel.WEBHOOK);
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.TRY, null, null, "503 Service Unavailable"));
        for (int i = 1; i <= 9; i++) {
            assertThat(loop.round()).as("try %d", i).isEqualTo(1);
            assertThat(stage(id)).isEqualTo("WAITING");
            assertThat(loop.round()).isZero();
            advance(Duration.ofHours(27));
        }
        loop.round();

        assertThat(webhook.seen().stream().map(HandOver::tries)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(stage(id)).isEqualTo("FAILED");
        assertThat(task(id).getString("state")).isEqualTo("OPEN");
        assertThat(task(id).getString("delivery.detail")).isEqualTo("503 Service Unavailable");
        assertThat(task(id).getString("delivery.nextTryAt")).isNull();
        assertThat(history(id)).hasSize(10).containsOnly(REFUSED);
        assertThat(get("/api/v1/tasks?stage=FAILED").getList("items.id")).containsExactly((int) id);
        assertThat(pacing("anna").getInt("tasks.open")).isEqualTo(1);
        advance(Duration.ofDays(30));
        assertThat(loop.round()).isZero();

        webhook.does(work -> new Outcome.Taken());
        given().post("/api/v1/tasks/" + id + "/deliver")
                .then()
                .statusCode(200)
                .body("delivery.stage", equalTo("WAITING"))
                .body("delivery.tries", equalTo(0));
        loop.round();
        assertThat(stage(id)).isEqualTo("TAKEN");
        assertThat(webhook.seen().get(10).tries()).isEqualTo(1);
        assertThat(webhook.seen().get(10).attempt()).isEqualTo(1);
    }

    @Test
    void theReceiversInstantIsHonoured() {
        long id = released("anna", Channel.WEBHOOK);
        Instant until = now().plus(Duration.ofHours(2));
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.TRY, null, until, "429"));

        loop.round();

        assertThat(task(id).getString("delivery.nextTryAt")).isEqualTo(until.toString());
        setTime(until.minusSeconds(1));
        assertThat(loop.round()).isZero();
        setTime(until);
        assertThat(loop.round()).isEqualTo(1);
    }

    @Test
    void aRefusalOfThePersonGivesTheSlotBackAndOneOfTheAccountHoldsIt() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Refused(Outcome.Reach.PERSON, "COOLDOWN", null, "three weeks"));
        loop.round();
        assertThat(invitationState(id)).isEqualTo("QUEUED");
        assertThat(counted()).isZero();

        long second = released("ben", Channel.LINKEDIN);
        Instant until = now().plus(Duration.ofDays(2));
        linkedin.does(work -> new Outcome.Refused(Outcome.Reach.ACCOUNT, "WEEKLY_LIMIT", until, "limit"));
        loop.round();
        assertThat(invitationState(second)).isEqualTo("QUEUED");
        assertThat(pacing("ben").getString("reason")).isEqualTo("RESTRICTED");
        assertThat(query("select restricted_until = '" + until + "' from pace where account = 'ben'"))
                .containsExactly("t");
    }

    @Test
    void aFailureIsAReport() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Failed("no such member"));

        loop.round();

        assertThat(invitationState(id)).isEqualTo("FAILED");
        assertThat(history(id)).containsExactly("FAILED");
    }

    @Test
    void whatIsInDoubtCountsAndIsAskedForAgainOnlyWhereThatCannotDoubleIt() {
        long atWebhook = released("anna", Channel.WEBHOOK);
        long atLinkedin = released("ben", Channel.LINKEDIN);
        webhook.does(work -> new Outcome.InDoubt("silence"));
        linkedin.does(work -> {
            throw new IllegalStateException("broken on the way");
        });
        loop.round();

        assertThat(stage(atWebhook)).isEqualTo("IN_DOUBT");
        assertThat(stage(atLinkedin)).isEqualTo("IN_DOUBT");
        assertThat(counted()).isEqualTo(2);
        assertThat(get("/api/v1/tasks?stage=IN_DOUBT").getList("items.id")).hasSize(2);
        advance(Duration.ofDays(2));
        assertThat(loop.round()).isEqualTo(1);
        assertThat(linkedin.seen()).hasSize(1);
        given().post("/api/v1/tasks/" + atLinkedin + "/deliver")
                .then()
                .statusCode(409)
                .body("code", equalTo("task-in-doubt"));

        json("{\"type\":\"SENT\"}")
                .post("/api/v1/tasks/" + atLinkedin + "/report")
                .then()
                .statusCode(200);
        assertThat(invitationState(atLinkedin)).isEqualTo("PENDING");
        given().post("/api/v1/tasks/" + atWebhook + "/deliver").then().statusCode(200);
        webhook.does(work -> new Outcome.Taken());
        loop.round();
        assertThat(stage(atWebhook)).isEqualTo("TAKEN");
        assertThat(webhook.seen().stream().map(HandOver::task)).containsOnly(atWebhook);
    }

    @Test
    void whatIsNotToBeWithdrawnYetIsNotHandedOverOnRequestEither() {
        long id = released("anna", Channel.WEBHOOK);
        execute("update task set ready_at = '" + now().plus(Duration.ofHours(1)) + "' where id = " + id);

        given().post("/api/v1/tasks/" + id + "/deliver").then().statusCode(409).body("code", equalTo("task-not-ready"));
    }

    @Test
    void anErasureReachesWhatAReceiverWroteOnTheAccount() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Done(null, null));
        loop.round();
        json("{}")
                .post("/api/v1/accounts/anna/invitations/" + count("select invitation from task where id = " + id)
                        + "/withdraw")
                .then()
                .statusCode(200);
        linkedin.does(
                work -> new Outcome.Refused(Outcome.Reach.ACCOUNT, "RESTRICTED", null, "Grace Hopper cannot go now"));
        loop.round();
        assertThat(count("select count(*) from history where detail::text like '%Grace%'"))
                .isEqualTo(2);

        given().delete("/api/v1/people/grace-hopper").then().statusCode(200);

        assertThat(query("select event from history where detail::text like '%Grace%'"))
                .isEmpty();
    }

    @Test
    void aWithdrawalThatIsRefusedForTheAccountWaits() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Done(null, null));
        loop.round();
        long invitation = count("select invitation from task where id = " + id);
        json("{}")
                .post("/api/v1/accounts/anna/invitations/" + invitation + "/withdraw")
                .then()
                .statusCode(200);
        Instant until = now().plus(Duration.ofHours(20));
        linkedin.does(work -> new Outcome.Refused(Outcome.Reach.ACCOUNT, "RESTRICTED", until, "restricted"));

        loop.round();

        assertThat(state("anna", invitation)).isEqualTo("WITHDRAWING");
        assertThat(query("select stage || ' ' || (next_try_at = '" + until + "') from task where kind = 'WITHDRAW'"))
                .containsExactly("WAITING true");
        assertThat(query("select restriction from pace")).containsExactly("RESTRICTED");
    }
}
