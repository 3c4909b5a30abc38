package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Two processes behind PgBouncer in transaction mode, with fewer connections to PostgreSQL than either has to PgBouncer. Needs
 * the program pgbouncer, so it runs only where it is named; docs/how-to/pgbouncer.md tells how, and its settings are these.
 */
class PgBouncerIT {
    private static final Path PAGE = Path.of("docs/how-to/pgbouncer.md");
    private static final int ACCOUNTS = 8;
    private static final int CALLERS = 4;
    private static final int CONNECTIONS = 6;
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());

    @TempDir
    Path directory;

    private final Memory memory = new Memory();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final List<Service> processes = new ArrayList<>();
    private TestPostgres.Database database;
    private Process pgbouncer;
    private LeapingClock clock;
    private Receiver receiver;
    private int port;

    @BeforeEach
    void start() throws Exception {
        database = TestPostgres.shared().createDatabase();
        receiver = new Receiver(0, path -> 20);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        startPgBouncer();
        for (String setting : List.of("lock_timeout = '10s'", "statement_timeout = '50s'", "timezone = 'UTC'")) {
            assertThat(Files.readString(PAGE)).contains("alter role pacer in database pacer set " + setting + ";");
            database.execute("alter role " + database.user() + " in database " + name() + " set " + setting);
        }
        for (int i = 0; i < 2; i++) {
            Map<String, String> environment = new HashMap<>(DeliveryKillIT.environment(database));
            environment.put(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + name() + "?prepareThreshold=0");
            environment.put("PACER_TASKS_LEASE", "P2D");
            processes.add(Service.launch(Service.jar(), directory, environment));
        }
        for (Service process : processes) {
            process.awaitReady();
        }
    }

    @AfterEach
    void endEverything() throws Exception {
        threads.shutdownNow();
        clock.close();
        for (Service process : processes) {
            process.kill();
        }
        pgbouncer.destroy();
        pgbouncer.waitFor();
        receiver.close();
    }

    @Test
    void everythingWorksByTransactionAsItDoesBySession() throws Exception {
        clock = new LeapingClock(database);
        List<Caller> callers = new ArrayList<>();
        List<Future<Void>> calls = new ArrayList<>();
        Door door = new Door();
        door.leadTo(processes.get(0).api());
        door.insist("PUT", "/api/v1/endpoints/crm", "{\"url\":\"" + receiver.url("/crm") + "\"}");
        for (int i = 0; i < ACCOUNTS + 2; i++) {
            String channel = i < ACCOUNTS ? "" : "\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\",";
            door.insist(
                    "PUT",
                    "/api/v1/accounts/member-" + i,
                    "{\"name\":\"M\",\"withdrawAfter\":\"P1D\"," + channel + AllHours.settings(100, 10) + "}");
        }
        for (int i = ACCOUNTS; i < ACCOUNTS + 2; i++) {
            door.insist("POST", "/api/v1/accounts/member-" + i + "/imports", "text/csv", DatabaseAwayIT.drafts(2_000));
        }
        for (int i = 0; i < CALLERS; i++) {
            Door own = new Door();
            own.leadTo(processes.get(i % 2).api());
            Caller caller = new Caller(
                    own, memory, SEED + i, "caller-" + i, List.of("member-" + 2 * i, "member-" + (2 * i + 1)));
            callers.add(caller);
            calls.add(threads.submit(caller));
        }
        Service.await(() -> memory.reports() >= 100 && receiver.calls() >= 10);
        assertThat(Integer.parseInt(
                        database.query("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and application_name <> 'PostgreSQL JDBC Driver'")))
                .as("connections to PostgreSQL")
                .isLessThanOrEqualTo(CONNECTIONS);
        callers.forEach(Caller::stop);
        for (Future<Void> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        for (Service process : processes) {
            process.terminate();
            assertThat(process.output()).doesNotContain("ERROR", "prepared statement", "A request failed");
        }
        try (Connection connection = database.connect()) {
            assertThat(Audit.findings(connection)).isEmpty();
            assertThat(memory.broken(connection)).isEmpty();
        }
        System.out.println("PgBouncer: " + memory.drafts() + " drafts, " + memory.reports() + " reports, "
                + receiver.calls() + " webhooks over " + CONNECTIONS + " connections");
    }

    private void startPgBouncer() throws Exception {
        Path users = Files.writeString(
                directory.resolve("users.txt"), "\"" + database.user() + "\" \"" + database.password() + "\"\n");
        Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = %s

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        database.url().replaceAll(".*//(.*):(\\d+)/.*", "host=$1 port=$2"), port, users, CONNECTIONS));
        assertThat(Files.readString(PAGE))
                .contains(
                        "pool_mode = transaction",
                        "ignore_startup_parameters = extra_float_digits",
                        "prepareThreshold=0");
        // It refuses to run as root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("pgbouncer"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        pgbouncer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.log").toFile())
                .start();
        Service.await(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (java.io.IOException notYet) {
                return false;
            }
        });
    }

    private String name() {
        return database.url().replaceAll(".*/", "");
    }
}
