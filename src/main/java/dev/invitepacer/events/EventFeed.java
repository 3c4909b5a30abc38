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
import org.jboss.logging.Logger;

import dev.invitepacer.web.DatabaseTrouble;

/** Numbers events once a second, whichever instance gets to it, and tells this instance's streams how far they go. */
@Startup
@ApplicationScoped
public class EventFeed {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);
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
    void scheduled() {
        try {
            round();
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.in(failure).isEmpty()) {
                throw failure;
            }
            LOG.warnf("No events this round, the database is in trouble: %s", DatabaseTrouble.sentence(failure));
        }
    }

    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetting() {
        try {
            forget();
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.in(failure).isEmpty()) {
                throw failure;
            }
            LOG.warnf("No events are forgotten, the database is in trouble: %s", DatabaseTrouble.sentence(failure));
        }
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
