package dev.invitepacer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;

/** A caller that hangs up can send its request again with its key at once: what was done is told, and nothing is done twice. */
@QuarkusTest
class HungUpTest extends ServiceTest {
    private static final String IMPORTS = "/api/v1/accounts/anna/imports";
    private static final String INVITATIONS = "/api/v1/accounts/anna/invitations";
    private static final String JANE = "{\"profile\":\"jane-doe\"}";
    private static final String KEY = "\"hung-up\"";
    private static final int DRAFTS = 8_000;
    private static final int IN_TIME = 20_000;
    /** Only this process's lists have it, so that their files are known among others'. */
    private static final String MARK = "hung-up-" + ProcessHandle.current().pid() + "-";

    @Inject
    RunningKeys keys;

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    @Test
    void whatIsDoneForOneWhoHungUpWhileItRanIsToldToTheNext() throws Exception {
        String list = list(0);
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            hangUpWhileItWaits(statement, IMPORTS, list);
            assertThat(post(IMPORTS, KEY, list).statusCode()).isEqualTo(409);
            assertThat(files()).isPositive();
            holder.rollback();
        }

        assertThat(whenItIsOver(KEY, list).getHeader("Idempotent-Replayed")).isEqualTo("true");
        assertDoneOnce(1);
    }

    @Test
    void aKeyIsFreeAtOnceWhenItsRequestFailedWithNobodyListening() throws Exception {
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            hangUpWhileItWaits(statement, INVITATIONS, JANE);
            assertThat(count("select count(*) from idempotency")).isOne();
            query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
            Service.await(() -> count("select count(*) from idempotency") == 0);
            holder.rollback();
        }

        Response again = post(INVITATIONS, KEY, JANE);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.getHeader("Idempotent-Replayed")).isNull();
        assertThat(count("select count(*) from invitation")).isOne();
    }

    @Test
    void oneWhoHangsUpAfterTheLastByteHasItDoneOnce() throws Exception {
        int rounds = 4;
        for (int i = 0; i < rounds; i++) {
            String list = list(i);
            try (Socket socket = send(IMPORTS, "\"" + i + "\"", list, list.length())) {
                // Every other connection is reset, with no good-bye.
                socket.setSoLinger(i % 2 == 0, 0);
            }
            whenItIsOver("\"" + i + "\"", list);
        }
        assertDoneOnce(rounds);
    }

    @Test
    void oneWhoHangsUpWithinTheBodyHasTakenNoKey() throws Exception {
        String list = list(0);
        try (Socket socket = send(IMPORTS, KEY, list, list.length() + 50_000)) {
            Service.await(() -> files() > 0);
            hangUp(socket);
        }
        Service.await(() -> files() == 0);

        assertThat(count("select count(*) from idempotency")).isZero();
        assertThat(post(IMPORTS, KEY, list).getHeader("Idempotent-Replayed")).isNull();
        assertDoneOnce(1);
    }

    private void hangUpWhileItWaits(Statement holder, String path, String body) throws SQLException, IOException {
        holder.getConnection().setAutoCommit(false);
        holder.execute("select * from pace where account = 'anna' for update");
        try (Socket socket = send(path, KEY, body, body.length())) {
            Service.await(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 1);
            hangUp(socket);
        }
    }

    /** Everything was enqueued once, no key is held or renewed, and no file is left. */
    private void assertDoneOnce(int lists) {
        assertThat(count("select count(*) from invitation")).isEqualTo((long) lists * DRAFTS);
        assertThat(count("select count(*) from import")).isEqualTo(lists);
        assertThat(count("select count(*) from idempotency where leased_until is null"))
                .isEqualTo(lists);
        execute("""
                update idempotency
                   set status = null, headers = null, body = null, leased_until = clock_timestamp() + interval '1 second'""");
        keys.round();
        assertThat(
                        count(
                                "select count(*) from idempotency where leased_until > clock_timestamp() + interval '2 seconds'"))
                .isZero();
        Service.await(() -> files() == 0);
    }

    private Response whenItIsOver(String key, String list) {
        Response[] last = new Response[1];
        Service.await(() -> {
            last[0] = post(IMPORTS, key, list);
            return !last[0].asString().contains("idempotency-key-running");
        });
        assertThat(last[0].statusCode()).isEqualTo(200);
        assertThat(last[0].jsonPath().getInt("enqueued")).isEqualTo(DRAFTS);
        return last[0];
    }

    /** More than is kept in memory. */
    private static String list(int number) {
        return IntStream.range(0, DRAFTS)
                .mapToObj(i -> MARK + number + "-" + i)
                .collect(Collectors.joining("\n", "profile\n", "\n"));
    }

    private static Response post(String path, String key, String body) {
        return given().contentType(type(path))
                .header("Idempotency-Key", key)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    private static String type(String path) {
        return path.equals(IMPORTS) ? "text/csv" : "application/json";
    }

    private static Socket send(String path, String key, String body, int length) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(IN_TIME);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type(path)
                                + "\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Returns when the service has seen it: it closes its side then. */
    private static void hangUp(Socket socket) throws IOException {
        socket.shutdownOutput();
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static long files() {
        long files = 0;
        try (DirectoryStream<Path> spooled =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "pacer-body-*")) {
            for (Path file : spooled) {
                files += holdsTheMark(file) ? 1 : 0;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static boolean holdsTheMark(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(1_000), StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
