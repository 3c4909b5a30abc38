package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few seconds of what {@link Simulate} does for minutes: the same worlds every time. */
class SimulationTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Test
    void whateverGoesWrongTheCapHoldsAndNothingIsLostDoubledOrLeftUnexplained() {
        Simulation.Outcome outcome = Simulation.run(1, 40, LONGEST, 1, Canary.NONE);

        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.tally().seeds).isEqualTo(40);
        assertThat(outcome.tally().missing()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBugThatIsPutInOnPurposeIsFound(Canary canary) {
        assertThat(Simulation.run(1, 40, LONGEST, 1, canary).findings()).isNotEmpty();
    }

    @Test
    void aSeedLivesTheSameWorldAgain() {
        World once = new World(7, Canary.NONE).live();
        World again = new World(7, Canary.NONE).live();

        assertThat(again.tally.text()).isEqualTo(once.tally.text());
        assertThat(again.serviceTime()).isEqualTo(once.serviceTime());
    }
}
