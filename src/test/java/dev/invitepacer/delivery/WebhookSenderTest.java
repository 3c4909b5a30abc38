package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.PostgresResource;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.webhook.Ear;
import dev.invitepacer.webhook.Message;

/** The webhook's channel: what every channel keeps to, and what each answer means. */
@QuarkusTest
@WithTestResource(value = PostgresResource.class, scope = TestResourceScope.GLOBAL)
class WebhookSenderTest extends SenderConformance {
    private static final Duration BUSY = Duration.ofMinutes(2);

    @Inject
    WebhookSender sender;

    @Inject
    ServiceClock clock;

    private final Ear ear = new Ear();

    @BeforeEach
    void anEndpointAndAnAccount() {
        endpoint(ear.url());
        given().contentType("application/json")
                .body("{\"name\":\"Anna\",\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\"}")
                .put("/api/v1/accounts/anna")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        given().post("/api/v1/endpoints/crm/enable").then().statusCode(200);
    }

    private static void endpoint(String url) {
        given().contentType("application/json")
                .body(Map.of("url", url))
                .put("/api/v1/endpoints/crm")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    @AfterEach
    void hush() {
        ear.close();
    }

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected String lane() {
        return "WEBHOOK:crm";
    }

    @Override
    protected Duration limit() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected List<String> idsSeen() {
        return ear.heard().stream()
                .map(heard -> heard.headers().get("webhook-id"))
                .toList();
    }

    @Override
    protected int calls() {
        return ear.heard().size();
    }

    @Override
    protected Instant busyUntil() {
        return clock.now().plus(BUSY);
    }

    @Override
    protected boolean arrange(Receiver behaviour) {
        switch (behaviour) {
            case TAKES -> ear.does(Ear.answers(202, "", ""));
            case DOES ->
                ear.does((heard, connection) ->
                        Ear.answers(200, "", done(heard.text())).answer(heard, connection));
            case IS_BUSY -> ear.does(Ear.answers(429, "Retry-After: " + BUSY.toSeconds() + "\r\n", ""));
            case LIMITS_THE_ACCOUNT ->
                ear.does(Ear.answers(200, "", "{\"type\":\"REFUSED\",\"refusal\":\"WEEKLY_LIMIT\"}"));
            case REFUSES_THE_PERSON ->
                ear.does(Ear.answers(200, "", "{\"type\":\"REFUSED\",\"refusal\":\"COOLDOWN\"}"));
            case REJECTS ->
                ear.does((heard, connection) ->
                        Ear.answers(200, "", failed(heard.text())).answer(heard, connection));
            case IS_BROKEN -> ear.does(Ear.answers(500, "", "oops"));
            case TALKS_NONSENSE -> ear.does(Ear.answers(200, "", "<html>\u0000 all is well"));
            case HANGS_UP -> ear.does(Ear.hangsUp());
            case IS_SILENT -> ear.does(Ear.isSilent());
            case IS_AWAY -> ear.close();
        }
        return true;
    }

    private static String done(String task) {
        return "{\"type\":\""
                + (task.contains("\"SEND\"") ? "SENT" : task.contains("\"FOLLOW\"") ? "FOLLOWED" : "WITHDRAWN")
                + "\",\"reference\":\"r-1\"}";
    }

    private static String failed(String task) {
        return "{\"type\":\""
                + (task.contains("\"SEND\"")
                        ? "FAILED"
                        : task.contains("\"FOLLOW\"") ? "NOT_FOLLOWED" : "NOT_WITHDRAWN")
                + "\",\"detail\":\"no such member\"}";
    }

    private Outcome answerTo(TaskKind kind, int status, String headers, String body) {
        ear.does(Ear.answers(status, headers, body));
        return sender.handOver(work(kind, 1, 1));
    }

    private Outcome.Refused refusal(int status, String headers) {
        return (Outcome.Refused) answerTo(TaskKind.SEND, status, headers, "");
    }

    @Test
    void aReportInTheAnswerIsTheOutcome() {
        assertThat(answerTo(
                        TaskKind.SEND,
                        200,
                        "",
                        "{\"type\":\"SENT\",\"at\":\"2026-11-23T09:00:01Z\",\"reference\":\"x\"}"))
                .isEqualTo(new Outcome.Done(Instant.parse("2026-11-23T09:00:01Z"), "x"));
        assertThat(
                        answerTo(
                                TaskKind.SEND,
                                200,
                                "",
                                "{\"type\":\"REFUSED\",\"refusal\":\"WEEKLY_LIMIT\",\"until\":\"2026-11-30T00:00:00Z\",\"detail\":\"no\"}"))
                .isEqualTo(new Outcome.Refused(
                        Outcome.Reach.ACCOUNT, "WEEKLY_LIMIT", Instant.parse("2026-11-30T00:00:00Z"), "no"));
        assertThat(answerTo(TaskKind.WITHDRAW, 200, "", "{\"type\":\"NOT_WITHDRAWN\"}"))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(answerTo(TaskKind.FOLLOW, 200, "", "{\"type\":\"NOT_FOLLOWED\"}"))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aBrokenReportIsTakenAndTold() {
        for (String body : List.of(
                "{\"type\":\"SEND\"}",
                "{\"type\":7}",
                "{\"type\":\"WITHDRAWN\"}",
                "{\"type\":\"REFUSED\"}",
                "{\"type\":\"REFUSED\",\"refusal\":\"TIRED\"}",
                "{\"type\":\"SENT\",\"at\":\"yesterday\"}")) {
            assertThat(answerTo(TaskKind.SEND, 200, "", body))
                    .as(body)
                    .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.detail())
                            .startsWith("The answer's report was not understood: "));
        }
    }

    @Test
    void whatIsNoReportIsTakenWithoutAWord() {
        for (String body : List.of(
                "", "ok", "{}", "[]", "null", "{\"ok\":true}", "{\"type\":", "[".repeat(9_000), "x".repeat(16_384))) {
            assertThat(answerTo(TaskKind.SEND, 200, "", body)).isEqualTo(new Outcome.Taken());
        }
    }

    @Test
    void aReportThatIsTooLongOrCompressedIsTakenAndTold() {
        String padded = "{\"type\":\"SENT\"" + " ".repeat(16_384) + "}";
        assertThat(answerTo(TaskKind.SEND, 200, "", padded))
                .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.detail())
                        .startsWith("The answer's body has more than 16384 bytes, and was not read."));
        for (String coding : List.of("gzip", "br", "deflate, gzip")) {
            assertThat(answerTo(TaskKind.SEND, 200, "Content-Encoding: " + coding + "\r\n", "{\"type\":\"SENT\"}"))
                    .as(coding)
                    .isInstanceOfSatisfying(Outcome.Taken.class, taken -> assertThat(taken.detail())
                            .startsWith("The answer's body is compressed, which was not asked for, and was not read."));
        }
        assertThat(ear.heard().get(0).headers()).containsEntry("accept-encoding", "identity");
        assertThat(answerTo(TaskKind.SEND, 204, "Content-Encoding: gzip\r\n", ""))
                .isEqualTo(new Outcome.Taken());
        assertThat(answerTo(TaskKind.SEND, 200, "Content-Encoding: Identity\r\n", "{\"type\":\"SENT\"}"))
                .isEqualTo(new Outcome.Done(null, null));
    }

    @Test
    void retryAfterIsHonouredWithinADay() {
        Instant now = clock.now();

        assertThat(refusal(503, "Retry-After: 60\r\n").until()).isBetween(now.plusSeconds(60), now.plusSeconds(70));
        assertThat(refusal(429, "Retry-After: 99999999\r\n").until())
                .isBetween(
                        now.plus(Duration.ofHours(24)),
                        now.plus(Duration.ofHours(24)).plusSeconds(10));
        assertThat(refusal(429, "Retry-After: soon\r\n").until()).isNull();
        assertThat(refusal(500, "Retry-After: 60\r\n").until()).isNull();
    }

    @Test
    void whatIsNoSuccessIsTriedAgainAndAGatewayLeavesADoubt() {
        for (int status : List.of(301, 302, 307, 308, 400, 401, 404, 422, 500, 501, 503)) {
            assertThat(refusal(status, "Location: http://127.0.0.1:1/\r\n").reach())
                    .isEqualTo(Outcome.Reach.TRY);
        }
        assertThat(ear.heard()).hasSize(11);
        assertThat(answerTo(TaskKind.SEND, 502, "", "")).isInstanceOf(Outcome.InDoubt.class);
        assertThat(answerTo(TaskKind.SEND, 504, "", "")).isInstanceOf(Outcome.InDoubt.class);
    }

    @Test
    void brokenAnswersLeaveADoubt() {
        for (String raw : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            ear.does(Ear.says(raw));

            assertThat(sender.handOver(work(TaskKind.SEND, 1, 1))).as(raw).isInstanceOf(Outcome.InDoubt.class);
        }
    }

    @Test
    void anAnswerThatDripsEndsWithTheLimit() {
        ear.does(Ear.drips("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
        long began = System.nanoTime();

        assertThat(sender.handOver(work(TaskKind.SEND, 1, 1))).isInstanceOf(Outcome.InDoubt.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit().plusSeconds(2));
    }

    @Test
    void everyTryHasTheSameBytes() {
        arrange(Receiver.TAKES);
        sender.handOver(work(TaskKind.SEND, 1, 1));
        sender.handOver(work(TaskKind.SEND, 1, 2));

        assertThat(ear.heard().get(1).body()).isEqualTo(ear.heard().get(0).body());
        assertThat(ear.heard().get(0).line()).isEqualTo("POST /hooks?from=pacer HTTP/1.1");
        assertThat(ear.heard().get(0).text())
                .startsWith("{\"type\":\"task.send\",\"timestamp\":\"2026-11-23T09:00:00Z\",\"data\":{\"task\":1,");
    }

    @Test
    void theLongestTaskIsUnderTwentyKilobytes() {
        String long20 = "東".repeat(20_000);
        HandOver longest = new HandOver(
                Long.MAX_VALUE,
                TaskKind.WITHDRAW,
                "a".repeat(63),
                Long.MAX_VALUE,
                99,
                1,
                long20,
                "https://x/" + "%E6".repeat(450),
                long20,
                long20,
                long20,
                long20,
                long20,
                long20,
                long20,
                long20,
                long20,
                long20,
                Instant.EPOCH,
                lane());

        assertThat(TaskMessage.body(longest)).hasSizeLessThan(Message.LARGEST);
    }
}
