package dev.invitepacer.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;

import dev.invitepacer.web.Tick;

/** Numbers events once a second, whichever instance gets to it, and tells this instance's streams how far they go. */
@Startup
@ApplicationScoped
public class EventFeed {
    private static final int MOST_BATCHES_A_ROUND = 500;

    private final Outbox outbox;
    private final Counter numbered;

    private volatile boolean stopping;
    private volatile long last;
    private volatile CompletableFuture<Long> nextRound = new CompletableFuture<>();

    EventFeed(Outbox outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        this.numbered = Counter.builder("pacer.events.numbered")
                .description("Events that this instance put in order")
                .register(metrics);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No events this round")
    void scheduled() {
        round();
    }

    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No events are forgotten")
    void forgetting() {
        forget();
    }

    /** Numbers all that waits, and lets the streams go on; says how many events it looked at. */
    public int round() {
        int count = 0;
        try {
            for (int i = 0; i < MOST_BATCHES_A_ROUND && !stopping; i++) {
                int some = outbox.number();
                numbered.increment(some);
                count += some;
                if (some < Outbox.BATCH) {
                    break;
                }
            }
            last = outbox.reach().last();
        } finally {
            CompletableFuture<Long> ended = nextRound;
            nextRound = new CompletableFuture<>();
            ended.complete(last);
        }
        return count;
    }

    /** Deletes what has been kept long enough; says how many events. */
    public int forget() {
        int count = 0;
        for (int i = 0; i < MOST_BATCHES_A_ROUND && !stopping; i++) {
            int some = outbox.forget();
            count += some;
            if (some < Outbox.BATCH) {
                break;
            }
        }
        return count;
    }

    /** The last position known here. */
    long last() {
        return last;
    }

    /** The end of the round that runs now, or of the next one; completes with the last position then known. */
    CompletableFuture<Long> nextRound() {
        return nextRound;
    }

    boolean isStopping() {
        return stopping;
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        nextRound.complete(last);
    }
}
