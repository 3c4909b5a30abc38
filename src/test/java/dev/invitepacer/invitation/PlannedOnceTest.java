package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** To plan what decides about an account takes ten times as long as to read it. */
@QuarkusTest
class PlannedOnceTest extends ServiceTest {
    /** The driver keeps a statement from its fifth use on; so many later PostgreSQL would choose between two plans. */
    private static final int DRAFTS = 20;

    @Inject
    Session entities;

    @Test
    void whoTakesDraftsPlansWhatDecidesOnceForTheConnection() {
        account("ada", "");

        for (int i = 0; i < DRAFTS; i++) {
            RealQueue.enqueue("ada", RealQueue.object().put("profile", "person-" + i));
        }

        // A thread gets the connection again that it had before.
        List<?> plans = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("""
                select custom_plans = 0 and generic_plans > 5
                  from pg_prepared_statements
                 where statement like '%p.bucket_anchor, p.bucket_offset%'""").getResultList());
        assertThat(plans).isEqualTo(List.of(true));
    }
}
