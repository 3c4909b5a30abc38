package dev.invitepacer.insight;

/** What is the matter with an account, the worst first. */
public enum Trouble {
    /** Releasing, or the nightly run, failed and is tried again. */
    FAILING,
    /** LinkedIn limits it. */
    RESTRICTED,
    /** Somebody paused it. */
    PAUSED,
    /** A task's delivery has failed or is in doubt. */
    DELIVERY_STUCK,
    /** As many are pending as may be. */
    PENDING_THRESHOLD,
    /** As many tasks are open as may be. */
    TASKS_OPEN,
    /** No active hours come within three years. */
    NO_ACTIVE_HOURS,
    /** No draft may go, and time alone changes nothing. */
    NOTHING_ELIGIBLE,
    /** A SEND task has been open for long. */
    TASKS_LATE,
    /** A cap has been reached for long. */
    CAP_REACHED,
    /** There is no draft. */
    QUEUE_EMPTY
}
