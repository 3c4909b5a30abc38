package dev.invitepacer.operations.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs as they travel on the class path: one compressed archive for each kind of machine. */
record Archive(URL location) {

    private static final Map<String, String> RESOURCES =
            Map.of("amd64", "postgres-linux-x86_64.txz", "aarch64", "postgres-linux-arm_64.txz");
    private static final int OWNER_MAY_EXECUTE = 0100;
    private static final int DIGEST_LETTERS = 16;

    /** @throws Refusal if there is none for the system and architecture, or if its jar has been left out */
    static Archive forMachine(String system, String architecture) {
        var resource = system.equals("Linux") ? RESOURCES.get(architecture) : null;
        var location = resource == null ? null : Archive.class.getResource("/" + resource);
        if (location == null) {
            throw new Refusal("No database is configured, and there is no embedded PostgreSQL for " + system + " on "
                    + architecture + " here: set QUARKUS_DATASOURCE_JDBC_URL.");
        }
        return new Archive(location);
    }

    /** A name for exactly this archive: another build of PostgreSQL has another. */
    String digest() throws IOException {
        try (var stream = new DigestInputStream(location.openStream(), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest()).substring(0, DIGEST_LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void unpackInto(Path directory) throws IOException {
        try (InputStream compressed = new BufferedInputStream(location.openStream());
                var tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("an entry outside of its archive: " + entry.getName());
                }
                if (isNeededToRun(entry)) {
                    unpack(tar, entry, target);
                }
            }
        }
    }

    private static boolean isNeededToRun(TarArchiveEntry entry) {
        return !entry.getName().endsWith(".a");
    }

    /** Rights are set whatever the umask says: the server may run as another user than the one that unpacks. */
    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
        }
        var isExecutable = entry.isDirectory() || (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
