package dev.invitepacer.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.function.ToDoubleFunction;
import org.hibernate.Session;

import dev.invitepacer.web.Tick;

/** Counts, every quarter of a minute, the events that wait, in the whole database. */
@Startup
@ApplicationScoped
public class EventBacklog {

    private final Session entities;
    private volatile Count last = new Count(0, 0, 0, 0);

    EventBacklog(Session entities, MeterRegistry metrics) {
        this.entities = entities;
        gauge(metrics, "pacer.events.waiting", "Events that are not in order yet", Count::unnumbered);
        gauge(metrics, "pacer.events.waiting.seconds", "For how long the oldest of them", Count::oldestSeconds);
        gauge(
                metrics,
                "pacer.subscriptions.waiting",
                "Accounts whose events a subscriber has not taken",
                Count::unsent);
        gauge(metrics, "pacer.subscriptions.failed", "… where nobody tries any more", Count::failed);
    }

    /** What was counted last, in seconds of the service's time. */
    public record Count(long unnumbered, long oldestSeconds, long unsent, long failed) {}

    public Count last() {
        return last;
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No events are counted")
    void scheduled() {
        count();
    }

    /** Counts now. Indexes: event_waiting, subscription_cursor_due. */
    @Transactional
    public Count count() {
        Tuple row = (Tuple) entities.createNativeQuery("""
                select (select count(*) from event where position is null) as unnumbered,
                       (select coalesce(greatest(0, extract(epoch from service_now() - min(at))), 0)
                          from event where position is null) as oldest,
                       (select count(*) from subscription_cursor where position < pending_to) as unsent,
                       (select count(*) from subscription_cursor where failed_since is not null) as failed""", Tuple.class).getSingleResult();
        last = new Count(
                number(row, "unnumbered"), number(row, "oldest"), number(row, "unsent"), number(row, "failed"));
        return last;
    }

    private static long number(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    private void gauge(MeterRegistry metrics, String name, String description, ToDoubleFunction<Count> part) {
        Gauge.builder(name, this, backlog -> part.applyAsDouble(backlog.last))
                .description(description)
                .register(metrics);
    }
}
