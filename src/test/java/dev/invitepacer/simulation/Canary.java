package dev.invitepacer.simulation;

/** Bugs that are put in on purpose: a simulator that does not find them proves nothing. */
enum Canary {
    NONE,
    /** What was sent by hand is forgotten when releases are counted. */
    HAND_SENT_FORGOTTEN,
    /** Whoever lost a task to another replica applies what came of it all the same. */
    LOST_RUN_APPLIED,
    /** A call that a dead replica had begun is made again, whatever the channel. */
    CALL_REPEATED,
    /** New drafts do not wake an account that holds. */
    NOT_WOKEN,
    /** The situation is read before the account's lock is granted. */
    READ_BEFORE_LOCK
}
