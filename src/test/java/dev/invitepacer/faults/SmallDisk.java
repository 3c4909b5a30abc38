package dev.invitepacer.faults;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of its own that is small enough to be filled. Only root may mount one. */
final class SmallDisk {
    private static final int PIECE = 65_536;
    private static final int CRUMB = 512;
    private static final int PATIENCE_SECONDS = 30;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Empty where this may not be done here. */
    static Optional<SmallDisk> mount(Path directory, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        boolean isMounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=755", "tmpfs", directory.toString());
        return isMounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
    }

    Path directory() {
        return directory;
    }

    /** Writes until not a byte more goes in. Others may give space back and take it again meanwhile. */
    void fill() {
        for (int size : new int[] {PIECE, CRUMB}) {
            try (OutputStream out = Files.newOutputStream(ballast(size), CREATE, APPEND)) {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                // which is what was wanted
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast(PIECE));
        Files.deleteIfExists(ballast(CRUMB));
    }

    private Path ballast(int size) {
        return directory.resolve("ballast-" + size);
    }

    void close() throws IOException, InterruptedException {
        free();
        if (!run("umount", directory.toString())) {
            run("umount", "--lazy", directory.toString());
        }
    }

    private static boolean run(String... words) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
