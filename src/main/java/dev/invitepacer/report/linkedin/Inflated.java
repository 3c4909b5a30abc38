package dev.invitepacer.report.linkedin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;

/** What comes out of a zip's entry, up to a length and to what a file of text can have been packed into. */
final class Inflated extends FilterInputStream {
    /** LinkedIn's files shrink to a fifth; a file of nothing but hidden connections to a hundredth. */
    static final int HIGHEST_RATIO = 400;

    private static final long UNSUSPICIOUS = 4L * 1024 * 1024;

    private final String name;
    private final long packed;
    private final long most;
    private long given;

    Inflated(InputStream entry, String name, long packed, long most) {
        super(entry);
        this.name = name;
        this.packed = packed;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int read = super.read(target, offset, length);
            given += Math.max(read, 0);
            requireSense();
            return read;
        } catch (ZipException | java.io.EOFException broken) {
            throw new NotAnExport(
                    name + " in the zip is damaged: fetch the zip from LinkedIn again and send it as it came.");
        }
    }

    private void requireSense() {
        if (given > most) {
            throw new NotAnExport(String.format(
                    Locale.ROOT,
                    "%s in the zip has more than %,d bytes (setting pacer.limits.export-body): no export has.",
                    name,
                    most));
        }
        if (given > UNSUSPICIOUS && given / HIGHEST_RATIO > packed) {
            throw new NotAnExport(name + " in the zip is packed as no export is, but as a zip bomb is.");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
