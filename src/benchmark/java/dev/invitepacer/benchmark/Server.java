package dev.invitepacer.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.invitepacer.operations.embedded.Postgres;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.Settings;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** The PostgreSQL of a run: the embedded one, set up the same for all who are measured on it. */
public final class Server implements AutoCloseable {
    /** Room for what is measured, so that no checkpoint falls into one stretch and not into another. */
    static final Map<String, String> PARAMETERS = Map.of(
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "max_connections", "100");

    private static final String EMPTY = "house_empty";

    private final Postgres server;
    private final Path work;
    private final AtomicInteger databases = new AtomicInteger();

    private Server(Postgres server, Path work) {
        this.server = server;
        this.work = work;
    }

    public static Server start(Options options) throws Exception {
        Files.createDirectories(options.work());
        Map<String, String> parameters = new HashMap<>(PARAMETERS);
        if (!options.isDurable()) {
            parameters.put("fsync", "off");
        }
        Path data = Files.createTempDirectory(options.work(), "data");
        Server server = new Server(
                Postgres.start(new Settings(data, 0, options.work().resolve("binaries"), parameters)), options.work());
        try {
            server.makeEmptyHouse();
            return server;
        } catch (Exception failure) {
            server.close();
            throw failure;
        }
    }

    /** The service makes its tables, and ends. */
    private void makeEmptyHouse() throws Exception {
        execute("create database " + EMPTY);
        Service service = launch(database(EMPTY), Map.of("QUARKUS_SCHEDULER_ENABLED", "false"));
        try {
            service.awaitReady();
        } finally {
            service.terminate();
        }
    }

    public String version() {
        return server.version();
    }

    public Path work() {
        return work;
    }

    /** A database with the service's tables and nothing in them. */
    public Database emptyHouse() throws SQLException {
        return copyOf(EMPTY);
    }

    public Database copyOf(Database origin) throws SQLException {
        return copyOf(name(origin));
    }

    private Database copyOf(String origin) throws SQLException {
        String name = "house_" + databases.incrementAndGet();
        // By copying files, not rows: a copy of millions of rows by way of the log would bring on a checkpoint.
        execute("create database " + name + " template " + origin + " strategy file_copy");
        return database(name);
    }

    public void drop(Database database) throws SQLException {
        execute("drop database " + name(database) + " with (force)");
    }

    public static String name(Database database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    public int port() {
        return server.port();
    }

    /** The packaged service on this database, with the options that a user's {@code java -jar} has. */
    public Service launch(Database database, Map<String, String> environment, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        all.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        all.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        String[] words = new String[arguments.length + 1];
        words[0] = "-XX:TieredStopAtLevel=4";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return Service.launch(Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath(), work, all, words);
    }

    /** The processor time of the whole server until now. Linux. */
    public Duration processorTime() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(server.data().resolve("postmaster.pid"))
                .get(0)
                .strip());
        return Processor.ofTree(postmaster);
    }

    private Database database(String name) {
        return new Database(server.jdbcUrl(name), server.user(), server.password());
    }

    private void execute(String sql) throws SQLException {
        database("postgres").execute(sql);
    }

    /** Stops it; what was measured on is not kept. */
    @Override
    public void close() throws IOException {
        Path data = server.data().getParent();
        server.close();
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
