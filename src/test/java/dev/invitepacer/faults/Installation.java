package dev.invitepacer.faults;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.invitepacer.operations.embedded.TestPostgres;

/** Three replicas of the packaged service, a PostgreSQL of its own, a receiver, and a network between all of them. */
final class Installation {
    private static final String MEMORY = "-Xmx192m";
    static final int REPLICAS = 3;

    private static final int DISK_MEGABYTES = 256;

    private final Optional<SmallDisk> disk;
    private final TestPostgres postgres;
    private final TestPostgres.Database database;
    private final Witness receiver;
    private final Wire receiverWire;
    private final List<Replica> replicas = new ArrayList<>();

    Installation(Path directory, long seed, Transcript transcript) throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
        postgres = TestPostgres.durableIn(
                disk.map(SmallDisk::directory).orElse(directory).resolve("data"));
        database = postgres.createDatabase();
        receiver = new Witness(transcript);
        receiverWire = new Wire(seed, receiver::port);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new Replica(
                    seed + 2 * i + 1,
                    directory,
                    database,
                    () -> postgres.server().port(),
                    environment(),
                    MEMORY));
        }
        startTogether();
    }

    private void startTogether() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(REPLICAS);
        try {
            List<Callable<Void>> starts = new ArrayList<>();
            for (Replica replica : replicas) {
                starts.add(() -> {
                    replica.start();
                    return null;
                });
            }
            for (Future<Void> start : threads.invokeAll(starts)) {
                start.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Leases are as short as they may be, and everything is found out soon. */
    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", database.url()),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", database.user()),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", database.password()),
                Map.entry("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "10"),
                Map.entry("PACER_RELEASE_BATCH", "4"),
                Map.entry("PACER_TASKS_LEASE", "PT4H"),
                Map.entry("PACER_DELIVERY_LEASE", "PT5S"),
                Map.entry("PACER_IDEMPOTENCY_KEEP", "P90D"),
                Map.entry("PACER_WEBHOOKS_CONNECT_TIMEOUT", "PT2S"),
                Map.entry("PACER_WEBHOOKS_ANSWER_TIMEOUT", "PT5S"),
                Map.entry("PACER_WEBHOOKS_ALLOW_HTTP", "true"),
                Map.entry("PACER_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8"),
                Map.entry("PACER_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    TestPostgres postgres() {
        return postgres;
    }

    TestPostgres.Database database() {
        return database;
    }

    Witness receiver() {
        return receiver;
    }

    Wire receiverWire() {
        return receiverWire;
    }

    Replica replica(int number) {
        return replicas.get(number);
    }

    List<Replica> replicas() {
        return replicas;
    }

    List<URI> addresses() {
        return replicas.stream().map(Replica::address).toList();
    }

    boolean hasDatabase() {
        try {
            database.query("select 1");
            return true;
        } catch (SQLException away) {
            return false;
        }
    }

    void close() throws Exception {
        for (Replica replica : replicas) {
            replica.close();
        }
        receiverWire.close();
        receiver.close();
        postgres.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }
}
