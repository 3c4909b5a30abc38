package dev.invitepacer.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

import dev.invitepacer.web.Tick;

/**
 * Looks, every quarter of a minute, for the longest transaction in the database, whoever's it is. While it is open, PostgreSQL
 * cannot clean up behind anybody: the hot rows of the loops grow, and every round takes longer.
 */
@Startup
@ApplicationScoped
public class SessionCensus {

    private final Session entities;
    private volatile double longestSeconds;

    SessionCensus(Session entities, MeterRegistry metrics) {
        this.entities = entities;
        Gauge.builder("pacer.database.transaction.seconds", this, census -> census.longestSeconds)
                .description("For how long the database's oldest transaction is open")
                .register(metrics);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No transactions are looked at")
    void scheduled() {
        count();
    }

    /**
     * Looks now. Of other users' sessions PostgreSQL tells this only to members of pg_read_all_stats; prepared transactions it
     * tells everybody. By the database's own clock, whatever the service's time does.
     */
    @Transactional
    public void count() {
        Number seconds = (Number) entities.createNativeQuery("""
                select coalesce(extract(epoch from clock_timestamp() - min(since)), 0)
                  from (select xact_start as since
                          from pg_stat_activity
                         where datname = current_database()
                           and pid <> pg_backend_pid()
                           and backend_type = 'client backend'
                        union all
                        select prepared
                          from pg_prepared_xacts
                         where database = current_database()) as transactions""").getSingleResult();
        longestSeconds = Math.max(0, seconds.doubleValue());
    }
}
