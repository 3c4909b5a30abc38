package dev.invitepacer.operations;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Are the figures fresh, or does everything seem well only because nobody has counted? */
@Wellness
@ApplicationScoped
class CensusHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Census census;

    CensusHealth(Census census) {
        this.census = census;
    }

    @Override
    public HealthCheckResponse call() {
        Duration age = census.age();
        return HealthCheckResponse.named("census")
                .status(age.compareTo(PATIENCE) <= 0)
                .withData("countedSecondsAgo", age.toSeconds())
                .build();
    }
}
