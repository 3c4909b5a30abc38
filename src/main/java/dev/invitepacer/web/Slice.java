package dev.invitepacer.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of a stream, which counts what has been read of it. */
public final class Slice extends FilterInputStream {
    private final long length;
    private long read;

    /** The {@code length} bytes after the first {@code from}. */
    public Slice(InputStream in, long from, long length) throws IOException {
        super(in);
        this.length = length;
        in.skipNBytes(from);
    }

    /** How many bytes of it have been read. */
    public long bytesRead() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        if (read == length) {
            return -1;
        }
        int got = super.read(target, offset, (int) Math.min(most, length - read));
        read += Math.max(got, 0);
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, length - read));
        read += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
