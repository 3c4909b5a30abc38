package dev.invitepacer.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.web.Tick;

/**
 * Looks for due accounts every polling period. A round ends when none is left, or after so many transactions that the
 * next round may as well go on.
 */
@Startup
@ApplicationScoped
public class ReleaseLoop {
    private static final Logger LOG = Logger.getLogger(ReleaseLoop.class);
    private static final int MOST_BATCHES_A_ROUND = 1_000;

    private final ReleaseBatch batch;
    private final LapseSweep lapses;
    private final LedgerWatch watch;
    private final int batchSize;
    private final Timer rounds;
    private final Counter released;
    private final Counter failures;

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
        int count = 0;
        for (int i = 0; i < MOST_BATCHES_A_ROUND && !stopping; i++) {
            ReleaseBatch.Result result = claimed();
            count += result.released();
            if (result.claimed() == 0) {
                break;
            }
        }
        sweep();
        lastRound = Instant.now();
        return count;
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

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }

    private ReleaseBatch.Result claimed() {
        List<String> claimed = List.of();
        try {
            ReleaseBatch.Result result = batch.claimAndRelease(batchSize);
            released.increment(result.released());
            return result;
        } catch (ReleaseBatch.AccountFailed failed) {
            if (isAway(failed)) {
                throw failed;
            }
            if (stopping) {
                LOG.info("The stop came in the midst of a batch of releases, which are made later");
                return new ReleaseBatch.Result(0, 0);
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
