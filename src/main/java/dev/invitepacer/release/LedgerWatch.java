package dev.invitepacer.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jboss.logging.Logger;

import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.ReleaseWindow;

/**
 * Watches the ledger refuse. While the bucket rules, it refuses for no longer than one polling period; where it does, and
 * nothing explains it, the bucket or something around it is wrong, and somebody should know. Its
 * counters are there from the start: a counter that appears with 1 is not seen to rise.
 */
@Startup
@ApplicationScoped
class LedgerWatch {
    private static final Logger LOG = Logger.getLogger(LedgerWatch.class);

    /** By which the database says that a release would be one too many. */
    private static final String ONE_TOO_MANY = "PC168";

    private final Counter explained;
    private final Counter unexplained;
    private final Counter lastLine;

    LedgerWatch(MeterRegistry metrics) {
        this.explained = counter(metrics, "true");
        this.unexplained = counter(metrics, "false");
        this.lastLine = Counter.builder("pacer.ledger.last.line")
                .description("Releases that the database itself refused, since they would have been one too many")
                .register(metrics);
    }

    /** Releasing for an account failed; counts it where the database refused what had been decided. */
    void failed(String account, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && ONE_TOO_MANY.equals(sql.getSQLState())) {
                lastLine.increment();
                LOG.errorf(
                        "The database refused a release of account %s that had been decided. The cap holds; please report"
                                + " this with the account's history.",
                        account);
                return;
            }
        }
    }

    /** The ledger lets nothing go before {@code until}. */
    void refused(Situation situation, AccountState state, Instant now, Instant until) {
        Limits limits = situation.limits();
        if (limits.calendar().between(bucketDue(limits, state, now), until).compareTo(limits.slack()) <= 0) {
            return;
        }
        if (isExplained(situation, state, now, until)) {
            explained.increment();
            return;
        }
        unexplained.increment();
        LOG.errorf(
                "The ledger of account %s refuses until %s, and nothing explains why the bucket let it come to that. The"
                        + " cap holds; please report this with the account's history.",
                situation.account(), until);
    }

    /** Sent by hand, a lowered cap, changed settings, a clock change behind or ahead, a clock that went back. */
    private static boolean isExplained(Situation situation, AccountState state, Instant now, Instant until) {
        Instant weekAgo = now.minus(ReleaseWindow.WEEK);
        ZoneRules rules = situation.settings().timeZone().getRules();
        List<Instant> booked = state.window().instants();
        return situation.bookedOtherwise()
                || situation.changedAt().isAfter(weekAgo)
                || !rules.getOffset(weekAgo).equals(rules.getOffset(now))
                || !rules.getOffset(now).equals(rules.getOffset(until))
                || !booked.isEmpty() && booked.get(booked.size() - 1).isAfter(now);
    }

    /** When the bucket alone would let the next one go. */
    private static Instant bucketDue(Limits limits, AccountState state, Instant now) {
        int released = state.window().count(now, ReleaseWindow.WEEK);
        Duration interval = limits.interval((long) released + state.waiting());
        return state.bucket()
                .within(interval, limits.effectiveBurst())
                .dueAt(limits.calendar(), interval, limits.effectiveBurst(), now)
                .orElse(Instant.MAX.minus(ReleaseWindow.WEEK));
    }

    private static Counter counter(MeterRegistry metrics, String isExplained) {
        return Counter.builder("pacer.ledger.refusals")
                .description("Times that the ledger refused for longer than a polling period")
                .tag("explained", isExplained)
                .register(metrics);
    }
}
