package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;

/** Nothing is lost: each invitation has the tasks and the bookings that its state asks for, and none is gone. */
final class LossChecker implements Checker {
    private final Set<Long> known = new HashSet<>();

    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        for (Invitation one : unit.invitations.values()) {
            known.add(one.id);
            Consumer<String> ofOne = what ->
                    finding.accept(unit.rows.account + "/" + one.id + ", " + one.state + " by " + unit.work + what);
            same(", its open tasks to send", open(unit.rows, one, TaskKind.SEND), one.state == State.RELEASED, ofOne);
            same(
                    ", its open tasks to withdraw",
                    open(unit.rows, one, TaskKind.WITHDRAW),
                    one.state == State.WITHDRAWING,
                    ofOne);
            int counted = 0;
            int releases = 0;
            for (Booking row : unit.rows.booked.getOrDefault(one.id, List.of())) {
                counted += row.counts() ? 1 : 0;
                releases += row.isRelease ? 1 : 0;
            }
            if (one.state.countsAsPending() || one.state == State.QUEUED) {
                same(", its bookings that count", counted, one.state.countsAsPending(), ofOne);
            }
            if (releases != one.attempt) {
                ofOne.accept(": " + releases + " releases booked, " + one.attempt + " attempts");
            }
        }
    }

    private static long open(Rows rows, Invitation of, TaskKind kind) {
        long count = 0;
        for (Task task : rows.tasksOf(of.id)) {
            count += task.isOpen() && task.kind == kind ? 1 : 0;
        }
        return count;
    }

    private static void same(String what, long found, boolean isOne, Consumer<String> finding) {
        if (found != (isOne ? 1 : 0)) {
            finding.accept(what + ": " + found + " instead of " + (isOne ? 1 : 0));
        }
    }

    @Override
    public void ended(List<Rows> accounts, Outside outside, Consumer<String> finding) {
        Set<Long> there = new HashSet<>();
        accounts.forEach(rows -> {
            there.addAll(rows.live.keySet());
            there.addAll(rows.over.keySet());
        });
        known.stream().filter(id -> !there.contains(id)).forEach(id -> finding.accept("invitation " + id + " is gone"));
        for (Map.Entry<Long, Integer> sent : outside.sent().entrySet()) {
            if (!known.contains(sent.getKey())) {
                finding.accept("invitation " + sent.getKey() + " was sent and never queued");
            }
        }
    }
}
