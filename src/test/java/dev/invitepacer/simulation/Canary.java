package dev.invitepacer.simulation;

/** Bugs that are put in on purpose: a simulator that does not find them proves nothing. */
enum Canary {
    NONE,
    /** What was sent by hand is forgotten when releases are counted. */
    HAND_SENT_FORGOTTEN,
    /** A call that a dead replica had begun is made again, whatever the channel. */
    CALL_REPEATED,
    /** New drafts do not wake an account that holds. */
    NOT_WOKEN,
    /** Replicas look at an account without its lock. */
    LOCK_FORGOTTEN
}
