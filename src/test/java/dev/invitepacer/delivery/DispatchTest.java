package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.account.Channel;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.operations.embedded.Service;

/** The dispatch loop, with senders that do what a test says. WEBHOOK may be asked again, LINKEDIN may not. */
@QuarkusTest
class DispatchTest extends ServiceTest {
    private static final Instant MONDAY_9 = Instant.parse("2026-11-23T09:00:00Z");
    private static final String REFUSED = "REFUSED";

    @Inject
    Runs runs;

    @Inject
    Completion completion;

    @Inject
    PacerConfig config;

    private final Scripted webhook = new Scripted(Channel.WEBHOOK, true);
    private final Scripted linkedin = new Scripted(Channel.LINKEDIN, false);
    private DispatchLoop loop;
    private DispatchLoop other;

    @BeforeEach
    void twoProcesses() {
        loop = loop();
        other = loop();
    }

    private DispatchLoop loop() {
        return new DispatchLoop(runs, completion, List.of(webhook, linkedin), config, new SimpleMeterRegistry(), false);
    }

    /** An account of this channel with one released invitation; answers the task's id. */
    private long released(String account, Channel channel) {
        account(account, "\"spread\":\"CAP\"");
        channel(account, channel);
        return releasedMore(account, "grace-hopper");
    }

    private void channel(String account, Channel channel) {
        String settings = "settings - 'endpoint' || '{\"channel\":\"" + channel + "\""
                + (channel == Channel.WEBHOOK ? ",\"endpoint\":\"crm\"" : "") + "}'";
        execute("update account set settings = " + settings + " where account = '" + account + "'");
    }

    private long releasedMore(String account, String profile) {
        long invitation = enqueue(account, profile, "\"memberUrn\":\"urn:li:person:a1\",\"note\":\"Dear Grace\"");
        if (now().isBefore(MONDAY_9)) {
            setTime(MONDAY_9);
        }
        assertThat(releases.round()).as(() -> pacing(account).prettify()).isEqualTo(1);
        return count("select id from task where invitation = " + invitation);
    }

    private JsonPath task(long id) {
        return get("/api/v1/tasks?state="
                        + query("select state from task where id = " + id).get(0))
                .setRootPath("items.find { it.id == " + id + " }");
    }

    private String stage(long id) {
        return query("select stage from task where id = " + id).get(0);
    }

    private String invitationState(long id) {
        return query("select i.state from task t join invitation i on i.id = t.invitation where t.id = " + id)
                .get(0);
    }

    /** The outcomes of the hand-overs, as the invitation's history tells them. */
    private List<String> history(long id) {
        return query("select h.detail ->> 'outcome' from history h join task t on t.invitation = h.invitation"
                + " where t.id = " + id + " and h.event = 'invitation.hand-over' order by h.id");
    }

    private long counted() {
        return count("select count(*) from ledger where returned_at is null");
    }

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
    void neitherTransactionNorConnectionIsHeldDuringTheCall() {
        released("anna", Channel.WEBHOOK);
        AtomicReference<String> seen = new AtomicReference<>();
        webhook.does(work -> {
            seen.set(QuarkusTransaction.isActive() + " "
                    + count("select count(*) from pg_stat_activity where state like 'idle in transaction%'"
                            + " and datname = current_database()")
                    + " " + count("select count(*) from task where stage = 'RUNNING' and run is not null"));
            return new Outcome.Taken();
        });

        loop.round();

        assertThat(seen.get()).isEqualTo("false 0 1");
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
    void workThatIsMerelySlowIsNotTakenOverAndALateCompletionChangesNothing() throws Exception {
        long id = released("anna", Channel.WEBHOOK);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        webhook.does(work -> {
            called.countDown();
            await(answer);
            return new Outcome.Done(null, "too late");
        });
        loop.begin();
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();

        advance(Duration.ofDays(3));
        assertThat(other.round())
                .as("merely slow, whatever the service's time does")
                .isZero();
        webhook.does(work -> new Outcome.Taken());
        execute("update task set run_until = clock_timestamp() - interval '1 second'");
        assertThat(other.round()).as("its lease has run out").isEqualTo(1);
        assertThat(stage(id)).isEqualTo("TAKEN");
        List<String> before = query("select t::text from task t");
        List<String> told = query("select h::text from history h");

        answer.countDown();
        Service.await(loop::isQuiet);

        assertThat(query("select t::text from task t")).isEqualTo(before);
        assertThat(query("select h::text from history h")).isEqualTo(told);
        assertThat(invitationState(id)).isEqualTo("RELEASED");
        assertThat(history(id)).containsExactly("IN_DOUBT", "TAKEN");
    }

    @Test
    void aLeaseThatIsRenewedDoesNotRunOut() throws Exception {
        released("anna", Channel.WEBHOOK);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        webhook.does(work -> {
            called.countDown();
            await(answer);
            return new Outcome.Taken();
        });
        loop.begin();
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        execute("update task set run_until = clock_timestamp() + interval '1 second'");

        loop.scheduled();

        assertThat(count("select count(*) from task where run_until > clock_timestamp() + interval '30 seconds'"))
                .isEqualTo(1);
        answer.countDown();
        Service.await(loop::isQuiet);
    }

    @Test
    void whatIsClaimedAsTheProcessStopsIsHandedBack() throws Exception {
        long id = released("anna", Channel.WEBHOOK);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table task in access exclusive mode");
            var claiming = java.util.concurrent.CompletableFuture.supplyAsync(loop::begin);
            Service.await(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    == 1);
            loop.stop(null);
            connection.commit();
            assertThat(claiming.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }

        assertThat(webhook.seen()).isEmpty();
        assertThat(query("select stage || ' ' || tries || ' ' || (run is null) from task where id = " + id))
                .containsExactly("WAITING 0 true");
        assertThat(other.round()).isEqualTo(1);
        assertThat(history(id)).containsExactly("TAKEN");
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
    void aProcessThatDiesBeforeTheCallLosesNothing() {
        long id = released("anna", Channel.LINKEDIN);
        crash(id, false);

        assertThat(other.round()).isEqualTo(1);

        assertThat(stage(id)).isEqualTo("TAKEN");
        assertThat(linkedin.seen().stream().map(HandOver::tries)).containsExactly(1);
        assertThat(history(id)).containsExactly("HANDED_BACK", "TAKEN");
    }

    @Test
    void aProcessThatDiesInTheCallLeavesADoubt() {
        long atLinkedin = released("anna", Channel.LINKEDIN);
        crash(atLinkedin, true);
        long atWebhook = released("ben", Channel.WEBHOOK);
        crash(atWebhook, true);

        assertThat(other.round()).isEqualTo(1);

        assertThat(stage(atLinkedin)).isEqualTo("IN_DOUBT");
        assertThat(linkedin.seen()).isEmpty();
        assertThat(stage(atWebhook)).isEqualTo("TAKEN");
        assertThat(webhook.seen().stream().map(HandOver::tries)).containsExactly(2);
        assertThat(counted()).isEqualTo(2);
        assertThat(count("select count(*) from task where run is not null")).isZero();
    }

    /** A process claims, begins perhaps, and is heard of no more. */
    private void crash(long id, boolean hasBegun) {
        Runs.Due due = runs.due(java.util.Set.of(Channel.LINKEDIN, Channel.WEBHOOK));
        List<Run> claimed =
                runs.claim(java.util.Map.of(due.lanes().get(0), 1), java.util.Set.of(Channel.WEBHOOK), due.now());
        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).task()).isEqualTo(id);
        if (hasBegun) {
            assertThat(runs.begin(claimed.get(0))).isTrue();
        }
        execute("update task set run_until = clock_timestamp() - interval '1 second' where id = " + id);
    }

    @Test
    void whatAPersonHasClaimedIsNotHandedOverAndTheReverse() throws Exception {
        long id = released("anna", Channel.WEBHOOK);
        given().post("/api/v1/tasks/" + id + "/claim").then().statusCode(200);
        assertThat(loop.round()).isZero();
        given().post("/api/v1/tasks/" + id + "/deliver").then().statusCode(409).body("code", equalTo("task-taken"));

        advance(Duration.ofMinutes(15));
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        webhook.does(work -> {
            called.countDown();
            await(answer);
            return new Outcome.Taken();
        });
        loop.begin();
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();

        given().post("/api/v1/tasks/" + id + "/claim").then().statusCode(409).body("code", equalTo("task-taken"));
        given().post("/api/v1/tasks/" + id + "/deliver").then().statusCode(409).body("code", equalTo("task-taken"));
        answer.countDown();
        Service.await(loop::isQuiet);
    }

    @Test
    void aReceiverMayReportBeforeItAnswers() {
        long id = released("anna", Channel.WEBHOOK);
        webhook.does(work -> {
            json("{\"type\":\"SENT\"}")
                    .post("/api/v1/tasks/" + work.task() + "/report")
                    .then()
                    .statusCode(200);
            return new Outcome.InDoubt("hung up");
        });

        loop.round();

        assertThat(invitationState(id)).isEqualTo("PENDING");
        assertThat(query("select state || ' ' || outcome || ' ' || (run is null) from task where id = " + id))
                .containsExactly("DONE SENT true");
        assertThat(loop.round()).isZero();
    }

    @Test
    void aPausedAccountHandsNothingOver() {
        released("anna", Channel.WEBHOOK);
        json("{\"reason\":\"holidays\"}")
                .post("/api/v1/accounts/anna/pause")
                .then()
                .statusCode(200);
        assertThat(loop.round()).isZero();

        given().post("/api/v1/accounts/anna/resume").then().statusCode(200);

        assertThat(loop.round()).isEqualTo(1);
    }

    @Test
    void withTheChannelWhatNobodyHasYetMovesAndWhatIsWithASenderStays() {
        long taken = released("anna", Channel.WEBHOOK);
        loop.round();
        advance(Duration.ofDays(1));
        long waiting = releasedMore("anna", "ada-lovelace");
        channel("anna", Channel.INBOX);

        assertThat(loop.round()).isZero();
        assertThat(stage(waiting)).isNull();
        assertThat(stage(taken)).isEqualTo("TAKEN");
        assertThat(task(waiting).getString("delivery")).isNull();
        given().post("/api/v1/tasks/" + waiting + "/deliver")
                .then()
                .statusCode(409)
                .body("code", equalTo("task-by-hand"));

        channel("anna", Channel.LINKEDIN);
        assertThat(loop.round()).isEqualTo(1);
        assertThat(linkedin.seen().stream().map(HandOver::task)).containsExactly(waiting);
    }

    @Test
    void aTaskOfThePeoplesListHasNoDelivery() {
        account("anna", "");
        enqueue("anna", "grace-hopper");
        setTime(MONDAY_9);
        releases.round();

        given().get("/api/v1/tasks").then().body("items[0].delivery", nullValue());
        assertThat(loop.round()).isZero();
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

    @Test
    void anEndpointThatFailsIsLeftAloneAndTheOthersGoOn() {
        for (int i = 0; i < 8; i++) {
            released("dead-" + i, Channel.WEBHOOK);
        }
        released("alive", Channel.LINKEDIN);
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.TRY, null, null, "500"));

        loop.round();
        int first = webhook.seen().size();
        advance(Duration.ofSeconds(45));
        loop.round();

        assertThat(linkedin.seen()).hasSize(1);
        assertThat(first).isEqualTo(8);
        assertThat(webhook.seen()).as("one probe").hasSize(9);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
