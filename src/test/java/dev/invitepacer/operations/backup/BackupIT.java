package dev.invitepacer.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.faults.AllHours;
import dev.invitepacer.faults.Audit;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** The commands of docs/how-to/back-up-and-restore.md and docs/how-to/move-to-your-own-postgresql.md, as they stand there. */
class BackupIT {
    private static final Path BACKING_UP = Path.of("docs/how-to/back-up-and-restore.md");
    private static final Path MOVING = Path.of("docs/how-to/move-to-your-own-postgresql.md");
    private static final String PROGRAM = "java -jar target/quarkus-app/quarkus-run.jar ";
    private static final int DRAFTS = 40;
    private static final List<String> TABLES = List.of("account", "invitation", "ledger", "task", "history", "event");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private Service service;

    @AfterEach
    void end() throws InterruptedException {
        if (service != null) {
            service.kill();
        }
    }

    @Test
    void whatTheEmbeddedPostgresqlHeldGoesOnInAnotherAsIfNothingHadHappened() throws Exception {
        assumeFalse(Service.isNative(), "an executable has no embedded PostgreSQL to move from");
        service = Service.launch(Service.jar(), directory, Map.of("PACER_TIME_LAPSE", "600"))
                .awaitReady();
        queue();
        Service.await(() -> get("/api/v1/tasks?account=anna").path("items").size() >= 3);

        // While it runs: one moment of it.
        run(BACKING_UP, Map.of(), "export backup-of-today.zip");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("backup-of-today.zip"))))
                .isEqualTo("rw-------");
        Path piped = directory.resolve("piped.zip");
        assertThat(Service.command(directory, Map.of(), piped, "export", "-").text())
                .contains(" written");
        service.terminate();

        // While it is stopped: the last one.
        run(MOVING, Map.of(), "export moving.zip");

        TestPostgres.Database made = TestPostgres.shared().createDatabase();
        Service.launch(Service.jar(), directory, environment(made)).awaitReady().terminate();
        TestPostgres.Database restored = importInto(made, "backup-of-today.zip", BACKING_UP);
        TestPostgres.Database moved = importInto(made, "moving.zip", MOVING);
        assertThat(counts(moved).get("invitation")).isEqualTo(Integer.toString(DRAFTS));
        assertThat(counts(restored).get("invitation")).isEqualTo(Integer.toString(DRAFTS));
        assertThat(ledger(restored)).isBetween(3L, ledger(moved));
        TestPostgres.Database carried = TestPostgres.shared().copyOf(made);
        Service.Told told = Service.command(directory, environment(carried), piped, "import", "-");
        assertThat(told.code()).as(told.text()).isZero();
        assertThat(ledger(carried)).isBetween(ledger(restored), ledger(moved));

        service = Service.launch(Service.jar(), directory, environment(moved)).awaitReady();
        tour(moved, ledger(moved));
        service.terminate();
        assertThat(audit(moved)).isEmpty();
    }

    @Test
    void anImportThatIsNotMeantToBeChangesNothing() throws Exception {
        TestPostgres.Database used = TestPostgres.shared().createDatabase();
        Map<String, String> environment = environment(used);
        Files.writeString(directory.resolve("no-export.zip"), "nothing of ours");

        assertThat(Service.command(directory, environment, "export", "early.zip")
                        .text())
                .contains("there are no tables");
        service = Service.launch(Service.jar(), directory, environment).awaitReady();
        queue();
        assertThat(Service.command(directory, environment, "export", "good.zip").code())
                .isZero();
        for (String wrong : List.of("no-export.zip", "not-there.zip")) {
            assertThat(Service.command(directory, environment, "import", wrong).code())
                    .as(wrong)
                    .isEqualTo(1);
        }
        Service.Told refused = Service.command(directory, environment, "import", "good.zip");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.text()).contains("an import needs one that nobody has used");
        assertThat(Service.command(directory, environment, "export", "good.zip").text())
                .contains("is there already");
        assertThat(Service.command(directory, environment, "export").code()).isEqualTo(2);
        used.execute(
                "delete from flyway_schema_history where installed_rank = (select max(installed_rank) from flyway_schema_history)");
        assertThat(Service.command(directory, environment, "import", "good.zip").text())
                .contains("import it with the release that exported it");
        assertThat(used.query("select count(*) from invitation")).isEqualTo(Integer.toString(DRAFTS));
    }

    /** Into an empty database, in which the service has made its tables. */
    private TestPostgres.Database importInto(TestPostgres.Database made, String file, Path page) throws Exception {
        TestPostgres.Database database = TestPostgres.shared().copyOf(made);
        run(page, environment(database), "import " + file);
        assertThat(audit(database)).isEmpty();
        return database;
    }

    /** A task is done and accepted, its history is whole, more is released and foretold, and a new draft is taken. */
    private void tour(TestPostgres.Database database, long released) throws Exception {
        JsonNode task =
                get("/api/v1/tasks?account=anna&kind=SEND").path("items").path(0);
        String invitation = task.path("invitation").asText();
        ask("POST", "/api/v1/tasks/" + task.path("id").asText() + "/report", "{\"type\":\"SENT\"}", 200);
        ask("POST", "/api/v1/accounts/anna/reports", "{\"type\":\"ACCEPTED\",\"invitation\":" + invitation + "}", 200);
        List<String> history = get("/api/v1/accounts/anna/invitations/" + invitation + "/history")
                .path("items")
                .findValuesAsText("event");
        assertThat(history)
                .containsExactly(
                        "invitation.queued", "invitation.released", "invitation.reported", "invitation.reported");
        assertThat(get("/api/v1/accounts/anna/forecast").path("releases")).isNotEmpty();
        JsonNode draft = ask("POST", "/api/v1/accounts/anna/invitations", "{\"profile\":\"after-the-move\"}", 201);
        assertThat(draft.path("id").asLong())
                .as("a number that was not given after the backup either")
                .isGreaterThan(1_000_000);
        Service.await(() -> ledger(database) > released);
    }

    private void queue() throws Exception {
        ask("PUT", "/api/v1/accounts/anna", "{\"name\":\"Anna\"," + AllHours.settings(100, 3) + "}", 201);
        String csv = IntStream.rangeClosed(1, DRAFTS)
                .mapToObj(i -> "søren-\u017Ei\u017Eka-" + i + ",\"Hi, \"\"S\"\"\nand\ttab \\ back\"")
                .collect(Collectors.joining("\n", "profile,note\n", "\n"));
        HttpResponse<String> imported = client.send(
                HttpRequest.newBuilder(URI.create(service.api() + "/api/v1/accounts/anna/imports"))
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(csv))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(json.readTree(imported.body()).path("enqueued").asInt())
                .as(imported.body())
                .isEqualTo(DRAFTS);
    }

    /** Runs a command that the page tells. */
    private void run(Path page, Map<String, String> environment, String words) throws Exception {
        assertThat(Files.readString(page)).contains(PROGRAM + words);
        Service.Told told = Service.command(directory, environment, words.split(" "));
        assertThat(told.code()).as(told.text()).isZero();
        assertThat(told.text()).containsPattern("[1-9][0-9]* rows of [0-9]+ tables");
    }

    private static Map<String, String> environment(TestPostgres.Database database) {
        return new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                "PACER_TIME_LAPSE", "600"));
    }

    private static Map<String, String> counts(TestPostgres.Database database) {
        return TABLES.stream().collect(Collectors.toMap(table -> table, table -> {
            try {
                return database.query("select count(*) from " + table);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }));
    }

    private static long ledger(TestPostgres.Database database) {
        return Long.parseLong(counts(database).get("ledger"));
    }

    private static List<String> audit(TestPostgres.Database database) throws SQLException {
        try (var connection = database.connect()) {
            return Audit.findings(connection);
        }
    }

    private JsonNode get(String path) {
        try {
            return ask("GET", path, null, 200);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode ask(String method, String path, String body, int status) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(service.api() + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isEqualTo(status);
        return json.readTree(response.body());
    }
}
