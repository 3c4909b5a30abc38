package dev.invitepacer.operations;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.release.ReleaseLoop;
import dev.invitepacer.time.TimeLapse;

/** Is this replica's release loop going round, and does anybody wait for it? */
@Wellness
@ApplicationScoped
class LoopHealth implements HealthCheck {
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

    private final ReleaseLoop loop;
    private final Census census;
    private final Duration patience;
    private final Duration servicePatience;

    LoopHealth(ReleaseLoop loop, Census census, PacerConfig config, TimeLapse timeLapse) {
        this.loop = loop;
        this.census = census;
        Duration rounds = config.release().period().multipliedBy(10);
        this.patience = rounds.compareTo(LEAST_PATIENCE) > 0 ? rounds : LEAST_PATIENCE;
        this.servicePatience = patience.multipliedBy(timeLapse.factor());
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = loop.sinceLastRound();
        Census.Count count = census.last();
        boolean isWell = since.compareTo(patience) <= 0 && count.oldestOverdueSeconds() <= servicePatience.toSeconds();
        return HealthCheckResponse.named("release loop")
                .status(isWell)
                .withData("lastRoundSecondsAgo", since.toSeconds())
                .withData("overdueAccounts", count.overdue())
                .withData("oldestOverdueSeconds", count.oldestOverdueSeconds())
                .build();
    }
}
