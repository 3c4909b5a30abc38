package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** PostgreSQL has no statistics of a queue that is new, and plans by a guess. */
@QuarkusTest
class ForecastReadsTest extends ServiceTest {
    private static final int OTHERS = 5_000;
    private static final int FEW = 100;

    @Inject
    ForecastInputs inputs;

    @Inject
    Session entities;

    @Test
    void aForecastReadsTheQueueOfItsOwnAccountOnly() {
        account("anna", "");
        enqueueMany("anna", 3);
        account("bert", "");
        enqueueMany("bert", OTHERS);

        long read = QuarkusTransaction.requiringNew().call(() -> {
            long before = read();
            assertThat(inputs.of("anna", MONDAY_8, MONDAY_8.plus(Duration.ofDays(28)), 100))
                    .isPresent();
            return read() - before;
        });

        assertThat(read).isBetween(3L, (long) FEW);
    }

    /** The rows of invitations that this connection has read, some time back. */
    private long read() {
        return entities.createNativeQuery("""
                        select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) as tuples
                          from pg_stat_xact_user_tables
                         where relname = 'invitation'""", Long.class)
                .addScalar("tuples", Long.class)
                .getSingleResult();
    }
}
