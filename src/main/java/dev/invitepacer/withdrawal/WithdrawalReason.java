package dev.invitepacer.withdrawal;

/** Why an invitation is to be withdrawn. */
public enum WithdrawalReason {
    /** Pending for longer than the account's {@code withdrawAfter}. */
    STALE,
    /** One of the oldest, of which as many go as bring pending, with the next day's releases, under the threshold. */
    PENDING_THRESHOLD,
    /** A person asked for it. */
    ASKED
}
