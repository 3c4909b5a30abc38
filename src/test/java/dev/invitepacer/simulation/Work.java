package dev.invitepacer.simulation;

import java.util.function.BooleanSupplier;

/** What a process or a caller is at: one transaction or some. Between any two of its steps others go on. */
class Work {
    final String name;
    /** Null where it is not about one account alone. */
    final Rows rows;
    /** Null where the caller's program runs it: that one does not crash here. */
    final Replica replica;

    BooleanSupplier isWanted = () -> true;
    /** Once it is committed, whether anybody hears of that or not. */
    Runnable committed = () -> {};

    Runnable done = () -> {};
    Runnable failed = () -> {};

    boolean isOver;

    Work(String name, Rows rows, Replica replica) {
        this.name = name;
        this.rows = rows;
        this.replica = replica;
    }
}
