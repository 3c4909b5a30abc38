package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * Two processes hand invitations over to a receiver that records everything, while one of them after the other is killed,
 * and now and then PostgreSQL. Every kill falls into calls under way. The longest processes live is some seconds, so that
 * every delivery is near a kill.
 *
 * <p>How often: {@code -Ddelivery.kills=50 -Ddelivery.crashes=10 -Ddelivery.invitations=2000}; with the same random choices
 * as another run: {@code -Dfault.seed=…}.
 */
class DeliveryKillIT {
    private static final int KILLS = Integer.getInteger("delivery.kills", 4);
    private static final int CRASHES = Integer.getInteger("delivery.crashes", 1);
    private static final int INVITATIONS = Integer.getInteger("delivery.invitations", 200);
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());

    private static final int PER_ACCOUNT = 10;
    private static final int HANG_UP_EVERY = 97;
    private static final int LONGEST_CALL_MILLIS = 300;
    private static final int LONGEST_CALM_MILLIS = 300;
    private static final Duration UNTIL_ALL_IS_DUE = Duration.ofHours(27);

    @TempDir
    static Path directory;

    private static TestPostgres postgres;

    private final Random random = new Random(SEED);
    private final Random delays = new Random(SEED + 1);
    private final Door door = new Door();
    private final Service[] processes = new Service[2];
    private TestPostgres.Database database;
    private Receiver receiver;
    private int accounts;

    @BeforeAll
    static void startPostgresql() {
        postgres = TestPostgres.in(directory);
    }

    @AfterAll
    static void stopPostgresql() {
        postgres.close();
    }

    @BeforeEach
    void startBoth() throws Exception {
        database = postgres.createDatabase();
        receiver = new Receiver(HANG_UP_EVERY, path -> delays.nextInt(LONGEST_CALL_MILLIS));
        launch(0);
        launch(1);
        enter(0);
        assertThat(door.insist("PUT", "/api/v1/endpoints/crm", "{\"url\":\"" + receiver.url("/crm") + "\"}")
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        for (Service process : processes) {
            process.kill();
        }
        receiver.close();
    }

    @Test
    void everyInvitationIsDeliveredAndNoneTwiceHoweverOftenAProcessDies() throws Exception {
        int fallen = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int victim = kill % 2;
            enter(1 - victim);
            enqueueUpTo(INVITATIONS * kill / KILLS);
            Service.await(() -> receiver.running() > 0);
            calm();
            fallen += receiver.running() > 0 ? 1 : 0;
            processes[victim].kill();
            if (kill * CRASHES / KILLS > (kill - 1) * CRASHES / KILLS) {
                postgres.crash();
                postgres.restart();
            }
            launch(victim);
        }
        everythingArrives();

        String figures = KILLS + " kills of a process, " + fallen + " of them with calls under way, " + CRASHES
                + " of PostgreSQL, seed " + SEED + ": " + INVITATIONS + " invitations, " + receiver.calls() + " calls, "
                + ask("select count(*) from history where detail ->> 'outcome' = 'IN_DOUBT'") + " doubts, "
                + door.unanswered() + " requests sent again";
        System.out.println(figures);
        for (Service process : processes) {
            process.terminate();
        }
        everythingIsRight(figures);
    }

    /** What the schedule puts off by minutes or hours is brought forward: the service's time jumps, nobody sleeps. */
    private void everythingArrives() throws Exception {
        Service.await(() -> ask("select count(*) from invitation where state = 'QUEUED'") == 0);
        Service.await(() -> ask("select count(*) from task where state = 'OPEN' and (run is not null or"
                        + " next_try_at <= service_now() + interval '20 seconds')")
                == 0);
        database.execute(
                "update service_clock set anchor_service = anchor_service + interval '" + UNTIL_ALL_IS_DUE + "'");
        Service.await(() -> ask("select count(*) from task where state = 'OPEN'") == 0);
    }

    private void everythingIsRight(String figures) throws Exception {
        assertThat(receiver.sent()).as(figures).doesNotHaveDuplicates().hasSize(INVITATIONS);
        assertThat(ask("select count(*) from invitation where state = 'PENDING'"))
                .as(figures)
                .isEqualTo(INVITATIONS);
        assertThat(ask("select count(*) from ledger where kind = 'RELEASE' and returned_at is null"))
                .as(figures)
                .isEqualTo(INVITATIONS);
        assertThat(ask("select count(*) from ledger")).as(figures).isEqualTo(INVITATIONS);
        assertThat(ask("select count(*) from task where run is not null or lease is not null or run_until is not null"))
                .as("leases left behind, %s", figures)
                .isZero();
        assertThat(receiver.calls())
                .as("something was asked for again, or no kill hit a call: %s", figures)
                .isGreaterThan(INVITATIONS);
        try (Connection connection = database.connect()) {
            assertThat(Audit.findings(connection)).as(figures).isEmpty();
        }
    }

    /** Each account may release all of its invitations at once. */
    private void enqueueUpTo(int many) throws Exception {
        while (accounts * PER_ACCOUNT < many) {
            String account = "member-" + ++accounts;
            String settings = "{\"name\":\"" + account + "\",\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\","
                    + AllHours.settings(100, PER_ACCOUNT) + "}";
            assertThat(door.insist("PUT", "/api/v1/accounts/" + account, settings)
                            .status())
                    .isIn(200, 201);
            assertThat(door.insist(
                                    "POST",
                                    "/api/v1/accounts/" + account + "/imports",
                                    "text/csv",
                                    DatabaseAwayIT.drafts(PER_ACCOUNT))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void calm() throws InterruptedException {
        Thread.sleep(random.nextInt(LONGEST_CALM_MILLIS));
    }

    private void enter(int process) {
        door.leadTo(processes[process].api());
    }

    private void launch(int process) throws IOException {
        processes[process] =
                Service.launch(Service.jar(), directory, environment(database)).awaitReady();
    }

    /** A receiver on this machine is allowed, and what a dead process was at is taken over soon. */
    static Map<String, String> environment(TestPostgres.Database database) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                "QUARKUS_DATASOURCE_USERNAME", database.user(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                "PACER_WEBHOOKS_ALLOW_HTTP", "true",
                "PACER_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
                "PACER_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "PACER_DELIVERY_LEASE", "PT3S");
    }

    private long ask(String sql) {
        try {
            return Long.parseLong(database.query(sql));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
