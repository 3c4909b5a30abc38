package dev.invitepacer.invitation;

/** Where an import is. */
public enum ImportState {
    /** Its batches are being taken. */
    RUNNING,
    /** The list has been read to its end. */
    DONE,
    /** It ended before: everything up to its last line is taken, nothing after that. */
    STOPPED
}
