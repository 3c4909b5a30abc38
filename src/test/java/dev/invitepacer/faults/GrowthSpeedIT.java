package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** How many releases, and how many drafts one by one, a second carries with one, two and four processes on one PostgreSQL. */
class GrowthSpeedIT {
    private static final List<Integer> PROCESSES = List.of(1, 2, 4);
    private static final int ACCOUNTS = Integer.getInteger("growth.accounts", 1_000);
    private static final int BURST = 10;
    private static final int CLIENTS = 16;
    private static final Duration ENQUEUING = Duration.ofSeconds(Integer.getInteger("growth.seconds", 10));

    @TempDir
    Path directory;

    private TestPostgres.Database database;

    @Test
    void processesShareTheWork() throws Exception {
        try (TestPostgres postgres = TestPostgres.in(directory)) {
            for (int many : PROCESSES) {
                database = postgres.createDatabase();
                fill();
                measure(many);
            }
        }
    }

    /** Every account may release its whole bucket at once, and nobody looks at it yet. */
    private void fill() throws Exception {
        Service service = launch(Map.of("QUARKUS_SCHEDULER_ENABLED", "false")).awaitReady();
        try {
            Door door = new Door();
            door.leadTo(service.api());
            for (int i = 0; i < ACCOUNTS; i++) {
                String account = "/api/v1/accounts/member-" + i;
                door.insist("PUT", account, "{\"name\":\"A\"," + AllHours.settings(100, BURST) + "}");
                door.insist("POST", account + "/imports", "text/csv", DatabaseAwayIT.drafts(BURST));
            }
        } finally {
            service.kill();
        }
        database.execute("update pace set due_at = 'infinity'");
    }

    private void measure(int many) throws Exception {
        List<Service> processes = new ArrayList<>();
        try {
            for (int i = 0; i < many; i++) {
                processes.add(launch(Map.of()));
            }
            for (Service process : processes) {
                process.awaitReady();
            }
            database.execute("update pace set due_at = service_now()");
            Service.await(() -> ask("select count(*) from ledger") == ACCOUNTS * BURST);
            double releases = ACCOUNTS
                    * BURST
                    / Double.parseDouble(database.query("select extract(epoch from max(at) - min(at)) from ledger"));
            double drafts = enqueue(processes);
            System.out.printf(
                    Locale.ROOT, "%d processes: %.0f releases/s, %.0f drafts/s one by one%n", many, releases, drafts);
            assertThat(ask("select count(*) from ledger where kind = 'RELEASE'"))
                    .isGreaterThanOrEqualTo(ACCOUNTS * BURST);
        } finally {
            for (Service process : processes) {
                process.kill();
            }
        }
    }

    private double enqueue(List<Service> processes) throws Exception {
        AtomicInteger drafts = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        long began = System.nanoTime();
        long end = began + ENQUEUING.toNanos();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Door door = new Door();
            door.leadTo(processes.get(i % processes.size()).api());
            String client = "client-" + i + "-";
            clients.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    int draft = drafts.incrementAndGet();
                    assertThat(door.insist(
                                            "POST",
                                            "/api/v1/accounts/member-" + draft % ACCOUNTS + "/invitations",
                                            "{\"profile\":\"" + client + draft + "\"}")
                                    .status())
                            .isEqualTo(201);
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        threads.shutdown();
        return drafts.get() / (Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0);
    }

    private Service launch(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(DeliveryKillIT.environment(database));
        environment.putAll(more);
        return Service.launch(Service.jar(), directory, environment, "-XX:TieredStopAtLevel=4");
    }

    private int ask(String sql) {
        try {
            return Integer.parseInt(database.query(sql));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
