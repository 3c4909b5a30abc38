package dev.invitepacer.web;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jboss.logging.Logger;

/**
 * Ends the ticks of all loops in the right order: none begins once a stop has, the loops are told, and those under way end
 * before what they work with is taken from them.
 */
@ApplicationScoped
class Ticks {
    private static final Logger LOG = Logger.getLogger(Ticks.class);

    /** One statement may take longer; whatever it does is rolled back with its connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Every tick holds it for reading, a stop takes it for writing and never gives it back. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private volatile boolean stopping;

    /** The tick may begin, and {@link #end}s in the same thread; or it may not, because the service stops. */
    boolean begin() {
        return !stopping && running.readLock().tryLock();
    }

    void end() {
        running.readLock().unlock();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Before any loop is told: one that waits for its work to end would else let the others begin more. */
    void pause(@Observes @Priority(0) ShutdownEvent event, Scheduler scheduler) {
        stopping = true;
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    /** After all loops were told. */
    void await(@Observes @Priority(10) ShutdownEvent event) {
        await(PATIENCE);
    }

    /** Whether all ticks have ended within this time. Whoever interrupts the thread that stops cuts that short. */
    boolean await(Duration patience) {
        Lock all = running.writeLock();
        try {
            if (all.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            LOG.warnf("What a loop has begun is not done after %s; the stop goes on without it", patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
