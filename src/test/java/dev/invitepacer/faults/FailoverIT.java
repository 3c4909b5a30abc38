package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * PostgreSQL fails over under load: the primary dies, its standby, which confirms every commit, becomes the primary, and the
 * service, which knows both addresses, finds it.
 */
class FailoverIT {
    private static final int ACCOUNTS = 8;
    private static final int CALLERS = 2;
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());

    @TempDir
    Path directory;

    private final Door door = new Door();
    private final Door management = new Door();
    private final Memory memory = new Memory();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Future<Void>> calls = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private TestPostgres primary;
    private TestPostgres standby;
    private TestPostgres.Database database;
    private Service service;

    @BeforeEach
    void startPrimaryAndStandby() throws Exception {
        primary = TestPostgres.in(directory.resolve("primary"));
        database = primary.createDatabase();
        standby = primary.standbyIn(directory.resolve("standby"));
        service = Service.launch(
                        Service.jar(),
                        directory,
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL", bothAddresses(),
                                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                                "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                                "PACER_TIME_LAPSE", "5000"))
                .awaitReady();
        door.leadTo(service.api());
        management.leadTo(service.management());
        for (int i = 0; i < ACCOUNTS; i++) {
            door.insist(
                    "PUT",
                    "/api/v1/accounts/member-" + i,
                    "{\"name\":\"Member\",\"withdrawAfter\":\"P1D\"," + AllHours.settings(100, 10) + "}");
        }
        for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller(
                    door, memory, SEED + i, "caller-" + i, List.of("member-" + 2 * i, "member-" + (2 * i + 1)));
            callers.add(caller);
            calls.add(threads.submit(caller));
        }
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        threads.shutdownNow();
        service.kill();
        standby.close();
        primary.close();
    }

    @Test
    void nothingThatWasAnsweredIsLostOrDoubledWhenTheStandbyTakesOver() throws Exception {
        Service.await(() -> released(database) >= 10);

        primary.crash();
        Service.await(() -> status("/q/health/ready") == 503);
        assertThat(status("/q/health/live")).isEqualTo(200);
        TestPostgres.Database other = standby.database(database.url().replaceAll(".*/", ""));
        assertThat(other.query("select pg_is_in_recovery()")).isEqualTo("t");
        other.query("select pg_promote()");
        // From now on it waits for nobody.
        other.execute("alter system reset synchronous_standby_names");
        other.query("select pg_reload_conf()");

        Service.await(() -> status("/q/health/ready") == 200);
        long before = released(other);
        Service.await(() -> released(other) > before);
        callers.forEach(Caller::stop);
        for (Future<Void> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        service.terminate();
        try (Connection connection = other.connect()) {
            String figures = "seed " + SEED + ", " + memory.drafts() + " drafts and " + memory.reports()
                    + " reports answered, " + door.unanswered() + " requests sent again";
            System.out.println("Failover: " + figures);
            assertThat(Audit.findings(connection)).as(figures).isEmpty();
            assertThat(memory.broken(connection)).as(figures).isEmpty();
            assertThat(door.unanswered()).as("the failover was felt").isPositive();
        }
    }

    private String bothAddresses() {
        int slash = database.url().lastIndexOf('/');
        String second = standby.database("x").url().replaceAll(".*//(.*)/x", "$1");
        return database.url().substring(0, slash) + "," + second
                + database.url().substring(slash) + "?targetServerType=primary";
    }

    private int status(String path) {
        try {
            return management.get(path).status();
        } catch (IOException unanswered) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static long released(TestPostgres.Database database) {
        try {
            return Long.parseLong(database.query("select count(*) from ledger"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
