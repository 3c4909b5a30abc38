package dev.invitepacer.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;

/**
 * Makes the first admin key where no key lets an admin in: on the first start, and after an operator has revoked all by hand.
 * Of instances that start at once, one makes it.
 */
@ApplicationScoped
class FirstKey {
    private static final Logger LOG = Logger.getLogger(FirstKey.class);
    private static final String NONE = "none";
    private static final String ACTOR = "start";

    private final Keys keys;
    private final PacerConfig config;

    FirstKey(Keys keys, PacerConfig config) {
        this.keys = keys;
        this.config = config;
    }

    @Transactional
    void atStart(@Observes StartupEvent start) {
        if (!config.security().enabled()) {
            return;
        }
        boolean isGiven = !config.bootstrapKey().equals(NONE);
        Token given = new Token(config.bootstrapKey());
        if (isGiven && !given.isA(Token.KEY)) {
            throw new IllegalStateException(
                    "PACER_BOOTSTRAP_KEY must be pk_ and 43 characters of A-Z, a-z, 0-9, - and _, 256 random bits: echo"
                            + " pk_$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')");
        }
        keys.lock();
        if (keys.hasAdmin()) {
            return;
        }
        KeyForm form = new KeyForm("first", Role.ADMIN, null, null);
        if (isGiven) {
            if (keys.knows(given)) {
                throw new IllegalStateException(
                        "PACER_BOOTSTRAP_KEY is a key that was revoked or has expired, and no other lets an admin in: give"
                                + " a new one, or take it away, and one is made and written to a file.");
            }
            keys.insert(form, given, ACTOR);
            LOG.info("The first admin key is the one in PACER_BOOTSTRAP_KEY.");
        } else {
            Token token = Token.random(Token.KEY);
            keys.insert(form, token, ACTOR);
            // Before the commit: a key in the database that nobody has would be of no use.
            Path file = write(token);
            LOG.infof("The first admin key is in %s", file);
        }
    }

    private Path write(Token token) {
        Path file = Path.of(config.security().keyFile()).toAbsolutePath().normalize();
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(
                    file.getParent(),
                    ".admin-key",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(unfinished, token.text() + "\n");
                return Files.move(
                        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The first admin key cannot be written to " + file
                            + ": set PACER_SECURITY_KEY_FILE to a file that can, or give the key in PACER_BOOTSTRAP_KEY.",
                    failure);
        }
    }
}
