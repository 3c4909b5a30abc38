package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A running PostgreSQL server that belongs to this process alone.
 *
 * <p>Guarantees: it listens on 127.0.0.1 only and lets nobody in without the password; a server that a killed process left
 * behind is stopped first, and its data kept; every wait has a bound; it runs in a session of its own, so that a Ctrl-C at
 * the terminal reaches the service, and not the server before the service has closed its connections.
 */
public final class Postgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Postgres.class);

    /** Long, since the start after a crash replays what was not yet written to the tables. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration FAST_STOP = Duration.ofSeconds(20);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);
    private static final Duration DEATH = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** From the fork of a server until the kernel tells what it works on: milliseconds, where the machine has time for it. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;

    /** Of postmaster.pid, from 0. */
    private static final int LINE_OF_THE_PORT = 3;

    private final Settings settings;
    private final DataDirectory directory;
    private final Log log;
    private final Processes processes;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Postgres::daemon);
    private Binaries binaries;
    private Rights rights;
    private Credentials credentials;
    private String version;
    private int port;

    /** A launch that was cut off may have begun a process that is not to be seen as a server yet. */
    private boolean isLaunching;

    private Postgres(Settings settings, DataDirectory directory) {
        this.settings = settings;
        this.directory = directory;
        this.log = new Log(directory.log());
        this.processes = new Processes(directory.data());
    }

    /**
     * Returns when the server takes connections. Interrupting the thread ends the start; nothing keeps running then.
     *
     * @throws Refusal if it cannot serve, with the reason
     */
    public static Postgres start(Settings settings) {
        var archive = Archive.forMachine(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            var server = new Postgres(settings, DataDirectory.open(settings.dataDir()));
            try {
                server.start(archive);
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw Refusal.unusable(settings.dataDir(), e);
        } catch (UncheckedIOException e) {
            throw Refusal.unusable(settings.dataDir(), e.getCause());
        }
    }

    /** How to get to a server: never prints the password. */
    public record Access(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /**
     * The server of a service that runs on this data directory now, if one does.
     *
     * @throws Refusal if its files cannot be read
     */
    public static Optional<Access> running(Settings settings) {
        try {
            // Whoever gets the directory is alone; a server in it would be one that a killed process left behind.
            DataDirectory.open(settings.dataDir()).close();
            return Optional.empty();
        } catch (Refusal inUse) {
            return access(settings.dataDir(), inUse);
        } catch (IOException e) {
            throw Refusal.unusable(settings.dataDir(), e);
        }
    }

    private static Optional<Access> access(Path root, Refusal inUse) {
        try {
            var lines = Files.readAllLines(root.resolve("postgres").resolve("postmaster.pid"));
            var credentials = Credentials.readFrom(root.resolve("pgpass"));
            var url =
                    "jdbc:postgresql://127.0.0.1:" + lines.get(LINE_OF_THE_PORT).strip() + "/" + Cluster.DATABASE;
            return Optional.of(new Access(url, credentials.user(), credentials.password()));
        } catch (IOException | IndexOutOfBoundsException notYet) {
            throw inUse;
        }
    }

    private void start(Archive archive) throws IOException {
        binaries = Binaries.unpacked(archive, settings.binaries());
        rights = Rights.over(directory.data(), binaries);
        version = rights.command(directory.root(), binaries, "postgres", "-V")
                .run(PROBE)
                .output()
                .strip();
        Cluster.check(directory.data(), version);
        stop();
        credentials = new Cluster(directory, binaries, rights).prepare(settings.isDurable());
        if (!settings.sharesBinaries()) {
            binaries.dropOthers();
        }
        log.prepare(rights);
        launch(settings.port());
    }

    private void launch(int wanted) throws IOException {
        for (var attempt = 1; ; attempt++) {
            if (processes.isLockFileOfStranger()) {
                // PostgreSQL itself takes every living process of that number for a server.
                Files.deleteIfExists(directory.data().resolve("postmaster.pid"));
            }
            port = wanted == 0 ? freePort() : wanted;
            var seconds = Long.toString(START.toSeconds());
            var before = log.size();
            isLaunching = true;
            var outcome = control("start", "-w", "-t", seconds, "-l", log.file().toString(), "-o", parameters())
                    .run(START.plus(GRACE));
            isLaunching = false;
            if (outcome.isSuccess()) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new Refusal("PostgreSQL does not start: "
                        + log.reasonSince(before).orElse(outcome.output()) + " (see " + log.file() + ").");
            }
            // A server that a killed process had just launched may have come first; another may have taken the port.
            stop();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "embedded-postgresql-watch");
        thread.setDaemon(true);
        return thread;
    }

    private String parameters() {
        var fixed =
                Map.of("listen_addresses", "127.0.0.1", "port", Integer.toString(port), "unix_socket_directories", "");
        return Stream.of(fixed, settings.parameters())
                .flatMap(parameters -> parameters.entrySet().stream())
                .map(parameter -> "-c " + parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Command control(String action, String... arguments) {
        var words = Stream.concat(Stream.of(action, "-D", directory.data().toString()), Stream.of(arguments));
        return rights.command(directory.root(), binaries, "pg_ctl", words.toArray(String[]::new));
    }

    /**
     * Looks after the server until it is closed: one that died is started again on the same port, and its log is kept small.
     */
    public void keepUp() {
        watch.scheduleWithFixedDelay(this::lookAfter, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void lookAfter() {
        try {
            log.keepSmall();
            if (!watch.isShutdown() && processes.alive().isEmpty()) {
                LOG.warnf("PostgreSQL has ended by itself and is started again; see %s", log.file());
                launch(port);
            }
        } catch (IOException | RuntimeException e) {
            if (!watch.isShutdown()) {
                LOG.warnf("The embedded PostgreSQL needs attention: %s", e.getMessage());
            }
        }
    }

    /** Stops whatever server works on the data, ours or one left behind: politely, then firmly, then by force. */
    private void stop() {
        if (isLaunching) {
            processes.awaitAny(LATE);
        }
        var modes = Map.of("fast", FAST_STOP, "immediate", IMMEDIATE_STOP);
        for (var mode : List.of("fast", "immediate")) {
            if (processes.alive().isEmpty()) {
                return;
            }
            var bound = modes.get(mode);
            control("stop", "-w", "-m", mode, "-t", Long.toString(bound.toSeconds()))
                    .run(bound.plus(GRACE));
        }
        kill();
    }

    /** Ends the server at once, as a power cut would. What was committed is there again at the next start. */
    void kill() {
        processes.alive().forEach(ProcessHandle::destroyForcibly);
        if (!processes.awaitNone(DEATH)) {
            throw new Refusal("A PostgreSQL process works on " + directory.data() + " and does not end: "
                    + processes.alive().stream()
                            .map(process -> Long.toString(process.pid()))
                            .toList() + ".");
        }
    }

    /** A JDBC address of a database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The JDBC address of the service's own database. */
    public String jdbcUrl() {
        return jdbcUrl(Cluster.DATABASE);
    }

    public String user() {
        return credentials.user();
    }

    public String password() {
        return credentials.password();
    }

    public int port() {
        return port;
    }

    public String version() {
        return version;
    }

    public Path data() {
        return directory.data();
    }

    /** Stops the server so that nothing is left to recover, and gives the directory free. */
    @Override
    public void close() {
        // An interrupt ends a start; the stop that follows needs the thread's patience again.
        var wasInterrupted = Thread.interrupted();
        try {
            watch.shutdownNow();
            synchronized (this) {
                if (rights != null) {
                    stop();
                }
                directory.close();
            }
        } catch (IOException e) {
            throw Refusal.unusable(directory.root(), e);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
