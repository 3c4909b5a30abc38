package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.config.PacerConfig;

/**
 * What the simulator's store in memory says in Java, the service says in SQL: the same world, with nothing that breaks in it, is
 * lived on both, and each commit leaves the same behind in each column.
 */
@QuarkusTest
class StoresAgreeTest extends ServiceTest {
    private static final World.Scope UNDISTURBED = new World.Scope(1, 2, 1, false);
    private static final int LINES_BEFORE = 5;

    @Inject
    PacerConfig config;

    @ParameterizedTest
    @ValueSource(longs = 2)
    void theSameWorldComesToTheSameInMemoryAndOnPostgres(long seed) {
        Diary ofMemory = new Diary();
        World memory = new World(
                seed,
                UNDISTURBED,
                world -> new MemoryStore(world, Canary.NONE, config.withdrawal().expiry()));
        memory.diary = ofMemory;
        memory.live();
        Diary ofPostgres = new Diary();
        World postgres = PostgresWorlds.live(database, seed, UNDISTURBED, Canary.NONE, ofPostgres);

        agree(ofMemory.lines(), ofPostgres.lines());
        agree(rows(memory), rows(postgres));
        assertThat(memory.findings).isEmpty();
        assertThat(postgres.findings).isEmpty();
        assertThat(postgres.tally.releases).isPositive();
    }

    private static List<String> rows(World world) {
        return world.accounts().stream()
                .flatMap(rows -> Diary.of(rows).stream())
                .toList();
    }

    /** Where they part, and what was before. */
    private static void agree(List<String> memory, List<String> postgres) {
        for (int i = 0; i < Math.max(memory.size(), postgres.size()); i++) {
            String one = i < memory.size() ? memory.get(i) : "nothing more";
            String other = i < postgres.size() ? postgres.get(i) : "nothing more";
            assertThat(other)
                    .as("line %d, after %s", i, String.join("\n", memory.subList(Math.max(0, i - LINES_BEFORE), i)))
                    .isEqualTo(one);
        }
    }
}
