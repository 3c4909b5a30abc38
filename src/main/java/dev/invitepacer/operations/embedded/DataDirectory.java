package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory that holds everything of one embedded server, and the exclusive right to it. The kernel takes the right
 * back when the process ends, however it ends, so a lock file that is lying about means nothing.
 *
 * <pre>
 * lock       locked for as long as a process works here; its text is that process's id
 * pgpass     the password, for people and psql
 * postgres/  the data
 * log/       what the server says
 * binaries/  PostgreSQL's programs
 * new-…/     unfinished; deleted at the next start
 * </pre>
 */
final class DataDirectory implements AutoCloseable {

    private static final int LONGEST_PID = 20;

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws Refusal if another process, or another server of this one, has the directory */
    static DataDirectory open(Path directory) throws IOException {
        Files.createDirectories(directory);
        var root = directory.toRealPath();
        var lock = FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw inUse(root, lock);
            }
            lock.truncate(0);
            lock.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            var opened = new DataDirectory(root, lock);
            opened.dropUnfinished();
            return opened;
        } catch (OverlappingFileLockException e) {
            throw inUse(root, lock);
        } catch (IOException | Refusal e) {
            lock.close();
            throw e;
        }
    }

    private static Refusal inUse(Path root, FileChannel lock) throws IOException {
        var text = ByteBuffer.allocate(LONGEST_PID);
        lock.read(text, 0);
        var pid = new String(text.array(), StandardCharsets.US_ASCII).replaceAll("\\D", "");
        return new Refusal("The data directory " + root + " is in use by another process"
                + (pid.isEmpty() ? "" : ", " + pid)
                + ": stop that one, or set " + Settings.DATA_DIR + " or QUARKUS_DATASOURCE_JDBC_URL.");
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("postgres");
    }

    Path password() {
        return root.resolve("pgpass");
    }

    Path log() {
        return root.resolve("log").resolve("postgresql.log");
    }

    /** A new directory for something that is renamed into place when it is whole. */
    Path unfinished() throws IOException {
        return Files.createTempDirectory(root, Binaries.UNFINISHED);
    }

    private void dropUnfinished() throws IOException {
        try (var directories = Files.newDirectoryStream(root, Binaries.UNFINISHED + "*")) {
            directories.forEach(directory -> new Tree(directory).delete());
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
