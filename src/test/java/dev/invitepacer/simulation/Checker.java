package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Looks at what happens and says what must not be. It knows of the code under test only what it asks for. */
interface Checker {
    /** Right after a commit: {@code unit.rows} are what is committed now. */
    default void committed(Unit unit, Instant now, Consumer<String> finding) {}

    /** Nothing is under way on this account. */
    default void quiet(Rows rows, Instant now, boolean isClockSteady, Consumer<String> finding) {}

    /** Faults have long ended, and all had time to end well. */
    default void ended(List<Rows> accounts, Outside outside, Consumer<String> finding) {}
}
