package dev.invitepacer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;

/** Whoever sends a body byte by byte holds nothing for long, and somebody unknown holds nothing at all. */
@QuarkusTest
class SlowBodyTest extends ServiceTest {
    private static final int IN_TIME = 20_000;
    /** More than is buffered before a thread waits for the rest. */
    private static final int BEGINNING = 12_000;

    @Inject
    SlowBodies bodies;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 900000", "Content-Length: 4097", "Transfer-Encoding: chunked"})
    void whoeverSignsInWithALongBodyIsRefusedBeforeItComes(String length) throws IOException {
        try (Socket socket = begin("POST /api/v1/session", length, "")) {
            assertThat(answer(socket, 40)).startsWith("HTTP/1.1 413 ");
        }
        assertThat(Answer.toJson("POST", "/api/v1/session", "{\"key\":\"pk_x\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"PUT /api/v1/accounts/anna, application/json", "POST /api/v1/accounts/ben/imports, text/csv"})
    void whoeverDripsABodyIsCutOff(String call, String type) throws IOException {
        // There is one of the two: who sends a list to nobody is told so before the list has come.
        account("ben", "");
        int before = bodies.arriving();
        try (Socket socket = begin(call, "Content-Length: 900000\r\nContent-Type: " + type, " ".repeat(BEGINNING))) {
            await(before + 1);
            long now = System.nanoTime();
            assertThat(bodies.cutSlow(now + Duration.ofSeconds(30).toNanos())).isZero();
            socket.getOutputStream().write(' ');
            assertThat(bodies.cutSlow(now + Duration.ofSeconds(62).toNanos())).isOne();
            assertClosed(socket);
        }
        given().get("/api/v1/accounts/anna").then().statusCode(404);
        assertThat(count("select count(*) from invitation")).isZero();
        await(before);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE /api/v1/accounts/anna, '', 204",
        "POST /api/v1/accounts/anna/invitations, '{\"profile\": \"jane-doe\"}', 201"
    })
    void whoeverWaitsForItsAnswerIsNotCutOffHoweverLong(String call, String body, int status) throws Exception {
        account("anna", "");
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            try (Socket socket = begin(call, "Content-Length: " + body.length(), body)) {
                Service.await(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
                assertThat(bodies.cutSlow(
                                System.nanoTime() + Duration.ofHours(1).toNanos()))
                        .isZero();
                holder.rollback();
                assertThat(answer(socket, 40)).startsWith("HTTP/1.1 " + status);
            }
        }
    }

    private void await(int arriving) {
        Service.await(() -> bodies.arriving() == arriving);
    }

    private static void assertClosed(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT60S, false",
        "16383, PT61S, true",
        "1000000, PT2M, false",
        "64000000, PT1H, false",
        "64000000, PT2H, true"
    })
    void aBodyMayTakeAsLongAsASlowLineTakes(long bytes, Duration within, boolean isTooSlow) {
        assertThat(SlowBodies.isTooSlow(bytes, within)).isEqualTo(isTooSlow);
    }

    private static Socket begin(String call, String length, String beginning) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(IN_TIME);
        socket.getOutputStream()
                .write((call + " HTTP/1.1\r\nHost: localhost\r\n"
                                + (length.contains("Content-Type") ? "" : "Content-Type: application/json\r\n") + length
                                + "\r\n\r\n" + beginning)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String answer(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }
}
