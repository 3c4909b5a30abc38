package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The PostgreSQL processes that work on a data directory, as the kernel knows them. The number in {@code postmaster.pid} is
 * only a hint: after a crash it may be dead, or belong to a stranger who got it since.
 */
record Processes(Path data) {

    private static final Path KERNEL = Path.of("/proc");
    private static final Duration POLL = Duration.ofMillis(20);

    List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses().filter(this::works).toList();
    }

    /** Waits until no process works on the directory any more; whether that came true within the bound. */
    boolean awaitNone(Duration bound) {
        return await(() -> alive().isEmpty(), bound);
    }

    /** Waits until some process works on the directory; whether that came true within the bound. */
    boolean awaitAny(Duration bound) {
        return await(() -> !alive().isEmpty(), bound);
    }

    private static boolean await(BooleanSupplier condition, Duration bound) {
        var deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The process that the server's lock file names, if it is in truth somebody else's. */
    boolean isLockFileOfStranger() {
        try {
            var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
            return Files.exists(KERNEL.resolve(pid))
                    && !works(ProcessHandle.of(Long.parseLong(pid)).orElse(null));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean works(ProcessHandle process) {
        if (process == null || !isPostgres(process)) {
            return false;
        }
        try {
            return Files.isSameFile(KERNEL.resolve(process.pid() + "/cwd"), data);
        } catch (IOException e) {
            // Somebody else's process, where even root may not look closer, as in many containers. The arguments are
            // public, but only the first process keeps its own; the others wear a title.
            return hasDataInArguments(process)
                    || process.parent().filter(this::hasDataInArguments).isPresent();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return read(process, "comm").strip().equals("postgres");
    }

    private boolean hasDataInArguments(ProcessHandle process) {
        return List.of(read(process, "cmdline").split("\0")).contains(data.toString());
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(KERNEL.resolve(process.pid() + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
