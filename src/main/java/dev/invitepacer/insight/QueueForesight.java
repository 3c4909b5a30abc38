package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.invitation.Foresight;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.PendingOutlook;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.release.ForecastInputs;
import dev.invitepacer.time.ServiceClock;

/**
 * Tells of one queued invitation what the account's forecast tells of all, up to a year ahead. Of a queue it reads {@value
 * #MOST_READ} drafts; of one that none of these is, or that goes after others were not read, it says nothing.
 */
@ApplicationScoped
class QueueForesight implements Foresight {
    private static final int MOST_READ = 2_000;
    private static final Duration HORIZON = Duration.ofHours(24 * 365);

    private final ForecastInputs inputs;
    private final Outstanding outstanding;
    private final ServiceClock clock;

    QueueForesight(ForecastInputs inputs, Outstanding outstanding, ServiceClock clock) {
        this.inputs = inputs;
        this.outstanding = outstanding;
        this.clock = clock;
    }

    @Override
    public Estimate of(Invitation queued, Instant now) {
        return inputs.of(queued.account, now, now.plus(HORIZON), MOST_READ)
                .map(start -> new Estimate(
                        reason(start, queued, now),
                        releaseAt(start, queued, now).orElse(null)))
                .orElse(Estimate.NONE);
    }

    @Override
    public List<Next> next(String account) {
        Instant now = clock.now();
        return inputs.of(account, now, now.plus(HORIZON), MOST_READ)
                .map(start -> told(start, account, now).releases().stream()
                        .map(release -> new Next(release.draft(), release.at()))
                        .toList())
                .orElse(List.of());
    }

    private Forecast told(ForecastInputs.Start start, String account, Instant now) {
        Forecast forecast = Forecast.ofFirst(MOST_READ, start.inputs(), now.plus(HORIZON));
        long pendingAtMost =
                (long) start.inputs().state().pending() + forecast.releases().size() - 1;
        return pendingAtMost < start.settings().pendingThreshold()
                ? forecast
                : outlook(start, forecast, account, now)
                        .reachedAt()
                        .map(at -> forecast.heldFrom(at, Reason.PENDING_THRESHOLD))
                        .orElse(forecast);
    }

    private Optional<Instant> releaseAt(ForecastInputs.Start start, Invitation queued, Instant now) {
        Forecast forecast = Forecast.until(start.inputs(), now.plus(HORIZON), release -> release.draft() == queued.id);
        Optional<Instant> at = forecast.at(queued.id);
        long pendingAtMost =
                (long) start.inputs().state().pending() + forecast.releases().size() - 1;
        return at.isEmpty() || pendingAtMost < start.settings().pendingThreshold()
                ? at
                : at.filter(release -> !isHeldBefore(release, start, forecast, queued.account, now));
    }

    /** Whether so many are expected to be pending before the release that it does not happen. */
    private boolean isHeldBefore(
            Instant release, ForecastInputs.Start start, Forecast forecast, String account, Instant now) {
        return outlook(start, forecast, account, now)
                .reachedAt()
                .filter(held -> !held.isAfter(release))
                .isPresent();
    }

    private PendingOutlook outlook(ForecastInputs.Start start, Forecast forecast, String account, Instant now) {
        return outstanding.outlook(
                account,
                start.settings(),
                outstanding.answers(account, start.settings(), now),
                forecast,
                now,
                List.of());
    }

    private static String reason(ForecastInputs.Start start, Invitation queued, Instant now) {
        String campaign = queued.campaign == null ? "" : queued.campaign;
        if (start.inputs().campaigns().stream()
                .anyMatch(one -> one.isPaused() && one.name().equals(campaign))) {
            return "CAMPAIGN_PAUSED";
        }
        if (queued.notBefore != null && queued.notBefore.isAfter(now)) {
            return Reason.NOTHING_ELIGIBLE.name();
        }
        if (queued.note != null && !start.inputs().notes().letsGo(now)) {
            return "NOTE_QUOTA";
        }
        if (start.decision() instanceof Decision.Wait wait) {
            return wait.reason().name();
        }
        return start.decision() instanceof Decision.Hold hold ? hold.reason().name() : null;
    }
}
