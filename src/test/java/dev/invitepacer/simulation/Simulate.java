package dev.invitepacer.simulation;

import org.junit.jupiter.api.Test;

/** Lives as many worlds as one likes. Only where {@code -Dtest=Simulate} names it: {@code docs/how-to/simulate.md}. */
class Simulate {
    @Test
    void manyWorlds() {
        Simulation.Wanted wanted = Simulation.Wanted.of(10_000);
        int threads =
                Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors());

        Simulation.run(wanted.seed(), wanted.seeds(), wanted.longest(), threads, wanted.canary())
                .judge(wanted.seeds());
    }
}
