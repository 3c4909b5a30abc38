package dev.invitepacer.invitation;

import java.time.Instant;

/** Takes back the request to withdraw an invitation. The tasks' room knows how; the queue must not know that room. */
public interface WithdrawalStop {
    /** Closes the open task; says no where a sender is at it. The caller holds the account's lock. */
    boolean stop(Invitation withdrawing, Instant now);
}
