package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

import dev.invitepacer.operations.embedded.Service;

/** Who holds a key while its request runs, and what becomes of it where that fails. */
@QuarkusTest
class IdempotencyRaceTest extends SentAgainTest {
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
}
