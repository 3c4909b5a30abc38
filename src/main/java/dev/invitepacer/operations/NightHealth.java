package dev.invitepacer.operations;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

import dev.invitepacer.time.TimeLapse;

/** Has every account had its night? */
@Wellness
@ApplicationScoped
class NightHealth implements HealthCheck {
    private static final long PATIENCE_SECONDS = 3_600;

    private final Census census;
    private final long patience;

    NightHealth(Census census, TimeLapse timeLapse) {
        this.census = census;
        this.patience = PATIENCE_SECONDS * timeLapse.factor();
    }

    @Override
    public HealthCheckResponse call() {
        Census.Count count = census.last();
        return HealthCheckResponse.named("nightly run")
                .status(count.oldestNightSeconds() <= patience)
                .withData(
                        "lastSuccess",
                        count.lastNight() == null ? "never" : count.lastNight().toString())
                .withData("accountsWaiting", count.nightsWaiting())
                .withData("longestWaitSeconds", count.oldestNightSeconds())
                .build();
    }
}
