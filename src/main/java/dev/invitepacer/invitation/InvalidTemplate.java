package dev.invitepacer.invitation;

/** A text is no template of a note; the message is a sentence that says how to mend it, with the line. */
public final class InvalidTemplate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTemplate(int line, String sentence) {
        super("Line " + line + ": " + sentence);
    }
}
