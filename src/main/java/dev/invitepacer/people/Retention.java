package dev.invitepacer.people;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Set;

import dev.invitepacer.web.Tick;

/**
 * Lets go of whom ended invitations were for, once {@code pacer.people.retention} is over. Any number of replicas may do
 * so at the same time.
 */
@Startup
@ApplicationScoped
public class Retention {
    private static final int MOST_BATCHES_A_ROUND = 200;

    private final RetentionBatch batch;
    private final Counter erased;
    private final Counter failures;

    private volatile boolean stopping;

    Retention(RetentionBatch batch, MeterRegistry metrics) {
        this.batch = batch;
        this.erased = Counter.builder("pacer.retention.erased")
                .description("Ended invitations whose person was let go because their time was over")
                .register(metrics);
        this.failures = Counter.builder("pacer.retention.failures")
                .description("Rounds of the retention that failed; the next one tries again")
                .register(metrics);
    }

    @Scheduled(every = "10m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Nobody is let go this round")
    void scheduled() {
        try {
            round();
        } catch (RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }

    /** Lets go of all that is due, up to 100,000 in one round; says how many. */
    public int round() {
        Set<String> busy = new HashSet<>();
        int count = 0;
        for (int i = 0; i < MOST_BATCHES_A_ROUND && !stopping; i++) {
            RetentionBatch.Outcome some = batch.next(busy);
            if (!some.found()) {
                break;
            }
            erased.increment(some.erased());
            count += some.erased();
        }
        return count;
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }
}
