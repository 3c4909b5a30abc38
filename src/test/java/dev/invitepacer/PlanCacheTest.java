package dev.invitepacer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.internal.util.cache.InternalCache;
import org.hibernate.query.spi.QueryInterpretationCache;
import org.junit.jupiter.api.Test;

/**
 * Hibernate keeps the plan of each statement, and finds it again by what it gives back. A native query of a plain type is
 * another one each time unless its column is named: then the plans pile up, and each is compared with all before it.
 */
@QuarkusTest
class PlanCacheTest extends ServiceTest {
    private static final Pattern WITHOUT_COLUMN =
            Pattern.compile("createNativeQuery\\(((?!createNativeQuery|addScalar|setParameter|Tuple\\.class)[^;])*?"
                    + ",\\s*(String|Long|Integer|Short|Boolean|Instant|UUID)\\.class\\)(?!\\s*\\.addScalar)");

    /** At start once; its one question is the caller's. */
    private static final String TIME_LAPSE = "TimeLapse.java";

    @Inject
    SessionFactory sessions;

    @Test
    void whatIsAskedAgainIsPlannedOnce() {
        account("anna", "\"spread\":\"CAP\"");
        for (int i = 0; i < 3; i++) {
            everyDay("before-" + i);
        }
        long plans = plans();

        for (int i = 0; i < 5; i++) {
            everyDay("after-" + i);
        }

        assertThat(plans()).isEqualTo(plans);
    }

    private void everyDay(String person) {
        long id = enqueue("anna", person);
        releases.round();
        nights.round();
        report("anna", id, "SENT_BY_HAND", "");
        pacing("anna");
        get("/api/v1/tasks");
    }

    @Test
    void aNativeQueryOfAPlainTypeNamesItsColumn() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> wrong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith(TIME_LAPSE))
                    .filter(PlanCacheTest::isWithoutColumn)
                    .toList();
            assertThat(wrong).as("add .addScalar(column, type)").isEmpty();
        }
    }

    private static boolean isWithoutColumn(Path file) {
        try {
            return WITHOUT_COLUMN.matcher(Files.readString(file)).find();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How many it holds. Nothing public says so unless statistics are on, which cost more than they tell. */
    private long plans() {
        QueryInterpretationCache cache = sessions.unwrap(SessionFactoryImplementor.class)
                .getQueryEngine()
                .getInterpretationCache();
        try {
            Field plans = cache.getClass().getDeclaredField("queryPlanCache");
            plans.setAccessible(true);
            return ((InternalCache<?, ?>) plans.get(cache)).heldElementsEstimate();
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }
}
