package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL's programs, unpacked. The directory is named after the archive that it came from, so that a new build lands
 * beside the old one, and it appears whole or not at all.
 */
record Binaries(Path home) {

    static final String UNFINISHED = "new-";
    private static final Duration SYNC = Duration.ofSeconds(60);

    /** Unpacks the archive below the directory, unless that has been done. Safe in several processes at once. */
    static Binaries unpacked(Archive archive, Path directory) throws IOException {
        var home = directory.resolve(archive.digest());
        if (!Files.isDirectory(home)) {
            Files.createDirectories(directory);
            var unfinished = Files.createTempDirectory(directory, UNFINISHED);
            try {
                archive.unpackInto(unfinished);
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                // Without it, a power cut can leave the renamed directory with empty files.
                new Command(List.of("sync", "-f", unfinished.toString()), directory).run(SYNC);
                new Tree(unfinished).moveTo(home);
            } catch (IOException e) {
                new Tree(unfinished).delete();
                var anotherProcessWasFaster = Files.isDirectory(home);
                if (!anotherProcessWasFaster) {
                    throw e;
                }
            }
        }
        return new Binaries(home);
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Deletes the programs of other builds and what was left half unpacked. Only for a directory that is not shared. */
    void dropOthers() throws IOException {
        try (var directories = Files.list(home.getParent())) {
            directories.filter(directory -> !directory.equals(home)).forEach(other -> new Tree(other).delete());
        }
    }
}
