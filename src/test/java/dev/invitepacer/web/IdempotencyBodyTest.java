package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bodies that are long, too long or not whole, sent with a key. */
@QuarkusTest
class IdempotencyBodyTest extends SentAgainTest {
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
}
