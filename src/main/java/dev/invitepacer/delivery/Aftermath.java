package dev.invitepacer.delivery;

import java.time.Instant;

import dev.invitepacer.account.Pace;

/** What a sender's outcome means for the invitation and its account: the reports' room knows. */
public interface Aftermath {
    /**
     * Applies an outcome that is a report: done, failed, or refused beyond the try. It runs in the transaction that ends the
     * hand-over, which holds the account's lock. Where it leaves the task open, the outcome changed nothing of it.
     *
     * @param actor as the history names the sender
     */
    void apply(Pace pace, Task task, Outcome outcome, String actor, Instant now);
}
