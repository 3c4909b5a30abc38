package dev.invitepacer.invitation;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A file that is made while it is read: a beginning, then the same again and again up to a length. It takes no memory.
 */
final class Endless extends InputStream {

    private final byte[] beginning;
    private final byte[] again;
    private final long length;
    private long given;

    Endless(String beginning, String again, long length) {
        this.beginning = beginning.getBytes(StandardCharsets.UTF_8);
        this.again = again.getBytes(StandardCharsets.UTF_8);
        this.length = length;
    }

    /** How much of it has been read, in bytes. */
    long given() {
        return given;
    }

    @Override
    public int read() {
        if (given == length) {
            return -1;
        }
        long at = given++;
        return at < beginning.length ? beginning[(int) at] : again[(int) ((at - beginning.length) % again.length)];
    }
}
