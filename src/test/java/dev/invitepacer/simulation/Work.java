package dev.invitepacer.simulation;

import java.util.function.Consumer;

/** A transaction under way: it gets its lock, does its work and commits, and between any two of these others go on. */
final class Work {
    enum Phase {
        TO_LOCK,
        TO_WORK,
        TO_COMMIT,
        OVER
    }

    final String name;
    final Rows rows;
    /** Null where the caller's program runs it: that one does not crash here. */
    final Replica replica;
    /** Whether it passes over an account that somebody else holds, and one for which there is nothing to do. */
    final boolean isSkipping;

    final Consumer<Unit> body;
    java.util.function.BooleanSupplier isWanted = () -> true;
    /** Once it is committed, whether anybody hears of that or not. */
    Runnable committed = () -> {};

    Runnable done = () -> {};
    Runnable failed = () -> {};

    Phase phase = Phase.TO_LOCK;
    Unit unit;

    Work(String name, Rows rows, Replica replica, boolean isSkipping, Consumer<Unit> body) {
        this.name = name;
        this.rows = rows;
        this.replica = replica;
        this.isSkipping = isSkipping;
        this.body = body;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Undone, as the database does it when the connection is gone. */
    void undo() {
        if (unit != null && rows.holder == unit) {
            unit.end();
        }
        phase = Phase.OVER;
    }
}
