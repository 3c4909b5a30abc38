package dev.invitepacer.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Statement;
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
                .addScalar("service_now", Instant.class)
                .getSingleResult();
    }

    /**
     * The time, and from here on the transaction reads the database as it is now, whatever others commit meanwhile: for
     * answers that are put together of several statements. Only as the first statement of a transaction that writes nothing.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Instant snapshot() {
        entities.doWork(connection -> {
            try (Statement first = connection.createStatement()) {
                first.execute("set transaction isolation level repeatable read");
            }
        });
        return now();
    }
}
