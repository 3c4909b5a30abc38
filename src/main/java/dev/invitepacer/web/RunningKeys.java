package dev.invitepacer.web;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Keeps the idempotency keys of this process's running requests leased, and sweeps out those that are over. */
@ApplicationScoped
public class RunningKeys {
    private static final int MOST_SWEEPS = 100;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final KeptAnswers answers;
    /** With the JVM's nanoseconds at which each began. */
    private final Map<UUID, Long> leases = new ConcurrentHashMap<>();

    RunningKeys(KeptAnswers answers) {
        this.answers = answers;
    }

    void add(UUID lease) {
        leases.put(lease, System.nanoTime());
    }

    void remove(UUID lease) {
        leases.remove(lease);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Idempotency keys are not swept")
    void scheduled() {
        round();
    }

    /** Renews what runs and deletes what is over. */
    public void round() {
        long tooOld = System.nanoTime() - LONGEST_NANOS;
        leases.values().removeIf(began -> began - tooOld < 0);
        if (!leases.isEmpty()) {
            answers.renew(Set.copyOf(leases.keySet()));
        }
        for (int i = 0; i < MOST_SWEEPS && answers.sweep() > 0; i++) {
            // Each sweep is a transaction of its own.
        }
    }
}
