package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The packaged service as a process of its own, in a working directory of its own, on ports that nobody else has. */
public final class Service {

    /** Long enough for a machine that is at something else too. */
    private static final Duration BOUND = Duration.ofSeconds(Integer.getInteger("service.patience", 120));

    private static final long POLL_MILLIS = 5;
    private static final Pattern API =
            Pattern.compile("Listening on: (http://(?:127\\.0\\.0\\.1|0\\.0\\.0\\.0):[0-9]+)");
    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on (http://(?:127\\.0\\.0\\.1|0\\.0\\.0\\.0):[0-9]+)");

    private final Process process;
    private final Path out;
    private final Path err;

    private Service(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The jar; where {@code packaged.native} names a native executable, that in its stead. */
    public static Path jar() {
        var program = System.getProperty("packaged.native", "");
        return Path.of(program.isEmpty() ? System.getProperty("packaged.jar") : program)
                .toAbsolutePath();
    }

    /** Whether {@link #jar()} is an executable, which takes none of a JVM's options. */
    public static boolean isNative() {
        return isNative(jar());
    }

    private static boolean isNative(Path program) {
        return !program.toString().endsWith(".jar");
    }

    public static Service launch(Path directory, String... arguments) throws IOException {
        return launch(jar(), directory, Map.of(), arguments);
    }

    /** The service on this database, with more in its environment. */
    public static Service launch(
            TestPostgres.Database database, Path directory, Map<String, String> more, String... arguments)
            throws IOException {
        var environment = new HashMap<>(database.environment());
        environment.putAll(more);
        return launch(jar(), directory, environment, arguments);
    }

    public static Service launch(Path jar, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        var options = new ArrayList<>(ClassArchive.optionsFor(jar));
        options.addAll(List.of(arguments));
        return start(jar, directory, environment, options);
    }

    static Service start(Path jar, Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        var words = new ArrayList<>(program(jar));
        // A JVM takes the last of two values of an option, so these come after its own.
        words.addAll(isNative(jar) ? 1 : words.indexOf("-jar"), arguments);
        // Asks for no keys; what is tested of a process is something else, but for those that turn them on again.
        words.addAll(
                1, List.of("-Dpacer.security.enabled=false", "-Dquarkus.http.port=0", "-Dquarkus.management.port=0"));
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

    /** How a command ended and what it said. */
    public record Told(int code, String text) {}

    /** Runs the program with these words, such as {@code export backup.zip}, to its end. */
    public static Told command(Path directory, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var said = said(directory);
        return told(builder(directory, environment, words).redirectErrorStream(true), said, said);
    }

    /** Runs it as {@code program words < file} does, or as {@code > file} where there is none; told is what went to standard error. */
    public static Told command(Path directory, Map<String, String> environment, Path file, String... words)
            throws IOException, InterruptedException {
        var said = said(directory);
        var builder = builder(directory, environment, words).redirectError(said.toFile());
        if (Files.exists(file)) {
            return told(builder.redirectInput(file.toFile()), said(directory), said);
        }
        return told(builder, file, said);
    }

    private static Told told(ProcessBuilder builder, Path output, Path said) throws IOException, InterruptedException {
        var process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end: " + read(said));
        }
        return new Told(process.exitValue(), read(said));
    }

    private static Path said(Path directory) throws IOException {
        return Files.createTempFile(directory, "said", ".txt");
    }

    private static ProcessBuilder builder(Path directory, Map<String, String> environment, String... words) {
        var all = new ArrayList<>(program(jar()));
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("PACER_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> program(Path jar) {
        if (isNative(jar)) {
            return List.of(jar.toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
    }

    public Service awaitReady() throws IOException {
        await(() -> output().contains("Listening on:") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + output() + errors());
        }
        return this;
    }

    /** Where the API is, once it is ready. */
    public URI api() {
        return address(API);
    }

    /** Where health and metrics are, once it is ready. */
    public URI management() {
        return address(MANAGEMENT);
    }

    private URI address(Pattern told) {
        var matcher = told.matcher(output());
        if (!matcher.find()) {
            throw new IllegalStateException("does not say where it listens: " + output());
        }
        return URI.create(matcher.group(1));
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it ends within this time; false is what one hopes for. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The exit code, when it has ended by itself or by a signal. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("did not end: " + output());
        }
        return process.exitValue();
    }

    /** SIGTERM, and the wait for the end. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL to the service alone: its server stays behind. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    public String output() {
        return read(out);
    }

    public String errors() {
        return read(err);
    }

    public static void await(BooleanSupplier condition) {
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
