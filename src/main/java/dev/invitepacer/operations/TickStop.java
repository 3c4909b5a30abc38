package dev.invitepacer.operations;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends the ticks of all loops before any of them is asked to stop: one that waits for its work to end would else let the
 * others begin more, and a tick would meet a container that is gone.
 */
@ApplicationScoped
class TickStop {
    void stop(@Observes @Priority(0) ShutdownEvent event, Scheduler scheduler) {
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }
}
