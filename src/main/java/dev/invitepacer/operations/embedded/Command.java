package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One run of a program, bounded in time. The program sees nothing of our environment but the search path. */
record Command(List<String> words, Path directory, String input) {

    private static final int LONGEST_OUTPUT = 64 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int NOT_RUN = 127;
    private static final Pattern COMPLAINT = Pattern.compile("error:|ERROR:|FATAL:|PANIC:|could not|No space");

    Command(List<String> words, Path directory) {
        this(words, directory, "");
    }

    /** How it ended and what it said, on both streams together. */
    record Outcome(int code, String output) {

        boolean isSuccess() {
            return code == 0;
        }

        /** The last line that complains or, without one, the last that says anything. */
        String reason() {
            return lastLine(COMPLAINT.asPredicate())
                    .or(() -> lastLine(line -> !line.isBlank()))
                    .orElse("exit code " + code);
        }

        private Optional<String> lastLine(Predicate<String> condition) {
            return output.lines().filter(condition).reduce((first, last) -> last);
        }
    }

    /**
     * A program that is missing or may not be run is an outcome, too: code 127.
     *
     * @throws Refusal if it takes longer than the bound or this thread is interrupted; the program and its children are
     *     then asked to end
     */
    Outcome run(Duration bound) {
        Process process = null;
        try {
            var builder =
                    new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
            var path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            builder.environment().clear();
            builder.environment().put("PATH", path);
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
            var output = read(process.getInputStream());
            write(process.getOutputStream());
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new Refusal(name() + " did not end within " + bound.toSeconds() + " seconds.");
            }
            return new Outcome(process.exitValue(), output.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            if (process != null) {
                end(process);
            }
            Thread.currentThread().interrupt();
            throw new Refusal(name() + " was interrupted.", e);
        } catch (IOException | ExecutionException | TimeoutException e) {
            return new Outcome(NOT_RUN, String.valueOf(e.getMessage()));
        }
    }

    private static FutureTask<String> read(InputStream stream) {
        var output = new FutureTask<>(() -> {
            var said = new String(stream.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
            stream.transferTo(OutputStream.nullOutputStream());
            return said;
        });
        var reader = new Thread(output, "postgresql-output");
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private void write(OutputStream stream) throws IOException {
        try (stream) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A program that ends without reading says why in its outcome.
            if (!input.isEmpty()) {
                throw e;
            }
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private String name() {
        return Path.of(words.get(0)).getFileName().toString();
    }
}
