package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged service as a process of its own, in a working directory of its own, on ports that nobody else has. */
final class Service {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Path out;
    private final Path err;

    private Service(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Path jar() {
        return Path.of(System.getProperty("pacer.jar")).toAbsolutePath();
    }

    static Service launch(Path directory, String... arguments) throws IOException {
        return launch(jar(), directory, Map.of(), arguments);
    }

    static Service launch(Path jar, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=0"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("-jar", jar.toString()));
        var out = Files.createTempFile(directory, "out", ".txt");
        var err = Files.createTempFile(directory, "err", ".txt");
        var builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("PACER_"));
        builder.environment().putAll(environment);
        return new Service(builder.start(), out, err);
    }

    Service awaitReady() throws IOException {
        await(() -> output().contains("Listening on:") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + output() + errors());
        }
        return this;
    }

    /** The exit code, when it has ended by itself or by a signal. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("did not end: " + output());
        }
        return process.exitValue();
    }

    /** SIGTERM, and the wait for the end. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL to the service alone: its server stays behind. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + BOUND);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
