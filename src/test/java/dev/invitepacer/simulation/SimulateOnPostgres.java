package dev.invitepacer.simulation;

import io.quarkus.test.junit.QuarkusTest;
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
        Simulation.Wanted wanted = Simulation.Wanted.of(1_000);

        PostgresWorlds.run(database, wanted.seed(), wanted.seeds(), wanted.longest(), wanted.canary())
                .judge(wanted.seeds());
    }
}
