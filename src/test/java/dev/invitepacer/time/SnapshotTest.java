package dev.invitepacer.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class SnapshotTest extends ServiceTest {
    @Inject
    ServiceClock clock;

    @Inject
    Session entities;

    @Test
    void whatOthersCommitMeanwhileIsNotRead() {
        account("anna", "");

        QuarkusTransaction.requiringNew().run(() -> {
            clock.snapshot();
            assertThat(drafts()).isZero();
            enqueue("anna", "jane-doe");
            assertThat(drafts()).isZero();
        });

        assertThat(QuarkusTransaction.requiringNew().call(this::drafts)).isOne();
    }

    private long drafts() {
        return ((Number) entities.createNativeQuery("select count(*) from invitation")
                        .getSingleResult())
                .longValue();
    }
}
