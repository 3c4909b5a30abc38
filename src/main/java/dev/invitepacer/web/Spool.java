package dev.invitepacer.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A body that has been taken in whole, so that a slow or broken upload holds nothing: the first {@value #IN_MEMORY} bytes
 * in memory, the rest in a file that goes when the last who took it in has closed it.
 */
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 64 * 1024;

    private final byte[] beginning;
    private final Path rest;
    private final long length;
    private final AtomicInteger users;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Spool(byte[] beginning, Path rest, long length) {
        this(beginning, rest, length, new AtomicInteger());
    }

    private Spool(byte[] beginning, Path rest, long length, AtomicInteger users) {
        this.beginning = beginning;
        this.rest = rest;
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
            return new Spool(spool.beginning, spool.rest, spool.length, spool.users);
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
            Path file = Files.createTempFile("pacer-body-", ".tmp");
            try (OutputStream out = Files.newOutputStream(file)) {
                long length = copy(body, out, beginning.length, limit, setting, digest);
                return new Spool(beginning, file, length);
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
        InputStream memory = new ByteArrayInputStream(beginning);
        return new Opened(
                this,
                rest == null
                        ? memory
                        : new SequenceInputStream(memory, new BufferedInputStream(Files.newInputStream(rest))));
    }

    /** What is open stays readable to its end; again does nothing. */
    @Override
    public void close() {
        boolean isLast = isClosed.compareAndSet(false, true) && users.decrementAndGet() == 0;
        if (isLast && rest != null) {
            discard(rest);
        }
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
            throw Problem.of(
                    Code.TOO_LARGE,
                    "At most " + limit + " bytes are taken here (setting " + setting + "); send it in parts.");
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
