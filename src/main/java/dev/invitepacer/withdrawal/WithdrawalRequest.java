package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;

/** Turns a pending invitation into a task to withdraw it. The caller holds the account's lock. */
@ApplicationScoped
class WithdrawalRequest {
    private final Tasks tasks;
    private final Journal journal;

    WithdrawalRequest(Tasks tasks, Journal journal) {
        this.tasks = tasks;
        this.journal = journal;
    }

    /** @param readyAt when the task comes up, {@code now} or later */
    void ask(Invitation pending, WithdrawalReason reason, Instant readyAt, String actor, Instant now) {
        pending.state = State.WITHDRAWING;
        pending.withdrawal = reason.name();
        tasks.openWithdrawal(pending.account, pending.id, reason.name(), readyAt, now);
        journal.tell(
                pending.account,
                pending.id,
                now,
                "invitation.withdrawal-asked",
                actor,
                Map.of("reason", reason.name(), "readyAt", readyAt.toString()));
    }
}
