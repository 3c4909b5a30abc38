package dev.invitepacer.operations;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

import dev.invitepacer.events.EventBacklog;

/** Are events told, and has every subscriber taken its own? */
@Wellness
@ApplicationScoped
class EventHealth implements HealthCheck {
    private static final long PATIENCE_SECONDS = 900;

    private final EventBacklog backlog;

    EventHealth(EventBacklog backlog) {
        this.backlog = backlog;
    }

    @Override
    public HealthCheckResponse call() {
        EventBacklog.Count count = backlog.last();
        return HealthCheckResponse.named("events")
                .status(count.oldestSeconds() <= PATIENCE_SECONDS && count.failed() == 0)
                .withData("waiting", count.unnumbered())
                .withData("oldestWaitingSeconds", count.oldestSeconds())
                .withData("accountsWithUntaken", count.unsent())
                .withData("accountsGivenUp", count.failed())
                .build();
    }
}
