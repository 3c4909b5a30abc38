package dev.invitepacer.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A body that has been taken in whole, so that a slow or broken upload holds nothing: in memory below {@value #IN_MEMORY}
 * bytes, otherwise in a file that goes when the last who took it in has closed it.
 */
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 64 * 1024;

    private final byte[] memory;
    private final Path file;
    private final long length;
    private final AtomicInteger users;
    private boolean isClosed;
    private Path copy;

    private Spool(byte[] memory, Path file, long length) {
        this(memory, file, length, new AtomicInteger());
    }

    private Spool(byte[] memory, Path file, long length, AtomicInteger users) {
        this.memory = memory;
        this.file = file;
        this.length = length;
        this.users = users;
        users.incrementAndGet();
    }

    /** A stream of a spooled body, by which {@link Spool#of} knows that nothing needs to be copied. */
    private static final class Opened extends FilterInputStream {
        private final Spool spool;

        Opened(Spool spool, InputStream in) {
            super(in);
            this.spool = spool;
        }
    }

    /**
     * Takes a body in, to its end; TOO_LARGE beyond {@code limit} bytes, UNREADABLE where it breaks off. A stream of a
     * spool is not copied: that spool and this one share the file, and either may be closed first.
     *
     * @param setting the key of that limit, for the answer
     */
    public static Spool of(InputStream body, long limit, String setting) {
        if (body instanceof Opened opened && opened.spool.length <= limit) {
            Spool spool = opened.spool;
            return new Spool(spool.memory, spool.file, spool.length, spool.users);
        }
        return of(body, limit, setting, null);
    }

    /** Likewise, while {@code digest} sees every byte. */
    static Spool of(InputStream body, long limit, String setting, MessageDigest digest) {
        byte[] beginning = receive(body == null ? InputStream.nullInputStream() : body, IN_MEMORY);
        see(digest, beginning, beginning.length);
        if (beginning.length < IN_MEMORY) {
            requireWithin(limit, setting, beginning.length);
            return new Spool(beginning, null, beginning.length);
        }
        try {
            Path file = newFile();
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(beginning);
                long length = copy(body, out, beginning.length, limit, setting, digest);
                return new Spool(null, file, length);
            } catch (IOException | RuntimeException failure) {
                discard(file);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** In bytes. */
    public long length() {
        return length;
    }

    /** The body from its beginning; as often as wanted. */
    public InputStream open() throws IOException {
        return new Opened(
                this,
                file == null ? new ByteArrayInputStream(memory) : new BufferedInputStream(Files.newInputStream(file)));
    }

    /** The body as a file, for those who read here and there in it. It goes when this is closed. */
    public synchronized Path file() {
        if (file != null) {
            return file;
        }
        try {
            if (copy == null) {
                copy = newFile();
                Files.write(copy, memory);
            }
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What is open stays readable to its end; again does nothing. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        boolean isLast = users.decrementAndGet() == 0;
        if (isLast && file != null) {
            discard(file);
        }
        if (copy != null) {
            discard(copy);
        }
    }

    /** The answer to a body that is over its limit. */
    public static RuntimeException tooLarge(long limit, String setting) {
        return Problem.of(
                Code.TOO_LARGE,
                "At most " + limit + " bytes are taken here (setting " + setting + "); send it in parts.");
    }

    private static Path newFile() throws IOException {
        return Files.createTempFile("pacer-body-", ".tmp");
    }

    private static long copy(
            InputStream body, OutputStream out, long before, long limit, String setting, MessageDigest digest)
            throws IOException {
        long length = before;
        while (true) {
            byte[] part = receive(body, IN_MEMORY);
            if (part.length == 0) {
                return length;
            }
            length += part.length;
            requireWithin(limit, setting, length);
            see(digest, part, part.length);
            out.write(part);
        }
    }

    private static void see(MessageDigest digest, byte[] bytes, int length) {
        if (digest != null) {
            digest.update(bytes, 0, length);
        }
    }

    private static void requireWithin(long limit, String setting, long length) {
        if (length > limit) {
            throw tooLarge(limit, setting);
        }
    }

    private static byte[] receive(InputStream body, int most) {
        try {
            return body.readNBytes(most);
        } catch (IOException gone) {
            throw Problem.of(Code.UNREADABLE, "The body ended before it was complete; nothing was done with it.");
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            file.toFile().deleteOnExit();
        }
    }
}
