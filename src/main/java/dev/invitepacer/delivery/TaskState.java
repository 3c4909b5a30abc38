package dev.invitepacer.delivery;

/** Whether a task is still to be done. */
public enum TaskState {
    /** To be done. */
    OPEN,
    /** Reported. */
    DONE,
    /** No longer wanted: what it asked for has happened, or has become pointless. */
    CANCELLED
}
