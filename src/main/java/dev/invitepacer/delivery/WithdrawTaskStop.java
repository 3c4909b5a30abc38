package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.WithdrawalStop;

/** Cancels the WITHDRAW task of an invitation that is to be kept. */
@ApplicationScoped
class WithdrawTaskStop implements WithdrawalStop {
    private final Tasks tasks;

    WithdrawTaskStop(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public boolean stop(Invitation withdrawing, Instant now) {
        List<Task> open = tasks.openOf(withdrawing.account, withdrawing.id).stream()
                .filter(task -> task.kind == TaskKind.WITHDRAW)
                .toList();
        if (open.stream().anyMatch(task -> task.isLeased(now) || task.isWithSender())) {
            return false;
        }
        open.forEach(task -> task.close(TaskState.CANCELLED, "KEPT", now));
        return true;
    }
}
