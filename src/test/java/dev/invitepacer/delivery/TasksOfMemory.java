package dev.invitepacer.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.invitepacer.invitation.Invitation;

/** Tasks that are kept elsewhere than in a database: opens what only this room sees. */
public abstract class TasksOfMemory extends Tasks {
    protected TasksOfMemory() {
        super(null, null);
    }

    @Override
    void tellOpened() {
        // Whoever hands over looks by himself.
    }

    @Override
    public abstract String laneOf(String account);

    @Override
    Invitation invitationOf(Task task) {
        throw new UnsupportedOperationException("only the inbox asks this");
    }

    public static Task added(
            long id,
            String account,
            long invitation,
            TaskKind kind,
            int attempt,
            String reason,
            Instant readyAt,
            Instant now) {
        Task task = new Task();
        task.id = id;
        task.account = account;
        task.invitation = invitation;
        task.kind = kind;
        task.state = TaskState.OPEN;
        task.attempt = attempt;
        task.reason = reason;
        task.readyAt = readyAt;
        task.openedAt = now;
        return task;
    }

    public static Task copy(Task of) {
        Task copy = added(of.id, of.account, of.invitation, of.kind, of.attempt, of.reason, of.readyAt, of.openedAt);
        merge(of, added(0, "", 0, null, 0, null, null, null), copy);
        return copy;
    }

    /** Writes to {@code row} what is another value in {@code changed} than it was in {@code read}: those columns alone. */
    public static void merge(Task changed, Task read, Task row) {
        row.state = changed.state != read.state ? changed.state : row.state;
        row.lease = changed.lease != read.lease ? changed.lease : row.lease;
        row.leasedUntil = changed.leasedUntil != read.leasedUntil ? changed.leasedUntil : row.leasedUntil;
        row.closedAt = changed.closedAt != read.closedAt ? changed.closedAt : row.closedAt;
        row.outcome = changed.outcome != read.outcome ? changed.outcome : row.outcome;
        row.lane = changed.lane != read.lane ? changed.lane : row.lane;
        row.stage = changed.stage != read.stage ? changed.stage : row.stage;
        row.tries = changed.tries != read.tries ? changed.tries : row.tries;
        row.nextTryAt = changed.nextTryAt != read.nextTryAt ? changed.nextTryAt : row.nextTryAt;
        row.run = changed.run != read.run ? changed.run : row.run;
        row.runUntil = changed.runUntil != read.runUntil ? changed.runUntil : row.runUntil;
        row.begun = changed.begun != read.begun ? changed.begun : row.begun;
        row.doubted = changed.doubted != read.doubted ? changed.doubted : row.doubted;
        row.deliveryDetail =
                changed.deliveryDetail != read.deliveryDetail ? changed.deliveryDetail : row.deliveryDetail;
        row.reference = changed.reference != read.reference ? changed.reference : row.reference;
    }

    /** The database keeps microseconds. */
    public static void round(Task task) {
        if (task.nextTryAt != null) {
            task.nextTryAt = task.nextTryAt.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** What the database does to a task that is inserted. */
    public static void takeLane(Task task, String lane) {
        task.lane = lane;
        if (lane != null) {
            task.stage = Stage.WAITING;
            task.nextTryAt = task.readyAt();
        }
    }

    /** What the database does to a task that is closed. */
    public static void endDelivery(Task task) {
        task.run = null;
        task.runUntil = null;
        task.nextTryAt = null;
        if (task.stage == Stage.RUNNING) {
            task.stage = Stage.TAKEN;
        }
    }

    /** What the database does to a task whose account changes its channel. */
    public static void followChannel(Task task, String lane) {
        if (task.isOpen() && (task.stage == null || task.stage == Stage.WAITING || task.stage == Stage.FAILED)) {
            task.lane = lane;
            task.stage = lane == null ? null : Stage.WAITING;
            task.tries = 0;
            task.deliveryDetail = null;
            task.nextTryAt = lane == null ? null : task.readyAt();
        }
    }

    /** How far its hand-over is, in words. */
    public static String delivery(Task task) {
        return "lane " + task.lane + " " + task.stage + " tries " + task.tries + " next " + task.nextTryAt
                + (task.run == null ? "" : " running") + (task.begun ? " begun" : "")
                + (task.doubted ? " doubted" : "");
    }

    public static UUID run(Task task) {
        return task.run;
    }

    public static Instant runUntil(Task task) {
        return task.runUntil;
    }

    public static boolean isRunning(Task task) {
        return task.run != null;
    }

    public static boolean isBegun(Task task) {
        return task.begun;
    }

    public static void renew(Task task, Instant until) {
        task.runUntil = until;
    }

    public static void begin(Task task, Instant until) {
        task.begun = true;
        task.runUntil = until;
    }

    /** As the statement that claims does it. */
    public static void claim(Task task, UUID token, Instant until, boolean isRepeatable) {
        task.stage = Stage.RUNNING;
        task.run = token;
        task.tries++;
        task.nextTryAt = null;
        task.runUntil = until;
        task.begun = isRepeatable;
        task.lease = null;
        task.leasedUntil = null;
    }

    /** As the statement that takes over the runs of those who died does it. */
    public static void takeOver(Task task, boolean isRepeatable, Instant now) {
        boolean wasBegun = task.begun;
        boolean isTried = isRepeatable && task.tries < RetrySchedule.MOST_TRIES || !wasBegun;
        task.run = null;
        task.runUntil = null;
        task.begun = false;
        task.tries -= wasBegun ? 0 : 1;
        task.stage = task.doubted || wasBegun ? Stage.IN_DOUBT : Stage.WAITING;
        task.doubted = task.doubted || wasBegun;
        task.nextTryAt = isTried ? now : null;
    }
}
