package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

import dev.invitepacer.account.ReleaseOutlook;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.Limits;

/** Counts an account's next releases, by the functions that decide about each of them. */
@ApplicationScoped
class QueueOutlook implements ReleaseOutlook {
    private static final int MOST_READ = 2_000;

    private final ForecastInputs inputs;

    QueueOutlook(ForecastInputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Foreseen foresee(String account, Instant now, Instant from, Duration time) {
        Instant end = from.plus(time);
        return inputs.of(account, now, end, MOST_READ)
                .map(start -> foresee(start.inputs(), from, end))
                .orElse(new Foreseen(0, 0));
    }

    private static Foreseen foresee(Forecast.Inputs now, Instant from, Instant end) {
        if (!from.isAfter(now.now())) {
            return new Foreseen(
                    0, Forecast.of(now.withoutTasks(), end).releases().size());
        }
        Forecast before = Forecast.ofFirst(room(now.limits(), now.state()), now.withoutTasks(), from.minusNanos(1_000));
        Forecast afterwards = Forecast.of(now.withoutTasks().after(before, from), end);
        return new Foreseen(before.releases().size(), afterwards.releases().size());
    }

    /** How many more may be pending and unfinished. */
    private static int room(Limits limits, AccountState state) {
        return Math.max(
                0, Math.min(limits.pendingThreshold() - state.pending(), limits.openTaskLimit() - state.openTasks()));
    }
}
