package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.Channel;
import dev.invitepacer.operations.embedded.Service;

/** Who may be at a task, and what becomes of it when they are not any more. */
@QuarkusTest
class DispatchLeaseTest extends DispatchFixture {
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
            var claiming = CompletableFuture.supplyAsync(loop::begin);
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
        Runs.Due due = runs.due(Set.of(Channel.LINKEDIN, Channel.WEBHOOK));
        List<Run> claimed = runs.claim(Map.of(due.lanes().get(0), 1), Set.of(Channel.WEBHOOK), due.now());
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
}
