package dev.invitepacer.operations;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

import dev.invitepacer.delivery.DispatchLoop;

/** Does this process hand over what is due, and does anybody have to look at something? */
@Wellness
@ApplicationScoped
class DeliveryHealth implements HealthCheck {
    private static final Duration LOOP_PATIENCE = Duration.ofSeconds(30);

    /** An endpoint that fails is tried every five minutes at least. */
    private static final long BACKLOG_PATIENCE_SECONDS = 900;

    /** What nobody knows for so long, somebody has to find out. */
    private static final long DOUBT_PATIENCE_SECONDS = 3_600;

    private final DispatchLoop loop;
    private final Census census;

    DeliveryHealth(DispatchLoop loop, Census census) {
        this.loop = loop;
        this.census = census;
    }

    @Override
    public HealthCheckResponse call() {
        Census.Count count = census.last();
        boolean isGoing = count.dueDeliveries() == 0 || loop.sinceLastRound().compareTo(LOOP_PATIENCE) <= 0;
        boolean isWell = isGoing
                && count.oldestDeliverySeconds() <= BACKLOG_PATIENCE_SECONDS
                && count.oldestDoubtSeconds() <= DOUBT_PATIENCE_SECONDS
                && count.failedDeliveries() == 0;
        return HealthCheckResponse.named("delivery")
                .status(isWell)
                .withData("due", count.dueDeliveries())
                .withData("oldestDueSeconds", count.oldestDeliverySeconds())
                .withData("inDoubt", count.inDoubt())
                .withData("oldestInDoubtSeconds", count.oldestDoubtSeconds())
                .withData("failed", count.failedDeliveries())
                .build();
    }
}
