package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import dev.invitepacer.operations.embedded.Service;

/** Lists as long as a queue may be: watched while they are taken, cut off in the midst, and sent again. */
@QuarkusTest
class LongImportTest extends AnnasImports {
    /** quarkus.datasource.jdbc.max-size. */
    private static final int POOL = 16;

    private static final int ROWS = 100_000;

    @Test
    void aHundredThousandLinesGoInAndTheNextOneIsTooMany() {
        String lines = list(ROWS + 1, i -> "{\"profile\":\"person-" + i + "\",\"firstName\":\"Person\"}\n");

        long began = System.nanoTime();
        JsonPath report = post("application/x-ndjson", lines)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        long millis = (System.nanoTime() - began) / 1_000_000;

        assertThat(report.getString("state")).isEqualTo("DONE");
        assertThat(report.getInt("enqueued")).isEqualTo(ROWS);
        assertThat(report.getList("refused.code")).containsExactly("queue-full");
        assertThat(report.getList("refused.line")).containsExactly(ROWS + 1);
        assertThat(report.getInt("advisedRows")).isEqualTo(ROWS);
        assertThat(report.getList("advised")).hasSize(10_000);
        assertThat(report.getInt("bytesRead")).isEqualTo(report.getInt("bytes")).isEqualTo(lines.length());
        assertThat(count("select count(distinct profile) from invitation where state = 'QUEUED'"))
                .isEqualTo(ROWS);
        Logger.getLogger(LongImportTest.class)
                .warnf("%d rows in %d ms, %d a second", ROWS, millis, ROWS * 1_000L / millis);
    }

    @Test
    void anotherClientSeesItMoveWhileReleasesAndReportsGoOn() {
        long waiting = enqueue("anna", "waiting", "\"priority\":10");
        String place = begin(csv(30_000));

        List<Integer> seen = new ArrayList<>();
        int released = 0;
        JsonPath view = get(place);
        while (view.getString("state").equals("RUNNING")) {
            assertThat(view.getInt("bytesRead")).isLessThanOrEqualTo(view.getInt("bytes"));
            if (seen.isEmpty() || seen.get(seen.size() - 1) < view.getInt("rows")) {
                seen.add(view.getInt("rows"));
            }
            released += releases.round();
            if (released > 0 && state("anna", waiting).equals("RELEASED")) {
                assertThat(report("anna", waiting, "SENT", "").getString("results[0].result"))
                        .isEqualTo("applied");
                assertThat(get(place).getString("state"))
                        .as("while the list is taken")
                        .isEqualTo("RUNNING");
            }
            view = get(place);
        }

        assertThat(seen).hasSizeGreaterThan(3);
        assertThat(state("anna", waiting)).isEqualTo("PENDING");
        assertThat(view.getString("state")).isEqualTo("DONE");
        assertThat(view.getInt("enqueued")).isEqualTo(30_000);
        assertThat(view.getInt("lastLine")).isEqualTo(30_001);
    }

    @Test
    void whatIsCutOffInTheMidstSaysHowFarItCameAndIsSentAgain() {
        String list = csv(20_000);
        String place = begin(list);
        Service.await(() -> get(place).getInt("rows") > 0);
        cutEverything();
        awaitEnd(place);

        JsonPath view = get(place);
        assertThat(view.getString("state")).isEqualTo("STOPPED");
        int taken = view.getInt("rows");
        assertThat(taken).isPositive().isLessThan(20_000);
        assertThat(view.getInt("lastLine")).isEqualTo(taken + 1);
        assertThat(view.getString("detail")).contains("up to line " + (taken + 1), "Send the whole list again");
        assertThat(query("select profile from invitation order by id limit 1 offset " + (taken - 1)))
                .containsExactly("person-" + taken);
        assertThat(count("select count(*) from invitation")).isEqualTo(taken);
        assertThat(count("select count(*) from history where event = 'list.stopped'"))
                .isOne();

        JsonPath again = post("text/csv", list).then().statusCode(200).extract().jsonPath();
        assertThat(again.getInt("enqueued")).isEqualTo(20_000 - taken);
        assertThat(again.getInt("refusedRows")).isEqualTo(taken);
        assertThat(again.getString("refused[0].code")).isEqualTo("already-queued");
        assertThat(count("select count(*) from invitation")).isEqualTo(20_000);
        assertThat(count("select count(distinct profile) from invitation")).isEqualTo(20_000);
        assertThat(count("select count(*) from history where event = 'invitation.queued'"))
                .isEqualTo(20_000);
    }

    @Test
    void aListThatCameWithAKeyIsThereAsLongAsItsImportRuns() throws SQLException {
        String place;
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            // The import reads the templates before it reads the list.
            statement.execute("lock table template in access exclusive mode");
            Response answer = given().contentType("text/csv")
                    .body(csv(2_000))
                    .header("Idempotency-Key", "\"4ab7a35c-6f2e-4a0e-9a36-2f5c2b1f3f55\"")
                    .header("Prefer", "respond-async")
                    .post(ANNA + "/imports");
            answer.then().statusCode(202);
            place = answer.header("Location").replaceFirst("^https?://[^/]+", "");
            // The key is done, and so is all that the answer had to close.
            Service.await(() -> count("select count(*) from idempotency where status = 202") > 0);
            holder.rollback();
        }
        awaitEnd(place);
        assertThat(get(place).getString("state")).isEqualTo("DONE");
        assertThat(get(place).getInt("enqueued")).isEqualTo(2_000);
    }

    @Test
    void aCallerWhoWaitsIsToldHowFarItCame() throws Exception {
        Response[] answer = new Response[1];
        Thread caller = new Thread(() -> answer[0] = post("text/csv", csv(20_000)));
        caller.start();
        Service.await(() -> count("select count(*) from import where rows > 0") > 0);
        cutEverything();
        caller.join();

        answer[0]
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("code", equalTo("database-away"))
                .body("line", equalTo((int) count("select last_line from import")))
                .body("import", equalTo((int) count("select id from import")))
                .body("detail", containsString("Send the whole list again"));
    }

    @Test
    void onlySoManyRunAtOnce() throws SQLException {
        List<String> places = new ArrayList<>();
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            for (int i = 0; i < 4; i++) {
                places.add(begin("profile\nperson-" + i + "\n"));
            }
            beginning("profile\nfifth\n")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("busy"))
                    .body("detail", containsString("pacer.imports.at-once"));
            post("text/csv", "profile\nsixth\n").then().statusCode(503);
            holder.rollback();
        }
        places.forEach(this::awaitEnd);
        assertThat(query("select profile from invitation order by profile"))
                .containsExactly("person-0", "person-1", "person-2", "person-3");
        post("text/csv", "profile\nsixth\n").then().statusCode(200);
    }

    @Test
    void aListThatCannotBeReadIsRefusedAtOnceAndLeavesNothing() {
        beginning("profile,note\nperson,\"never closed\n")
                .then()
                .statusCode(400)
                .body("line", equalTo(2));
        assertThat(count("select count(*) from import")).isZero();
    }

    @Test
    void aDryRunKeepsNobodyWaiting() throws SQLException {
        String list = csv(5_000) + "person-7\n";
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            statement.execute("update import set detail = null");
            Response beginning = given().contentType("text/csv")
                    .body(list)
                    .header("Prefer", "respond-async")
                    .post(ANNA + "/imports?dryRun=true");
            String place = beginning.then().statusCode(202).extract().header("Location");
            Service.await(() -> get(place).getInt("rows") > 5_000);
            holder.rollback();
            awaitEnd(place);
            assertThat(get(place).getList("refused.line")).containsExactly(5_002);
            assertThat(get(place).getMap("")).containsEntry("enqueued", 5_000).containsEntry("dryRun", true);
        }
        assertThat(count("select count(*) from invitation")).isZero();
        assertThat(count("select count(*) from history where event like 'list.%'"))
                .isZero();
    }

    private String begin(String csv) {
        Response answer = beginning(csv);
        answer.then()
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .body("dryRun", equalTo(false));
        return answer.header("Location").replaceFirst("^https?://[^/]+", "");
    }

    private static Response beginning(String csv) {
        return given().contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .header("Prefer", "wait=10, Respond-Async; x=y")
                .post(ANNA + "/imports");
    }

    private static String csv(int rows) {
        return "profile,firstName,note\n"
                + list(
                        rows,
                        i -> "person-" + i + ",Person,\"Hi, we met at PGConf and talked about queues and pacing.\"\n");
    }

    private static String list(int rows, IntFunction<String> row) {
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= rows; i++) {
            list.append(row.apply(i));
        }
        return list.toString();
    }

    private void awaitEnd(String place) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            Map<String, Object> answer = given().get(place).jsonPath().getMap("");
            if (!"RUNNING".equals(answer.getOrDefault("state", "RUNNING"))) {
                return;
            }
        }
        throw new IllegalStateException("it does not end");
    }

    /** Cuts every connection of the service while its next batch waits for the account, so that the cut is in the midst. */
    private void cutEverything() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            Service.await(() -> isSomebodyWaiting(statement));
            statement.execute("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()""");
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        findOutWhatIsCut();
    }

    private static boolean isSomebodyWaiting(Statement statement) {
        try (ResultSet waiting = statement.executeQuery("""
                select exists (select from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock')""")) {
            return waiting.next() && waiting.getBoolean(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Takes nearly all of the pool at once and tries each, so that none that is cut answers a later request with 503. */
    private void findOutWhatIsCut() {
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < POOL - 2) {
                taken.add(database.getConnection());
            }
        } catch (SQLException theRestIsInUse) {
            // What is in use is found out by whoever uses it.
        }
        for (Connection connection : taken) {
            try (connection;
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            } catch (SQLException cut) {
                // The pool drops it.
            }
        }
    }
}
