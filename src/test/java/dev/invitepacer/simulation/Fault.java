package dev.invitepacer.simulation;

/** What goes wrong, or changes under the service's feet. A long run must have met each. */
enum Fault {
    /** A replica dies with a transaction open; the store undoes it. */
    CRASHED_BEFORE_COMMIT,
    /** A replica dies right after a commit that it never hears of. */
    CRASHED_AFTER_COMMIT,
    /** A replica dies while a sender is at the task that it handed over. */
    CRASHED_DURING_CALL,
    /** The connection breaks during a commit, which was done. */
    COMMIT_UNKNOWN_AND_DONE,
    /** The connection breaks during a commit, which was not done. */
    COMMIT_UNKNOWN_AND_UNDONE,
    /** No connection to the database is free. */
    POOL_EXHAUSTED,
    /** A replica stands still for minutes, with its locks held, and goes on. */
    FROZEN,
    /** The database's clock jumps ahead. */
    CLOCK_FORWARD,
    /** The database's clock jumps back. */
    CLOCK_BACK,
    /** The account's local clock changes, summer to winter or back. */
    CLOCKS_CHANGE,
    /** Nothing runs for two weeks. */
    OUTAGE,
    /** A sender takes minutes to answer. */
    SENDER_SLOW,
    /** A sender takes nothing for hours. */
    SENDER_AWAY,
    /** A sender says that LinkedIn limits the account. */
    SENDER_LIMITED,
    /** A sender says what is not true. */
    SENDER_LIED,
    /** A sender did it, and the answer never came. */
    ANSWER_LOST,
    /** A report comes again. */
    REPORT_TWICE,
    /** A report comes days after what it tells. */
    REPORT_LATE,
    /** A reporter's clock is wrong. */
    REPORT_SKEWED,
    /** Somebody changes the account's settings. */
    SETTINGS_CHANGED,
    /** Somebody lets the account's tasks go another way. */
    CHANNEL_CHANGED,
    /** Somebody pauses the account. */
    PAUSED,
    /** Somebody invites people by hand and reports it. */
    SENT_BY_HAND
}
