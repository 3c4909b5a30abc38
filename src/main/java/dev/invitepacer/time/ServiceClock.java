package dev.invitepacer.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hibernate.Session;

/** The service's time, in microseconds, as the database's function {@code service_now()} tells it. */
@ApplicationScoped
public class ServiceClock {
    private final Session entities;

    public ServiceClock(Session entities) {
        this.entities = entities;
    }

    /** The time at this statement, not at the transaction's start: two calls in one transaction differ. */
    @Transactional
    public Instant now() {
        return (Instant) entities.createNativeQuery("select service_now()", Instant.class)
                .getSingleResult();
    }
}
