package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A user and group by their numbers, as the kernel and the file system know them. */
record Owner(int uid, int gid) {

    private static final Path USERS = Path.of("/etc/passwd");

    static Owner of(Path path) throws IOException {
        return new Owner((int) Files.getAttribute(path, "unix:uid"), (int) Files.getAttribute(path, "unix:gid"));
    }

    static Owner ofThisProcess() throws IOException {
        return of(Path.of("/proc/self"));
    }

    /** The first of the users that exists. */
    static Optional<Owner> named(List<String> users) throws IOException {
        try (var lines = Files.lines(USERS)) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 3 && users.contains(fields[0]))
                    .min(Comparator.comparing(fields -> users.indexOf(fields[0])))
                    .map(fields -> new Owner(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
        }
    }

    boolean isRoot() {
        return uid == 0;
    }
}
