package dev.invitepacer.pacing;

import java.time.Instant;

/** Whether somebody stopped the account. */
public sealed interface Pause {
    static Pause none() {
        return new None();
    }

    static Pause indefinite() {
        return new Indefinite();
    }

    /** Paused before {@code end}; at {@code end} no more. */
    static Pause until(Instant end) {
        return new Until(end);
    }

    record None() implements Pause {}

    record Indefinite() implements Pause {}

    record Until(Instant end) implements Pause {}
}
