package dev.invitepacer.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.web.Tick;

/**
 * Looks for due accounts every polling period, and where more are due than one transaction takes, in several at once. A round
 * ends when none is left, or after so many transactions that the next round may as well go on.
 */
@Startup
@ApplicationScoped
public class ReleaseLoop {
    private static final Logger LOG = Logger.getLogger(ReleaseLoop.class);

    /** Batches under way at once where one does not take all that are due. Each has a connection, of which the API needs most. */
    private static final int AT_ONCE = 3;

    /** … and how many of each follow one another before the round ends. */
    private static final int MOST_BATCHES = 1_000;

    private final ReleaseBatch batch;
    private final LapseSweep lapses;
    private final LedgerWatch watch;
    private final int batchSize;
    private final Timer rounds;
    private final Counter released;
    private final Counter failures;

    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE, ReleaseLoop::named);
    private final Instant startedAt = Instant.now();

    private volatile boolean stopping;
    private volatile Instant lastRound;

    ReleaseLoop(ReleaseBatch batch, LapseSweep lapses, LedgerWatch watch, PacerConfig config, MeterRegistry metrics) {
        this.batch = batch;
        this.lapses = lapses;
        this.watch = watch;
        this.batchSize = config.release().batch();
        this.rounds = Timer.builder("pacer.release.round")
                .description("Rounds of the release loop")
                .register(metrics);
        this.released = Counter.builder("pacer.releases")
                .description("Invitations released")
                .register(metrics);
        this.failures = Counter.builder("pacer.release.failures")
                .description("Accounts whose release failed and was put off")
                .register(metrics);
        Gauge.builder("pacer.release.idle.seconds", this, loop -> loop.sinceLastRound()
                        .toSeconds())
                .description("For how long this instance has ended no round of the release loop")
                .register(metrics);
    }

    @Scheduled(every = "{pacer.release.period}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No releases this round")
    void scheduled() {
        rounds.record(this::round);
    }

    /** One round; says how many invitations it released. */
    public int round() {
        ReleaseBatch.Result first = claimed();
        int count = first.released() + rest(first);
        sweep();
        lastRound = Instant.now();
        return count;
    }

    private int rest(ReleaseBatch.Result first) {
        if (first.claimed() == 0) {
            return 0;
        }
        return first.claimed() < batchSize ? drain() : drainAtOnce();
    }

    /** One batch after the other until nobody is due, or the service stops. */
    private int drain() {
        int count = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            ReleaseBatch.Result result = claimed();
            count += result.released();
            if (result.claimed() == 0) {
                break;
            }
        }
        return count;
    }

    /** While one batch waits for the database or its disk, the others go on. All have ended when this returns or fails. */
    private int drainAtOnce() {
        try {
            int count = 0;
            List<Callable<Integer>> drains = Collections.nCopies(AT_ONCE, this::drain);
            for (Future<Integer> hand : hands.invokeAll(drains)) {
                count += hand.get();
            }
            return count;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in the midst of a round", interrupted);
        }
    }

    /** What lapses is not released anyway; that its end is written late must not keep anything from going. */
    private void sweep() {
        try {
            lapses.sweep();
        } catch (RuntimeException failure) {
            if (isAway(failure)) {
                throw failure;
            }
            failures.increment();
            LOG.error("Ending what has lapsed failed; it is tried again in the next round", failure);
        }
    }

    private static boolean isAway(RuntimeException failure) {
        return DatabaseTrouble.in(failure).filter(Code.DATABASE_AWAY::equals).isPresent();
    }

    /** For how long this replica has ended no round, by its own clock; before the first one, since it started. */
    public Duration sinceLastRound() {
        Instant last = lastRound;
        return Duration.between(last == null ? startedAt : last, Instant.now());
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "release");
        thread.setDaemon(true);
        return thread;
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }

    @PreDestroy
    void end() {
        hands.shutdown();
    }

    private ReleaseBatch.Result claimed() {
        if (stopping) {
            return new ReleaseBatch.Result(0, 0);
        }
        List<String> claimed = List.of();
        try {
            ReleaseBatch.Result result = batch.claimAndRelease(batchSize);
            released.increment(result.released());
            return result;
        } catch (ReleaseBatch.AccountFailed failed) {
            if (stopping || isAway(failed)) {
                throw failed;
            }
            LOG.errorf(failed.getCause(), "Releasing for a batch of accounts failed; trying them one by one");
            claimed = failed.accounts();
        }
        int count = 0;
        for (String account : claimed) {
            count += alone(account);
        }
        return new ReleaseBatch.Result(claimed.size(), count);
    }

    /** One bad account must not keep the others from their releases. */
    private int alone(String account) {
        try {
            int count = batch.release(account);
            released.increment(count);
            return count;
        } catch (RuntimeException failure) {
            failures.increment();
            watch.failed(account, failure);
            LOG.errorf(failure, "Releasing for account %s failed; it is looked at again in a minute", account);
            batch.putOff(account);
            return 0;
        }
    }
}
