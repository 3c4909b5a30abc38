package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lives as many worlds as one likes. Only where {@code -Dtest=Simulate} names it: {@code docs/how-to/simulate.md}. */
class Simulate {
    @Test
    void manyWorlds() {
        long seed = Long.getLong("simulation.seed", 1);
        long seeds = Long.getLong("simulation.seeds", 10_000);
        Duration longest = Duration.ofMinutes(Long.getLong("simulation.minutes", 60));
        int threads =
                Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors());
        Canary canary = Canary.valueOf(System.getProperty("simulation.canary", "NONE"));

        Simulation.Outcome outcome = Simulation.run(seed, seeds, longest, threads, canary);

        System.out.println(outcome.tally().text());
        outcome.findings().forEach(System.out::println);
        assertThat(outcome.findings())
                .as("replay with -Dsimulation.seed=<the seed> -Dsimulation.seeds=1")
                .isEmpty();
        if (seeds > 50) {
            assertThat(outcome.tally().missing()).as("what the run has not met").isEmpty();
        }
    }
}
