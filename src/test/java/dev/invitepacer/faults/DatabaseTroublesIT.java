package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** The packaged service on a database that is there and does not do what it should. docs/explanation/failures.md tells each. */
class DatabaseTroublesIT {
    private static final String ANNA = "/api/v1/accounts/anna";

    @TempDir
    static Path directory;

    private static final Door API = new Door();
    private static final Door MANAGEMENT = new Door();
    private static TestPostgres.Database database;
    private static Service service;

    @BeforeAll
    static void launch() throws Exception {
        database = TestPostgres.shared().createDatabase();
        service = Service.launch(database, directory, Map.of("PACER_TIME_LAPSE", "5000"))
                .awaitReady();
        API.leadTo(service.api());
        MANAGEMENT.leadTo(service.management());
        API.ask("PUT", ANNA, "application/json", "{\"name\":\"Anna\"," + AllHours.settings(100, 1) + "}");
        API.ask("POST", ANNA + "/imports", "text/csv", DatabaseAwayIT.drafts(500));
        Service.await(() -> released() >= 2);
    }

    @AfterAll
    static void endEverything() throws InterruptedException {
        service.kill();
    }

    @Test
    void whatTakesNoChangesIsReadAndIsNotReadyAndItGoesOnByItself() throws Exception {
        String name = database.query("select current_database()");
        database.execute("alter database " + name + " set default_transaction_read_only = on");
        cutConnections();

        // A connection that was cut is told of once, and then there is a new one.
        Service.await(() -> saysThatItTakesNoChanges());
        Service.await(() -> status(API, ANNA) == 200);
        assertIsAway("in-the-dark");
        assertThat(status(MANAGEMENT, "/q/health/ready")).isEqualTo(503);
        assertThat(status(MANAGEMENT, "/q/health/live")).isEqualTo(200);
        Service.await(() -> service.output().contains("The database takes no changes"));

        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database " + name + " reset default_transaction_read_only");
        }

        goesOn("in-the-light");
        Service.await(() -> service.output().contains("The database takes changes again"));
    }

    @Test
    void aFullDiskRefusesWhatIsNewAndNothingIsHalfDone() throws Exception {
        database.execute("""
                create function full_disk() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$""");
        for (String table : new String[] {"invitation", "ledger", "history", "event", "task"}) {
            database.execute("create trigger full_disk before insert on " + table
                    + " for each statement execute function full_disk()");
        }
        long before = released();

        assertIsAway("in-the-dark");
        assertThat(status(API, ANNA)).isEqualTo(200);
        Service.await(() -> service.output().contains("the database is in trouble"));
        assertThat(released()).isEqualTo(before);
        assertThat(status(MANAGEMENT, "/q/health/live")).isEqualTo(200);

        database.execute("drop function full_disk() cascade");
        goesOn("with-space-again");
    }

    @Test
    void anOldSnapshotIsSeenAndHoldsNothingUp() throws Exception {
        try (Connection old = database.connect();
                var statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.executeQuery("select count(*) from invitation").close();
            long before = released();

            Service.await(() -> released() >= before + 3);
            Service.await(() -> oldest() >= 5);
            assertThat(API.ask("POST", ANNA + "/invitations", "application/json", "{\"profile\":\"meanwhile\"}")
                            .status())
                    .isEqualTo(201);
            old.rollback();
        }
        Service.await(() -> oldest() < 5);
        assertThat(findings()).isEmpty();
    }

    private static boolean saysThatItTakesNoChanges() {
        try {
            return MANAGEMENT
                    .get("/q/health/ready")
                    .body()
                    .findValuesAsText("takesChanges")
                    .contains("false");
        } catch (IOException unanswered) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private double oldest() {
        try {
            return MANAGEMENT
                    .text("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith("pacer_database_transaction_seconds "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException failure) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void assertIsAway(String profile) throws Exception {
        Door.Answer answer =
                API.ask("POST", ANNA + "/invitations", "application/json", "{\"profile\":\"" + profile + "\"}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
        assertThat(answer.body().path("code").asText()).isEqualTo("database-away");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }

    private void goesOn(String profile) throws Exception {
        long before = released();
        Service.await(() -> status(MANAGEMENT, "/q/health/ready") == 200);
        Service.await(() -> released() > before);
        assertThat(API.insist("POST", ANNA + "/invitations", "{\"profile\":\"" + profile + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(database.query("select count(*) from invitation where profile like 'in-the-dark%'"))
                .isEqualTo("0");
        assertThat(findings()).isEmpty();
        assertThat(service.output()).doesNotContain("A request failed");
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.connect()) {
            return Audit.findings(connection);
        }
    }

    private void cutConnections() throws SQLException {
        database.query("""
                select count(pg_terminate_backend(pid))
                  from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()""");
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

    private static long released() {
        try {
            return Long.parseLong(database.query("select count(*) from ledger"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
