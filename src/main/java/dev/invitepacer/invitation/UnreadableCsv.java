package dev.invitepacer.invitation;

/**
 * Says that a CSV file cannot be read, from a certain line on. The message is a sentence that says how to mend the
 * file.
 */
public final class UnreadableCsv extends RuntimeException {

    private final long line;

    UnreadableCsv(long line, String sentence) {
        super(sentence);
        this.line = line;
    }

    /** The physical line on which the trouble begins; the header is line 1. */
    public long line() {
        return line;
    }
}
