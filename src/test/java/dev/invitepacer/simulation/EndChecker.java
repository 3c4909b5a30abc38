package dev.invitepacer.simulation;

import java.util.List;
import java.util.function.Consumer;

import dev.invitepacer.account.PaceRow;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;

/** Once nothing goes wrong any more, everything ends: the queues are empty, and nobody waits for a sender. */
final class EndChecker implements Checker {
    @Override
    public void ended(List<Rows> accounts, Outside outside, Consumer<String> finding) {
        for (Rows rows : accounts) {
            for (Invitation one : rows.live.values()) {
                if (one.state == State.QUEUED || one.state == State.RELEASED) {
                    finding.accept(rows.account + "/" + one.id + " is still " + one.state + ", for "
                            + PaceRow.reason(rows.pace) + " until " + PaceRow.dueAt(rows.pace));
                }
            }
            rows.open.values().stream()
                    .filter(task -> one(rows, task.invitation).state != State.WITHDRAWING)
                    .forEach(task -> finding.accept(rows.account + ": task " + task.id + " is still open"));
        }
    }

    private static Invitation one(Rows rows, long id) {
        return rows.invitation(id);
    }
}
