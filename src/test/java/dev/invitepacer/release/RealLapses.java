package dev.invitepacer.release;

import io.quarkus.arc.Arc;

/** The room's own sweep on the database of the service that runs: opens what only this room sees. */
public final class RealLapses {
    private RealLapses() {}

    public static void sweep() {
        Arc.container().instance(LapseSweep.class).get().sweep();
    }
}
