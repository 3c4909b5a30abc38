package dev.invitepacer.pacing;

/**
 * Why nothing is released now, in the order in which they are looked at: the first that applies is the one that is
 * told.
 */
public enum Reason {
    /** Somebody paused the account. */
    PAUSED,
    /** LinkedIn limited the account. */
    RESTRICTED,
    /** No draft waits. */
    QUEUE_EMPTY,
    /** Drafts wait, but none of them may go yet. */
    NOTHING_ELIGIBLE,
    /** As many invitations are unanswered as the account may have. */
    PENDING_THRESHOLD,
    /** The sender has as many unfinished tasks as it may have. */
    TASKS_OPEN,
    /** As many releases as the effective cap lie in the last 168 hours. */
    WEEKLY_CAP,
    /** As many releases as the daily cap lie in the last 24 hours. */
    DAILY_CAP,
    /** The next token is not there yet. */
    NEXT_TOKEN,
    /** There is a token, but these are not the account's hours; or, as a hold, no such hours are in sight. */
    OUTSIDE_ACTIVE_HOURS
}
