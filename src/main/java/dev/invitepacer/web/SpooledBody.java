package dev.invitepacer.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A request's body in a temporary file, so that a slow or broken upload holds nothing else up. Closing it deletes it. */
public final class SpooledBody implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Path file;

    private SpooledBody(Path file) {
        this.file = file;
    }

    /**
     * Takes the body in whole; null is an empty one.
     *
     * @param most the most bytes that are taken
     * @param setting the key of that limit, for the answer
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 413 if it is larger, 400 if it breaks off
     */
    public static SpooledBody of(InputStream body, long most, String setting) {
        try {
            SpooledBody spooled = new SpooledBody(Files.createTempFile("pacer-body-", ""));
            try (OutputStream out = Files.newOutputStream(spooled.file)) {
                copy(body == null ? InputStream.nullInputStream() : body, out, most, setting);
                return spooled;
            } catch (IOException | RuntimeException failure) {
                spooled.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            file.toFile().deleteOnExit();
        }
    }

    private static void copy(InputStream body, OutputStream out, long most, String setting) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = receive(body, buffer); read >= 0; read = receive(body, buffer)) {
            copied += read;
            if (copied > most) {
                throw tooLarge(most, setting);
            }
            out.write(buffer, 0, read);
        }
    }

    /** The answer to a body that is over its limit. */
    public static RuntimeException tooLarge(long most, String setting) {
        return Problem.of(Code.TOO_LARGE, "At most " + most + " bytes are taken here (setting " + setting + ").");
    }

    private static int receive(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException gone) {
            throw Problem.of(Code.UNREADABLE, "The body ended before it was complete; nothing was changed.");
        }
    }
}
