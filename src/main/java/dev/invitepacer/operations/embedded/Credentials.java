package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The server's one user, and the random password that nobody needs to know: it stands in a file that its owner alone reads. */
record Credentials(String user, String password) {

    static final String USER = "pacer";
    private static final int PASSWORD_BYTES = 24;

    /** Never prints the password. */
    @Override
    public String toString() {
        return user;
    }

    static Credentials random() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Credentials(USER, HexFormat.of().formatHex(bytes));
    }

    /** @param pgpass in the form of a PostgreSQL password file: {@code host:port:database:user:password} */
    static Credentials readFrom(Path pgpass) throws IOException {
        var fields = Files.readString(pgpass).strip().split(":");
        if (fields.length != 5 || !fields[3].equals(USER) || fields[4].isBlank()) {
            throw new Refusal("The password file " + pgpass + " is damaged: delete it, and a new password is set.");
        }
        return new Credentials(USER, fields[4]);
    }

    void writeTo(Path pgpass) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var unfinished = Files.createTempFile(pgpass.getParent(), Binaries.UNFINISHED, "", ownerOnly);
        var line = "127.0.0.1:*:*:" + user + ":" + password + "\n";
        Files.writeString(unfinished, line, StandardOpenOption.SYNC);
        Files.move(unfinished, pgpass, StandardCopyOption.ATOMIC_MOVE);
    }
}
