package dev.invitepacer.time;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.hibernate.Session;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;

/**
 * Sets the pace of the service's time at start.
 *
 * <p>Guarantees: real data never sees a time-lapse, and the data of a time-lapse never becomes real: a database with
 * accounts keeps the kind of time it began with, and a start that asks for the other kind is refused. A restart in
 * time-lapse goes on from where the service's time stands; with another factor it bends there and never jumps.
 */
@ApplicationScoped
public class TimeLapse {
    private static final Logger LOG = Logger.getLogger(TimeLapse.class);

    /** What the token bucket takes as its slack at most. */
    private static final Duration LONGEST_POLL = Duration.ofHours(24);

    private final Session entities;
    private final int factor;
    private final Duration period;

    public TimeLapse(Session entities, PacerConfig config) {
        this.entities = entities;
        this.factor = config.timeLapse();
        this.period = config.release().period();
    }

    public boolean isOn() {
        return factor != 1;
    }

    public int factor() {
        return factor;
    }

    @Transactional
    void atStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        if (period.multipliedBy(factor).compareTo(LONGEST_POLL) > 0) {
            throw new TimeLapseRefused("pacer.release.period of " + period + " is more than a day of a time that runs "
                    + factor + " times as fast. Set one of them lower.");
        }
        boolean isUsed = exists("select exists (select from account) or exists (select from ledger)");
        boolean isLapsed = exists("select anchor_service <> anchor_database or factor <> 1 from service_clock");
        if (isOn() && isUsed && !isLapsed) {
            throw new TimeLapseRefused(
                    "pacer.time-lapse=" + factor + " is refused: this database holds accounts in real"
                            + " time. Give the time-lapse a database of its own (another PACER_EMBEDDED_DATA_DIR).");
        }
        if (!isOn() && isUsed && isLapsed) {
            throw new TimeLapseRefused(
                    "This database has lived in a time-lapse, and its time is not the real one. Start it"
                            + " with pacer.time-lapse, or use another database (another PACER_EMBEDDED_DATA_DIR).");
        }
        if (!isOn() && isLapsed) {
            straighten();
        }
        if (isOn()) {
            bend();
            LOG.warnf(
                    "TIME-LAPSE: time runs %d times as fast as the clock. This is for watching, not for sending: nothing"
                            + " here is paced as LinkedIn counts.",
                    factor);
        }
    }

    private boolean exists(String sql) {
        return (Boolean) entities.createNativeQuery(sql, Boolean.class).getSingleResult();
    }

    /** A time-lapse that nobody has used leaves nothing behind. */
    private void straighten() {
        entities.createNativeMutationQuery("""
                update service_clock
                   set (anchor_database, anchor_service, factor)
                     = (select t, t, 1 from (select clock_timestamp() as t) as clock)""").executeUpdate();
    }

    private void bend() {
        entities.createNativeMutationQuery("""
                update service_clock
                   set (anchor_database, anchor_service, factor)
                     = (select clock_timestamp(), service_now(), cast(:factor as double precision))
                 where factor <> :factor""")
                .setParameter("factor", (double) factor)
                .executeUpdate();
    }

    /** The start is refused; the message is one sentence for the operator. */
    public static final class TimeLapseRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimeLapseRefused(String message) {
            super(message, null, false, false);
        }
    }
}
