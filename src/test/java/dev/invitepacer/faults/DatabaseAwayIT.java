package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** The packaged service while its database is away, and after it has come back. */
class DatabaseAwayIT {
    /** The acquisition timeout, and a little for the way. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final String ANNA = "/api/v1/accounts/anna";

    @TempDir
    Path directory;

    private TestPostgres postgres;
    private TestPostgres.Database database;
    private Service service;
    private final Door api = new Door();
    private final Door management = new Door();

    @BeforeEach
    void launch() throws Exception {
        postgres = TestPostgres.in(directory);
        database = postgres.createDatabase();
        service = Service.launch(database, directory, Map.of("PACER_TIME_LAPSE", "5000"))
                .awaitReady();
        api.leadTo(service.api());
        management.leadTo(service.management());
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        service.kill();
        postgres.close();
    }

    @Test
    void requestsAreToldToComeAgainAndEverythingGoesOnByItself() throws Exception {
        assertThat(api.ask("PUT", ANNA, "application/json", "{\"name\":\"Anna\"," + AllHours.settings(100, 1) + "}")
                        .status())
                .isEqualTo(201);
        assertThat(api.ask("POST", ANNA + "/imports", "text/csv", drafts(200)).status())
                .isEqualTo(200);
        Service.await(() -> released() >= 2);
        assertThat(management.get("/q/health/ready").status()).isEqualTo(200);

        postgres.close();

        assertIsAway("GET", ANNA, null);
        assertIsAway("GET", "/api/v1/tasks", null);
        assertIsAway("POST", ANNA + "/invitations", "{\"profile\":\"in-the-dark\"}");
        assertIsAway("POST", ANNA + "/reports", "{\"type\":\"SENT_BY_HAND\",\"profile\":\"in-the-dark\"}");
        assertThat(management.get("/q/health/ready").status()).isEqualTo(503);
        assertThat(management.get("/q/health/live").status()).isEqualTo(200);
        assertThat(service.endsWithin(Duration.ofSeconds(2)))
                .as("it ends while the database is away")
                .isFalse();

        postgres.restart();

        long before = released();
        Service.await(() -> status(management, "/q/health/ready") == 200);
        Service.await(() -> status(api, ANNA) == 200);
        Service.await(() -> released() > before);
        assertThat(api.ask("POST", ANNA + "/invitations", "application/json", "{\"profile\":\"in-the-light\"}")
                        .status())
                .isEqualTo(201);
        assertThat(database.query("select count(*) from invitation where profile = 'in-the-dark'"))
                .isEqualTo("0");
        try (var connection = database.connect()) {
            assertThat(Audit.findings(connection)).isEmpty();
        }
    }

    private void assertIsAway(String method, String path, String body) throws Exception {
        long began = System.nanoTime();
        Door.Answer answer = api.ask(method, path, "application/json", body);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as(method + " " + path)
                .isLessThan(PATIENCE);
        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body().path("code").asText()).isEqualTo("database-away");
    }

    private static int status(Door door, String path) {
        try {
            return door.get(path).status();
        } catch (IOException unanswered) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private long released() {
        try {
            return Long.parseLong(database.query("select count(*) from ledger"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String drafts(int many) {
        StringBuilder csv = new StringBuilder("profile\n");
        for (int i = 1; i <= many; i++) {
            csv.append("person-").append(i).append('\n');
        }
        return csv.toString();
    }
}
