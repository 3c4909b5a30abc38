package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.operations.embedded.Service;

/** A POST that is sent again with its key does nothing again, and gets the answer that it got. */
@QuarkusTest
class IdempotencyTest extends ServiceTest {
    private static final String ANNA = "/api/v1/accounts/anna";
    private static final String KEY = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Inject
    KeptAnswers answers;

    @Inject
    RunningKeys keys;

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    @Test
    void theFirstAnswerIsGivenAgain() throws Exception {
        HttpResponse<String> first = post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\",\"note\":\"Hé 👋\"}");
        execute("update invitation set note = 'changed since'");
        HttpResponse<String> again = post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\",\"note\":\"Hé 👋\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(count("select count(*) from invitation")).isOne();
    }

    @Test
    void aRefusalIsGivenAgainToo() throws Exception {
        HttpResponse<String> first = post(ANNA + "/invitations", KEY, "{\"profile\":\"not one\"}");
        HttpResponse<String> again = post(ANNA + "/invitations", KEY, "{\"profile\":\"not one\"}");

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void anAnswerWithoutABodyIsGivenAgain() throws Exception {
        long id = enqueue("anna", "jane-doe");
        setTime(MONDAY_8.plusSeconds(3_600));
        releases.round();
        report("anna", id, "SENT", "");
        String path = ANNA + "/invitations/" + id + "/withdraw";

        HttpResponse<String> first = post(path, KEY, "");
        HttpResponse<String> again = post(path, KEY, "");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    static Stream<String[]> others() {
        return Stream.of(
                new String[] {ANNA + "/invitations", "{\"profile\":\"john-doe\"}"},
                new String[] {"/api/v1/accounts/bert/invitations", "{\"profile\":\"jane-doe\"}"},
                new String[] {ANNA + "/reports", "{\"profile\":\"jane-doe\"}"});
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherRequestCannotHaveTheKey(String path, String body) throws Exception {
        account("bert", "");
        post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}");

        HttpResponse<String> other = post(path, KEY, body);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"idempotency-key-reused\"");
        assertThat(count("select count(*) from invitation")).isOne();
        assertThat(post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8e03978e",
                "\"\"",
                "\"open",
                "open\"",
                "\"a\" \"b\"",
                "\"a\";x=1",
                "\"a\\b\"",
                "'a'",
                "\"a\"b\"",
                ""
            })
    void aKeyThatIsNoQuotedStringIsRefusedWithHowToWriteIt(String key) throws Exception {
        HttpResponse<String> refused = post(ANNA + "/invitations", key, "{\"profile\":\"jane-doe\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"unreadable\"", "Idempotency-Key");
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void aKeyHasAtMost255Characters() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        assertThat(post(ANNA + "/invitations", "\"" + "k".repeat(256) + "\"", body)
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(ANNA + "/invitations", "\"" + "k".repeat(253) + "\\\"\\\\\"", body)
                        .statusCode())
                .isEqualTo(201);
        assertThat(query("select key from idempotency")).containsExactly("k".repeat(253) + "\"\\");
    }

    @Test
    void othersThanPostHaveNoNeedOfAKey() {
        assertThat(Answer.to("GET", ANNA, null, "Idempotency-Key", "unquoted").status())
                .isEqualTo(200);
        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void anAnswerIsKeptForADay() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        post(ANNA + "/invitations", KEY, body);
        setTime(MONDAY_8.plus(Duration.ofHours(24)).minusSeconds(1));
        keys.round();
        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(201);

        setTime(MONDAY_8.plus(Duration.ofHours(24)));
        HttpResponse<String> anew = post(ANNA + "/invitations", KEY, body);
        assertThat(anew.statusCode()).isEqualTo(409);
        assertThat(anew.headers().firstValue("Idempotent-Replayed")).isEmpty();

        setTime(MONDAY_8.plus(Duration.ofHours(48)));
        keys.round();
        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void sixteenEqualRequestsAtOnceHaveOneEffect() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "\"round-" + round + "\"";
            String body = "{\"type\":\"SENT_BY_HAND\",\"profile\":\"person-" + round + "\"}";
            List<HttpResponse<String>> responses = atOnce(16, () -> post(ANNA + "/reports", key, body));

            assertThat(responses)
                    .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 409));
            assertThat(responses.stream()
                            .filter(response -> response.statusCode() == 200)
                            .map(HttpResponse::body)
                            .distinct())
                    .hasSize(1);
            assertThat(responses.stream()
                            .filter(response -> response.statusCode() == 200
                                    && response.headers()
                                            .firstValue("Idempotent-Replayed")
                                            .isEmpty()))
                    .hasSize(1);
            assertThat(responses.stream().filter(response -> response.statusCode() == 409))
                    .allSatisfy(response -> {
                        assertThat(response.body()).contains("idempotency-key-running");
                        assertThat(response.headers().firstValue("Retry-After")).isPresent();
                    });
        }
        assertThat(count("select count(*) from ledger")).isEqualTo(20);
    }

    @Test
    void aKeyIsHeldWhileItsRequestRunsAndItsLeaseIsRenewed() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        ExecutorService behind = Executors.newSingleThreadExecutor();
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            Future<HttpResponse<String>> first = behind.submit(() -> post(ANNA + "/invitations", KEY, body));
            Service.await(() -> count("select count(*) from idempotency") > 0);

            assertThat(post(ANNA + "/invitations", KEY, body).body()).contains("idempotency-key-running");
            assertThat(post(ANNA + "/invitations", KEY, "{}").body()).contains("idempotency-key-reused");
            execute("update idempotency set leased_until = clock_timestamp() + interval '1 second'");
            keys.round();
            assertThat(
                            count(
                                    "select count(*) from idempotency where leased_until > clock_timestamp() + interval '50 seconds'"))
                    .isOne();

            holder.rollback();
            assertThat(first.get().statusCode()).isEqualTo(201);
        } finally {
            behind.shutdownNow();
        }
        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(201);
        assertThat(count("select count(*) from invitation")).isOne();
    }

    @Test
    void aKeyWhoseProcessDiedIsFreeAfterItsLease() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        post(ANNA + "/invitations", KEY, body);
        execute("""
                update idempotency
                   set status = null, headers = null, body = null, leased_until = clock_timestamp() + interval '60 seconds'""");
        execute("delete from invitation");

        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(409);
        execute("update idempotency set leased_until = clock_timestamp() - interval '1 millisecond'");
        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(201);
    }

    @Test
    void anAnswerOf500AndAboveIsNotKept() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        execute("alter table invitation rename to hidden");
        HttpResponse<String> failed;
        try {
            failed = post(ANNA + "/invitations", KEY, body);
        } finally {
            execute("alter table hidden rename to invitation");
        }

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(count("select count(*) from idempotency")).isZero();
        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(201);
    }

    @Test
    void aListIsComparedBeforeAnythingOfItIsTaken() throws Exception {
        String list = "profile\n"
                + IntStream.range(0, 20_000).mapToObj(i -> "person-" + i + "\n").reduce("", String::concat);
        HttpResponse<String> first = send(ANNA + "/imports", KEY, "text/csv", list);
        HttpResponse<String> again = send(ANNA + "/imports", KEY, "text/csv", list);
        HttpResponse<String> longer = send(ANNA + "/imports", KEY, "text/csv", list + "one-more\n");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"enqueued\":20000");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(longer.statusCode()).isEqualTo(422);
        assertThat(count("select count(*) from import")).isOne();
        assertThat(count("select count(*) from invitation")).isEqualTo(20_000);
    }

    @Test
    void aBodyThatBreaksOffTakesNoKey() throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST " + ANNA
                                    + "/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nIdempotency-Key: "
                                    + KEY + "\r\nContent-Length: 5000\r\n\r\nprofile\nsomebody\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
        assertThat(send(ANNA + "/imports", KEY, "text/csv", "profile\nsomebody\n")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherQueryCannotHaveTheKey() throws Exception {
        String list = "profile\njane-doe\n";

        HttpResponse<String> dry = send(ANNA + "/imports?dryRun=true", KEY, "text/csv", list);
        HttpResponse<String> real = send(ANNA + "/imports", KEY, "text/csv", list);

        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(real.statusCode()).isEqualTo(422);
        assertThat(real.body()).contains("\"idempotency-key-reused\"");
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void anUnknownParameterTakesNoKey() throws Exception {
        assertThat(post(ANNA + "/invitations?x=1", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    /** Whoever sends it smaller sends another request. */
    @Test
    void aBodyOverItsCallsLimitIsAnAnswerLikeAnother() throws Exception {
        String body = " ".repeat(2_000_000);
        assertThat(post(ANNA + "/reports", KEY, body).statusCode()).isEqualTo(413);

        HttpResponse<String> again = post(ANNA + "/reports", KEY, body);

        assertThat(again.statusCode()).isEqualTo(413);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void aBodyOverEveryLimitTakesNoKey() throws Exception {
        int mebibytes = Math.toIntExact(answers.largestBody().bytes() >> 20) + 1;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + ANNA + "/imports"))
                .header("Idempotency-Key", KEY)
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(mebibytes, new byte[1 << 20])))
                .build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void anErasedPersonIsNoLongerInKeptAnswers() throws Exception {
        String jane = "{\"profile\":\"jané\",\"firstName\":\"Jané\"}";
        post(ANNA + "/invitations", KEY, jane);
        post(ANNA + "/invitations", "\"2\"", "{\"profile\":\"jané-2\"}");

        Profile profile = Profile.parse("jané");
        assertThat(answers.forget(List.of("\"" + profile.slug() + "\"", profile.url() + "\"")))
                .isOne();

        HttpResponse<String> again = post(ANNA + "/invitations", KEY, jane);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Location")).isPresent();
        assertThat(count("select count(*) from invitation")).isEqualTo(2);
        assertThat(post(ANNA + "/invitations", "\"2\"", "{\"profile\":\"jané-2\"}")
                        .body())
                .contains("jané-2");
    }

    private static List<HttpResponse<String>> atOnce(int many, Callable<HttpResponse<String>> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                calls.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            List<HttpResponse<String>> responses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : calls) {
                responses.add(answer.get());
            }
            return responses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static HttpResponse<String> post(String path, String key, String json)
            throws IOException, InterruptedException {
        return send(path, key, "application/json", json);
    }

    private static HttpResponse<String> send(String path, String key, String type, String body)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                        .header("Content-Type", type)
                        .header("Idempotency-Key", key)
                        .POST(
                                bytes.length > 1_000_000
                                        ? HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(bytes))
                                        : HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
