package dev.invitepacer.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.Invitation;

/**
 * Writes down what a transaction has left behind, column by column, so that what two stores made of the same world can be
 * compared. Ids are the store's own; here a thing is called by what it belongs to and its number there.
 */
final class Diary {
    /** What is no transaction on an account, and in memory no unit. */
    private static final Set<String> HAND_OVERS = Set.of("claim", "begin", "sweep", "lease");

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> paces = new HashMap<>();
    private final Map<Long, String> tasks = new HashMap<>();

    List<String> lines() {
        return lines;
    }

    void write(Unit unit, Instant now) {
        Rows rows = unit.rows;
        String head = now + " " + rows.account + " " + unit.work + ": ";
        unit.invitations.values().stream()
                .sorted((one, other) -> Long.compare(one.id, other.id))
                .filter(one -> isNew(unit, one))
                .forEach(one -> lines.add(head + invitation(rows, one)));
        unit.booked.forEach(row -> lines.add(head + booking(rows, row)));
        if (!HAND_OVERS.contains(unit.work)) {
            unit.tasks.keySet().stream().sorted().map(rows::task).forEach(task -> {
                String line = task(rows, task);
                if (!line.equals(tasks.put(task.id, line))) {
                    lines.add(head + line);
                }
            });
        }
        String pace = pace(rows);
        if (!pace.equals(paces.put(rows.account, pace))) {
            lines.add(head + pace);
        }
    }

    /** A row that was only read is not told. */
    private static boolean isNew(Unit unit, Invitation one) {
        return unit.before.get(one.id) != one.state;
    }

    /** Everything that an account holds. */
    static List<String> of(Rows rows) {
        List<String> lines = new ArrayList<>();
        lines.add(pace(rows));
        lines.add(rows.account + " settings " + settings(rows));
        rows.campaigns.values().forEach(campaign -> lines.add(rows.account + " " + campaign));
        rows.byProfile.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(rows::invitation)
                .forEach(one -> {
                    lines.add(invitation(rows, one));
                    rows.tasksOf(one.id).stream()
                            .sorted((a, b) -> Long.compare(a.id, b.id))
                            .forEach(task -> lines.add(task(rows, task)));
                    rows.booked.getOrDefault(one.id, List.of()).stream()
                            .sorted((a, b) -> Long.compare(a.id, b.id))
                            .forEach(row -> lines.add(booking(rows, row)));
                });
        return lines;
    }

    private static String settings(Rows rows) {
        Set<LocalDate> days = rows.settings.restDays();
        return rows.settings.toString().replace(days.toString(), new TreeSet<>(days).toString());
    }

    private static String name(Rows rows, long invitation) {
        Invitation one = rows.invitation(invitation);
        return rows.account + "/" + one.profile + "#"
                + rows.byProfile.get(one.profile).indexOf(invitation);
    }

    private static String pace(Rows rows) {
        return rows.account + " due " + PaceRow.dueAt(rows.pace) + " for " + PaceRow.reason(rows.pace) + " night "
                + PaceRow.nightlyAt(rows.pace) + " paused " + PaceRow.pausedAt(rows.pace) + " until "
                + PaceRow.pausedUntil(rows.pace) + " restricted " + rows.pace.restrictedUntil() + " learned "
                + PaceRow.learned(rows.pace) + " warm " + PaceRow.warmUpSince(rows.pace) + " bucket " + rows.bucket
                + " share " + rows.shareTime + " retry " + rows.retryAt;
    }

    private static String invitation(Rows rows, Invitation one) {
        return name(rows, one.id) + " " + one.state + " attempt " + one.attempt + " campaign " + one.campaign
                + " priority " + one.priority + " source " + one.source + " queued " + one.queuedAt + " not before "
                + one.notBefore + " lapses " + one.lapsesAt + " released " + one.releasedAt + " sent " + one.sentAt
                + " pending " + one.pendingSince + " ended " + one.endedAt + " cooldown " + one.cooldownUntil
                + " withdrawal " + one.withdrawal;
    }

    private static String task(Rows rows, Task task) {
        return name(rows, task.invitation) + " " + task.kind + " " + task.attempt + " " + task.state + " for "
                + task.reason + " opened " + task.openedAt + " ready " + task.readyAt() + " closed " + task.closedAt
                + " outcome " + task.outcome + " " + TasksOfMemory.delivery(task);
    }

    private static String booking(Rows rows, Booking row) {
        return (row.invitation == null ? rows.account : name(rows, row.invitation)) + " booked " + row.at
                + (row.isRelease ? " released" : " by hand") + " returned " + row.returnedAt
                + (row.isTakenBack ? " taken back" : "");
    }
}
