package dev.invitepacer.benchmark.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.invitepacer.benchmark.ClassPath;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/**
 * A {@link Peer} in a JVM of its own.
 *
 * @param peer its name to {@link Peer#named}
 */
record PeerContender(String name, String peer, String setup, String promise, String makeDue) implements Contender {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final long POLL_MILLIS = 50;

    /** The process does it, before it says that it is ready. */
    @Override
    public void prepare(Database house) {
        // Nothing is left to do.
    }

    @Override
    public Runner start(Server server, Database house) throws Exception {
        Path log = server.work().resolve(peer + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ClassPath.own(),
                        Peer.class.getName(),
                        peer,
                        house.url(),
                        house.user())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BENCHMARK_PASSWORD", house.password());
        Process process = builder.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readAllLines(log).stream().noneMatch("ready"::equals)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not start; see " + log);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Runner.of(process);
    }
}
