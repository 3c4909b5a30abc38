package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/**
 * Lives as many worlds as one likes in the service itself, on PostgreSQL. Only where {@code -Dtest=SimulateOnPostgres} names
 * it: {@code docs/how-to/simulate.md}.
 */
@QuarkusTest
class SimulateOnPostgres extends ServiceTest {
    @Test
    void manyWorlds() {
        long seed = Long.getLong("simulation.seed", 1);
        long seeds = Long.getLong("simulation.seeds", 1_000);
        Duration longest = Duration.ofMinutes(Long.getLong("simulation.minutes", 60));
        Canary canary = Canary.valueOf(System.getProperty("simulation.canary", "NONE"));

        Simulation.Outcome outcome = PostgresWorlds.run(database, seed, seeds, longest, canary);

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
