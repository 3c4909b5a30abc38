package dev.invitepacer.simulation;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A work of the service itself, in a thread that is led from one statement to the next. */
final class Stepped extends Work {
    final Callable<?> body;
    /** Null before its first step. */
    SteppedThread thread;
    /** It waits for a lock in the database. */
    boolean isBlocked;
    /** How often locks had been let go when it was last asked whether it still waits. */
    long askedAfter;

    /** Whoever wants to know what it came to. */
    Consumer<Object> result = none -> {};

    Stepped(String name, Rows rows, Replica replica, Callable<?> body) {
        super(name, rows, replica);
        this.body = body;
    }
}
