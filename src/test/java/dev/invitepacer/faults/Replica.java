package dev.invitepacer.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * One process of the packaged service, killed and started again under the same address: clients come to it, and it goes to
 * the database, over wires of its own.
 */
final class Replica {
    private static final int NOBODY = 1;
    private static final int PATIENCE_SECONDS = 30;
    private static final int MOST_STARTS = 100;

    private final Path directory;
    private final Map<String, String> environment;
    private final String[] arguments;
    private final Wire front;
    private final Wire database;
    private final List<Service> lives = new ArrayList<>();
    private Service process;
    private volatile int port = NOBODY;
    private int failedStarts;

    Replica(
            long seed,
            Path directory,
            TestPostgres.Database database,
            IntSupplier databasePort,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        this.directory = directory;
        this.arguments = arguments;
        this.front = new Wire(seed, () -> port);
        this.database = new Wire(seed + 1, databasePort);
        this.environment = new HashMap<>(environment);
        this.environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.url().replaceFirst("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:" + this.database.port()));
    }

    /** Where clients find it, whoever it is at the moment. */
    URI address() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    Wire front() {
        return front;
    }

    Wire database() {
        return database;
    }

    /** Until one is ready: without its database a process ends with an error, and whoever runs it starts another. */
    void start() throws IOException, InterruptedException {
        for (int starts = 1; ; starts++) {
            Service next = Service.launch(Service.jar(), directory, environment, arguments);
            lives.add(next);
            try {
                process = next.awaitReady();
                port = process.api().getPort();
                return;
            } catch (IllegalStateException ended) {
                if (starts == MOST_STARTS) {
                    throw ended;
                }
                failedStarts++;
                next.kill();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    void kill() throws InterruptedException {
        port = NOBODY;
        process.kill();
    }

    void standStill() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill " + name + " does not work here");
        }
    }

    void terminate() throws InterruptedException {
        process.terminate();
    }

    /** How many processes ended while they started, the database being away. */
    int failedStarts() {
        return failedStarts;
    }

    /** What all of its processes wrote to their logs. */
    List<String> log() {
        return lives.stream().flatMap(life -> life.output().lines()).toList();
    }

    void close() throws IOException, InterruptedException {
        for (Service life : lives) {
            life.kill();
        }
        front.close();
        database.close();
    }
}
