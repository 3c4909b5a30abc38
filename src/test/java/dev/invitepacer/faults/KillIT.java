package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * The service, its database, or a connection between them is killed again and again while it releases and while reports
 * come in. The week passes in two minutes, so that caps, cooldowns, leases and nightly runs are all in play.
 *
 * <p>How often: {@code -Dfault.kills=20 -Dfault.crashes=5 -Dfault.cuts=100}; with the same random choices as another run:
 * {@code -Dfault.seed=…}, which every failure tells.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("fault.kills", 5);
    private static final int CRASHES = Integer.getInteger("fault.crashes", 2);
    private static final int CUTS = Integer.getInteger("fault.cuts", 25);
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());

    private static final int ACCOUNTS = 40;
    private static final int DRAFTS = 30;
    private static final int CALLERS = 4;
    private static final int TIME_LAPSE = 5_000;
    private static final int LONGEST_CALM_MILLIS = 50;
    private static final int LONGEST_LIFE_MILLIS = 1_500;

    @TempDir
    static Path directory;

    private static TestPostgres postgres;

    private final Random random = new Random(SEED);
    private final Door door = new Door();
    private final Memory memory = new Memory();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Future<Void>> calls = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private TestPostgres.Database database;
    private Service service;

    @BeforeAll
    static void startPostgresql() {
        postgres = TestPostgres.in(directory);
    }

    @AfterAll
    static void stopPostgresql() {
        postgres.close();
    }

    @BeforeEach
    void fillTheQueues() throws Exception {
        database = postgres.createDatabase();
        launch();
        for (String account : accounts()) {
            assertThat(door.insist("PUT", "/api/v1/accounts/" + account, settings(account))
                            .status())
                    .isEqualTo(201);
            door.insist("POST", "/api/v1/accounts/" + account + "/imports", "text/csv", DatabaseAwayIT.drafts(DRAFTS));
            IntStream.rangeClosed(1, DRAFTS).forEach(i -> memory.enqueued(account, "person-" + i));
        }
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            Caller caller = new Caller(
                    door,
                    memory,
                    SEED + i,
                    "caller-" + i,
                    accounts().stream()
                            .filter(account -> Math.floorMod(account.hashCode(), CALLERS) == number)
                            .toList());
            callers.add(caller);
            calls.add(threads.submit(caller));
        }
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        threads.shutdownNow();
        service.kill();
    }

    @Test
    void nothingIsLostOrDoubledWhenTheServiceIsKilled() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            long before = releases();
            Service.await(() -> releases() > before);
            assertThat(service.endsWithin(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS))))
                    .as("it ended by itself: %s", service.output())
                    .isFalse();
            service.kill();
            launch();
        }

        everythingGoesOn();
        everythingIsRight("service killed " + KILLS + " times");
    }

    @Test
    void nothingIsLostOrDoubledWhenPostgresqlIsKilled() throws Exception {
        for (int crash = 1; crash <= CRASHES; crash++) {
            long before = releases();
            Service.await(() -> releases() > before);
            assertThat(service.endsWithin(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS))))
                    .isFalse();
            postgres.crash();
            postgres.restart();
        }

        everythingGoesOn();
        everythingIsRight("PostgreSQL killed " + CRASHES + " times");
    }

    @Test
    void nothingIsLostOrDoubledWhenConnectionsAreCut() throws Exception {
        for (int cut = 1; cut <= CUTS; cut++) {
            assertThat(service.endsWithin(Duration.ofMillis(random.nextInt(LONGEST_CALM_MILLIS))))
                    .isFalse();
            database.query("""
                    select count(pg_terminate_backend(pid))
                      from (select pid from pg_stat_activity
                             where datname = current_database() and pid <> pg_backend_pid()
                             order by random() limit 1) as unlucky""");
        }

        everythingGoesOn();
        everythingIsRight(CUTS + " connections cut");
    }

    /** With a week gone by, every window has room and every bucket a token: each account must release again. */
    private void everythingGoesOn() throws Exception {
        long latest = Long.parseLong(database.query("select max(id) from ledger"));
        for (String account : accounts()) {
            String path = "/api/v1/accounts/" + account + "/invitations";
            assertThat(door.insist("POST", path, "{\"profile\":\"the-last\"}").status())
                    .isEqualTo(201);
            memory.enqueued(account, "the-last");
        }
        database.execute("update service_clock set anchor_service = anchor_service + interval '168 hours'");
        Service.await(() -> ask("select count(distinct account) from ledger where kind = 'RELEASE' and id > " + latest)
                == ACCOUNTS);
    }

    private void everythingIsRight(String what) throws Exception {
        callers.forEach(Caller::stop);
        for (Future<Void> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        service.terminate();
        try (Connection connection = database.connect()) {
            String figures = what + ", seed " + SEED + ": "
                    + database.query(
                            "select count(*) || ' bookings, ' || count(returned_at) || ' given back' from ledger")
                    + ", " + memory.drafts() + " drafts and " + memory.reports() + " reports answered, "
                    + door.unanswered() + " requests sent again";
            System.out.println(figures);
            assertThat(Audit.findings(connection)).as(figures).isEmpty();
            assertThat(memory.broken(connection))
                    .as("%s; the last service said: %s", figures, service.output())
                    .isEmpty();
            assertThat(database.query("select count(*) from invitation where source is distinct from 'by-hand'"))
                    .as("nothing that nobody enqueued, %s", figures)
                    .isEqualTo(Integer.toString(memory.drafts()));
        }
    }

    private void launch() throws IOException {
        service = Service.launch(
                        database,
                        directory,
                        Map.of("PACER_TIME_LAPSE", Integer.toString(TIME_LAPSE), "PACER_RELEASE_BATCH", "2"))
                .awaitReady();
        door.leadTo(service.api());
    }

    private static List<String> accounts() {
        return IntStream.rangeClosed(1, ACCOUNTS).mapToObj(i -> "member-" + i).toList();
    }

    /** Some accounts are held by their bucket, some by the ledger; stale invitations are withdrawn every night. */
    private static String settings(String account) {
        int cap = List.of(100, 50, 20, 10).get(Math.floorMod(account.hashCode() / CALLERS, 4));
        return "{\"name\":\"" + account + "\",\"withdrawAfter\":\"P1D\"," + AllHours.settings(cap, 10) + "}";
    }

    private long releases() {
        return ask("select count(*) from ledger where kind = 'RELEASE'");
    }

    private long ask(String sql) {
        try {
            return Long.parseLong(database.query(sql));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
