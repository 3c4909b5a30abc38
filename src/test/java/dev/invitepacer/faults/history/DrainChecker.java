package dev.invitepacer.faults.history;

import java.util.function.Consumer;

/** After the last fault everything goes out: no draft is left in a queue, and nobody waits for a sender. */
final class DrainChecker implements HistoryChecker {
    @Override
    public void check(History history, Consumer<String> finding) {
        history.remains().invitations().stream()
                .filter(one -> one.state().equals("QUEUED") || one.state().equals("RELEASED"))
                .forEach(one -> finding.accept(one.account() + "/" + one.id() + " is still " + one.state()));
        history.remains().openTasks().stream()
                .filter(task -> task.kind().equals("SEND") || "RUNNING".equals(task.stage()))
                .forEach(task -> finding.accept(task.account() + ": task " + task.id() + ", " + task.kind() + ", "
                        + task.stage() + ", is still open"));
    }
}
