package dev.invitepacer.report.linkedin;

/** Says that a file is not LinkedIn's data export. The message is a sentence that says what to send in its place. */
public final class NotAnExport extends RuntimeException {
    NotAnExport(String sentence) {
        super(sentence);
    }
}
