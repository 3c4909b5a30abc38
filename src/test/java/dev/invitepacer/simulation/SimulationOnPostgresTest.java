package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** A few seconds of what {@link SimulateOnPostgres} does for as long as one likes. */
@QuarkusTest
class SimulationOnPostgresTest extends ServiceTest {
    private static final World.Scope SMALL = new World.Scope(2, 2, 1, true);

    @Test
    void whateverGoesWrongTheServiceHoldsTheCapOnItsDatabaseAndASeedLivesTheSameAgain() {
        Diary once = new Diary();
        World world = PostgresWorlds.live(database, 3, SMALL, Canary.NONE, once);
        assertThat(world.findings).isEmpty();
        assertThat(world.tally.releases).isPositive();

        Diary again = new Diary();
        PostgresWorlds.live(database, 3, SMALL, Canary.NONE, again);
        assertThat(again.lines()).isEqualTo(once.lines());
    }

    @Test
    void aBugThatIsPutInOnPurposeIsFound() {
        assertThat(PostgresWorlds.live(database, 1, World.Scope.USUAL, Canary.NOT_WOKEN, null).findings)
                .isNotEmpty();
    }
}
