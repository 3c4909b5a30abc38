package dev.invitepacer.withdrawal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.web.Tick;

/** Looks for accounts whose night has come, and runs the policy for each in a transaction of its own. */
@Startup
@ApplicationScoped
public class NightlyRun {
    private static final Logger LOG = Logger.getLogger(NightlyRun.class);
    private static final int MOST_ACCOUNTS_A_ROUND = 10_000;

    private final NightlyTurn turn;
    private final Counter asked;
    private final Counter failures;

    private final Instant startedAt = Instant.now();

    private volatile boolean stopping;
    private volatile Instant lastRound;

    NightlyRun(NightlyTurn turn, MeterRegistry metrics) {
        this.turn = turn;
        this.asked = Counter.builder("pacer.withdrawals.asked")
                .description("Withdrawals that nightly runs asked for")
                .register(metrics);
        this.failures = Counter.builder("pacer.nightly.failures")
                .description("Nightly runs of an account that failed and were put off")
                .register(metrics);
        Gauge.builder("pacer.nightly.idle.seconds", this, run -> run.sinceLastRound()
                        .toSeconds())
                .description("For how long this instance has not gone through the accounts whose night has come")
                .register(metrics);
    }

    @Scheduled(every = "{pacer.withdrawal.period}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No nightly runs this round")
    void scheduled() {
        round();
    }

    /** Runs every account that is due; says how many withdrawals were asked for. */
    public int round() {
        int count = 0;
        for (int i = 0; i < MOST_ACCOUNTS_A_ROUND && !stopping; i++) {
            NightlyTurn.Outcome outcome = next();
            if (!outcome.found()) {
                break;
            }
            count += outcome.asked();
        }
        asked.increment(count);
        lastRound = Instant.now();
        return count;
    }

    /** For how long this replica has ended no round, by its own clock; before the first one, since it started. */
    public Duration sinceLastRound() {
        Instant last = lastRound;
        return Duration.between(last == null ? startedAt : last, Instant.now());
    }

    private NightlyTurn.Outcome next() {
        try {
            return turn.next();
        } catch (NightlyTurn.AccountFailed failed) {
            if (stopping
                    || DatabaseTrouble.in(failed)
                            .filter(Code.DATABASE_AWAY::equals)
                            .isPresent()) {
                throw failed;
            }
            failures.increment();
            LOG.errorf(
                    failed.getCause(),
                    "The nightly run of account %s failed; it is tried again in 10 minutes",
                    failed.account());
            turn.putOff(failed.account());
            return new NightlyTurn.Outcome(true, 0);
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }
}
