package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: the embedded one, without waits for the disk. It can be crashed and started again; the port
 * and the password stay the same.
 */
public final class TestPostgres implements AutoCloseable {

    private static final Path HOME = Path.of("target/test-postgres");
    private static final Map<String, String> FAST =
            Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "200");
    private static final Map<String, String> SMALL =
            Map.of("max_connections", "100", "min_wal_size", "32MB", "max_wal_size", "64MB");
    private static final int MOST_JVMS = 16;
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static TestPostgres shared;

    private final Settings settings;
    private Postgres server;

    private TestPostgres(Settings settings) {
        this.server = Postgres.start(settings);
        this.settings = settings.withPort(server.port());
    }

    /** A database of its own on a test server. */
    public record Database(String url, String user, String password) {

        /** Leads a service to it. */
        public Map<String, String> environment() {
            return Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", url,
                    "QUARKUS_DATASOURCE_USERNAME", user,
                    "QUARKUS_DATASOURCE_PASSWORD", password);
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        public void execute(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** The first column of the first row. */
        public String query(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /** The server that all tests of this JVM share. Not to be crashed; it stops with the JVM. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = firstFree();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "test-postgresql-stop"));
        }
        return shared;
    }

    /** A server with data of its own below the directory, for tests that break it. */
    public static TestPostgres in(Path directory) {
        return new TestPostgres(fast(directory));
    }

    /**
     * A server like that, which waits for the disk as in real life, for tests that let its processes or its disk fail. It
     * takes little space, and gives it back soon.
     */
    public static TestPostgres durableIn(Path directory) {
        return new TestPostgres(new Settings(directory, 0, HOME.resolve("binaries"), SMALL));
    }

    /**
     * A standby of this server with data of its own below the directory. It follows, answers what only reads, and from now on
     * no commit on this server is answered before the standby has it.
     */
    public TestPostgres standbyIn(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory.resolve("postgres"));
        Files.copy(data().resolveSibling("pgpass"), directory.resolve("pgpass"));
        try (var connection = database("pacer").connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(data(), directory.resolve("postgres"));
            try (var rows = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                rows.next();
                Files.writeString(directory.resolve("postgres/backup_label"), rows.getString(1));
            }
        }
        Files.createFile(directory.resolve("postgres/standby.signal"));
        Files.writeString(
                directory.resolve("postgres/postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'%n"
                        .formatted(server.port(), server.user(), server.password()));
        var standby = in(directory);
        database("pacer").execute("alter system set synchronous_standby_names = 'standby'");
        database("pacer").query("select pg_reload_conf()");
        return standby;
    }

    /** Files that come and go while they are copied are in the log of changes. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.endsWith("postmaster.pid") && !file.endsWith("postmaster.opts")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    static Settings fast(Path directory) {
        return new Settings(directory, 0, HOME.resolve("binaries"), FAST);
    }

    /** Another JVM may run tests at the same time; then the next directory is ours. Data of an earlier run goes. */
    private static TestPostgres firstFree() {
        for (var number = 1; ; number++) {
            var directory = HOME.resolve("server-" + number);
            try {
                clear(directory);
                return in(directory);
            } catch (Refusal refusal) {
                if (number == MOST_JVMS || !refusal.getMessage().contains("in use")) {
                    throw refusal;
                }
            }
        }
    }

    private static void clear(Path directory) {
        if (Files.exists(directory.resolve("postgres"))) {
            // Starting it takes the lock and stops what a killed run left behind.
            Postgres.start(fast(directory)).close();
            new Tree(directory.resolve("postgres")).delete();
        }
    }

    /** A new and empty database with a name that no other has. */
    public Database createDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        try {
            database("pacer").execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database(name);
    }

    /** A new database that has what this one has; nobody may be in it now. */
    public Database copyOf(Database origin) throws SQLException {
        var name = "test_" + DATABASES.incrementAndGet();
        database("pacer")
                .execute("create database " + name + " template "
                        + origin.url().substring(origin.url().lastIndexOf('/') + 1));
        return database(name);
    }

    public Database database(String name) {
        return new Database(server.jdbcUrl(name), server.user(), server.password());
    }

    public Path data() {
        return server.data();
    }

    public Postgres server() {
        return server;
    }

    /** Ends all processes of the server at once, as a power cut would. */
    public void crash() {
        server.kill();
    }

    /** Ends its first process at once; the others notice and end too, at any time from now. */
    public void behead() {
        try {
            var pid = Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the server, cleanly unless it has crashed, and starts it on the same data and port. */
    public void restart() {
        server.close();
        server = Postgres.start(settings);
    }

    @Override
    public void close() {
        server.close();
    }
}
