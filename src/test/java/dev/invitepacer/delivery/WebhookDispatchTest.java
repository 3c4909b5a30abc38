package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.standardwebhooks.Webhook;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.webhook.Ear;

/** A release's whole way to a receiver that misbehaves in every way, with the task's history as evidence. */
@QuarkusTest
class WebhookDispatchTest extends ServiceTest {
    private static final Instant MONDAY_9 = Instant.parse("2026-11-23T09:00:00Z");

    @Inject
    DispatchLoop dispatch;

    private final Ear ear = new Ear();
    private String secret;
    private long invitation;

    @BeforeEach
    void aReleasedInvitation() {
        secret = json("{\"url\":\"" + ear.url() + "\"}")
                .put("/api/v1/endpoints/crm-" + ear.port())
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        account("anna", "\"channel\":\"WEBHOOK\",\"endpoint\":\"crm-" + ear.port() + "\"");
        invitation = enqueue("anna", "grace-hopper", "\"note\":\"Dear Grace\"");
        setTime(MONDAY_9);
        assertThat(releases.round()).isEqualTo(1);
    }

    @AfterEach
    void hush() {
        ear.close();
    }

    /** What the invitation's history tells of its hand-overs, each as outcome and detail. */
    private List<String> history() {
        return query("select (detail ->> 'outcome') || coalesce(': ' || (detail ->> 'detail'), '') from history"
                + " where event = 'invitation.hand-over' order by id");
    }

    private String stage() {
        return query("select stage from task").get(0);
    }

    private void tryOnce(Ear.Behaviour behaviour) {
        ear.does(behaviour);
        assertThat(dispatch.round()).isEqualTo(1);
    }

    /** Meanwhile nobody else is asked. */
    private void slowly(Ear.Behaviour behaviour) throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        int before = ear.heard().size();
        ear.does(Ear.waits(answer, behaviour));
        var round = CompletableFuture.supplyAsync(dispatch::round);
        Service.await(() -> ear.heard().size() > before);
        assertThat(stage()).isEqualTo("RUNNING");
        assertThat(dispatch.begin()).isZero();
        answer.countDown();
        assertThat(round.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /** To the next try, which the schedule has put somewhere. */
    private void waitForTheNextTry() {
        setTime(Instant.parse(
                query("select to_char(next_try_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from task")
                        .get(0)));
    }

    @Test
    void whatIsHandedOverIsSignedAndItsReportIsApplied() throws Exception {
        tryOnce(Ear.answers(200, "", "{\"type\":\"SENT\"}"));

        Ear.Heard heard = ear.heard().get(0);
        new Webhook(secret)
                .verify(
                        heard.text(),
                        heard.headers().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))));
        assertThat(heard.text()).contains("\"note\":\"Dear Grace\"", "\"invitation\":" + invitation + ",");
        assertThat(state("anna", invitation)).isEqualTo("PENDING");
        assertThat(history()).containsExactly("DONE");
    }

    @Test
    void aReceiverThatFailsInEveryWayGetsItOnceItTakesIt() throws Exception {
        List<Ear.Behaviour> failures = List.of(
                Ear.isSilent(),
                Ear.hangsUp(),
                Ear.answers(500, "", ""),
                Ear.answers(429, "Retry-After: 7200\r\n", ""),
                Ear.answers(301, "Location: https://example.org/\r\n", ""),
                Ear.says("garbage\r\n\r\n"),
                Ear.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal"),
                Ear.drips("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
                Ear.says("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
        for (Ear.Behaviour failure : failures) {
            tryOnce(failure);
            waitForTheNextTry();
        }
        slowly(Ear.answers(204, "", ""));

        assertThat(history())
                .satisfiesExactly(
                        silent -> assertThat(silent).startsWith("IN_DOUBT: No whole answer within"),
                        gone -> assertThat(gone).startsWith("IN_DOUBT: The connection ended before the answer did"),
                        broken -> assertThat(broken).isEqualTo("REFUSED: It answered 500."),
                        busy -> assertThat(busy).isEqualTo("REFUSED: It answered 429."),
                        moved -> assertThat(moved).isEqualTo("REFUSED: It answered 301; redirects are not followed."),
                        garbage -> assertThat(garbage).startsWith("IN_DOUBT: The connection ended"),
                        half -> assertThat(half).startsWith("IN_DOUBT: The connection ended"),
                        drips -> assertThat(drips).startsWith("IN_DOUBT: No whole answer within"),
                        early -> assertThat(early).isEqualTo("IN_DOUBT: It answered 101, which is no final answer."),
                        slow -> assertThat(slow).isEqualTo("TAKEN"));
        assertThat(stage()).isEqualTo("TAKEN");
        assertThat(ear.heard())
                .extracting(heard -> heard.headers().get("webhook-id"))
                .hasSize(10)
                .containsOnly(ear.heard().get(0).headers().get("webhook-id"));
    }

    @Test
    void retryAfterPutsTheNextTryOff() {
        tryOnce(Ear.answers(429, "Retry-After: 3600\r\n", ""));

        assertThat(count("select extract(epoch from next_try_at - '2026-11-23T09:00:00Z')::bigint from task"))
                .isGreaterThanOrEqualTo(3_600);
        setTime(MONDAY_9.plus(Duration.ofMinutes(59)));
        assertThat(dispatch.round()).isZero();
        assertThat(history()).containsExactly("REFUSED: It answered 429.");
    }

    @Test
    void goneTurnsTheEndpointOffAndEnablingDrivesItsTasksAgain() {
        tryOnce(Ear.answers(410, "", ""));

        assertThat(get("/api/v1/endpoints/crm-" + ear.port()).getString("offReason"))
                .contains("410");
        assertThat(history()).containsExactly("REFUSED: It answered 410, and was turned off.");
        advance(Duration.ofDays(3));
        assertThat(dispatch.round()).isZero();
        assertThat(ear.heard()).hasSize(1);

        given().post("/api/v1/endpoints/crm-" + ear.port() + "/enable").then().statusCode(200);
        tryOnce(Ear.answers(200, "", ""));

        assertThat(stage()).isEqualTo("TAKEN");
        assertThat(ear.heard()).hasSize(2);
    }

    @Test
    void whatIsInDoubtIsAskedWhereItMayHaveBeenHeardAndNowhereElse() {
        tryOnce(Ear.hangsUp());
        assertThat(stage()).isEqualTo("IN_DOUBT");
        Ear another = new Ear();
        try {
            another.does(Ear.answers(200, "", "{\"type\":\"SENT\"}"));
            String name = "crm-" + another.port();
            json("{\"url\":\"" + another.url() + "\"}")
                    .put("/api/v1/endpoints/" + name)
                    .then()
                    .statusCode(201);
            json("{\"endpoint\":\"" + name + "\"}")
                    .contentType("application/merge-patch+json")
                    .patch("/api/v1/accounts/anna")
                    .then()
                    .statusCode(200);
            given().post("/api/v1/tasks/" + count("select id from task") + "/deliver")
                    .then()
                    .statusCode(200)
                    .body("delivery.lane", equalTo("WEBHOOK:crm-" + ear.port()))
                    .body("delivery.stage", equalTo("IN_DOUBT"));

            tryOnce(Ear.answers(200, "", "{\"type\":\"SENT\"}"));

            assertThat(another.heard()).isEmpty();
            assertThat(ear.heard()).hasSize(2);
            assertThat(state("anna", invitation)).isEqualTo("PENDING");
        } finally {
            another.close();
        }
    }

    @Test
    void whatWasTakenAndIsAskedForAgainDoesNotGoToAnotherSender() {
        tryOnce(Ear.answers(202, "", ""));
        String deliver = "/api/v1/tasks/" + count("select id from task") + "/deliver";
        given().post(deliver).then().statusCode(200).body("delivery.stage", equalTo("IN_DOUBT"));

        json("{\"channel\":\"INBOX\",\"endpoint\":null}")
                .contentType("application/merge-patch+json")
                .patch("/api/v1/accounts/anna")
                .then()
                .statusCode(200);

        assertThat(stage()).isEqualTo("IN_DOUBT");
        tryOnce(Ear.answers(500, "", ""));
        assertThat(stage()).isEqualTo("IN_DOUBT");
        given().post(deliver).then().statusCode(200).body("delivery.lane", equalTo("WEBHOOK:crm-" + ear.port()));
    }

    @Test
    void aReceiverThatIsDeadHasHeardNothing() {
        ear.close();
        assertThat(dispatch.round()).isEqualTo(1);

        assertThat(history()).singleElement().asString().startsWith("REFUSED: No connection");
        assertThat(stage()).isEqualTo("WAITING");
    }

    @Test
    void aReceiverThatDiesInTheCallMayHaveHeardIt() {
        ear.does((heard, connection) -> ear.close());
        assertThat(dispatch.round()).isEqualTo(1);
        waitForTheNextTry();
        assertThat(dispatch.round()).isEqualTo(1);

        assertThat(history())
                .satisfiesExactly(
                        died -> assertThat(died).startsWith("IN_DOUBT: The connection ended before the answer did"),
                        dead -> assertThat(dead).startsWith("REFUSED: No connection"));
        assertThat(stage()).as("the first try may have been heard").isEqualTo("IN_DOUBT");
    }
}
