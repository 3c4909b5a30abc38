package dev.invitepacer.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.function.ToDoubleFunction;
import org.hibernate.Session;

import dev.invitepacer.invitation.ConnectedAlready;
import dev.invitepacer.web.Tick;

/**
 * Counts what takes longer to count, and changes slowly: how near accounts are to their threshold, every five minutes, and how
 * many people accept, every hour.
 *
 * <p>Acceptance is compared between two groups that had the same time to answer: those invited 14 to 42 days ago and those
 * invited 42 to 70 days ago, each with the acceptances of the first 14 days. So a week with many new invitations is no fall.
 */
@Startup
@ApplicationScoped
public class Survey {
    private final Session entities;
    private volatile long nearThreshold;
    private volatile Acceptance acceptance = new Acceptance(0, 0, 0, 0, 0);

    Survey(Session entities, MeterRegistry metrics) {
        this.entities = entities;
        Gauge.builder("pacer.accounts.near.threshold", this, survey -> survey.nearThreshold)
                .description("Accounts with at least 90 % of their threshold pending")
                .register(metrics);
        Gauge.builder("pacer.accounts.acceptance.fallen", this, survey -> survey.acceptance.fallen())
                .description("Accounts of whose invitations clearly fewer are accepted than four weeks before")
                .register(metrics);
        sent(metrics, "BEFORE", survey -> survey.acceptance.before());
        sent(metrics, "RECENT", survey -> survey.acceptance.recent());
        accepted(metrics, "BEFORE", survey -> survey.acceptance.beforeAccepted());
        accepted(metrics, "RECENT", survey -> survey.acceptance.recentAccepted());
    }

    /**
     * @param before invited 42 to 70 days ago, all accounts together
     * @param recent invited 14 to 42 days ago
     * @param fallen accounts with 50 or more in both groups, whose rate fell by a third and by three standard errors
     */
    record Acceptance(long before, long beforeAccepted, long recent, long recentAccepted, long fallen) {}

    @Scheduled(every = "5m", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("The survey is put off")
    void scheduledThresholds() {
        countThresholds();
    }

    @Scheduled(every = "1h", delayed = "40s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("The survey is put off")
    void scheduledAcceptance() {
        countAcceptance();
    }

    /** Counts now. Index: invitation_pending, of each account no further than to 90 % of its threshold. */
    @Transactional
    public void countThresholds() {
        nearThreshold = ((Number) entities.createNativeQuery("""
                select count(*)
                  from account a
                 where exists (select
                                 from invitation i
                                where i.account = a.account
                                  and i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                               offset ceil(0.9 * (a.settings ->> 'pendingThreshold')::int) - 1
                                limit 1)""").getSingleResult()).longValue();
    }

    /** Counts now. Indexes: invitation_left; task_invitation for an acceptance of what was never reported sent. */
    @Transactional
    public void countAcceptance() {
        Tuple row = (Tuple) entities.createNativeQuery(
                        """
                with clock as materialized (select service_now() as now),
                counted as (
                  select i.account,
                         count(*) filter (where %1$s <= now - make_interval(hours => 42 * 24)) as n0,
                         count(*) filter (where %1$s <= now - make_interval(hours => 42 * 24) and %2$s) as a0,
                         count(*) filter (where %1$s > now - make_interval(hours => 42 * 24)) as n1,
                         count(*) filter (where %1$s > now - make_interval(hours => 42 * 24) and %2$s) as a1
                    from clock
                    join account a on true
                    join invitation i
                      on i.account = a.account
                     and %1$s > now - make_interval(hours => 70 * 24)
                     and %1$s <= now - make_interval(hours => 14 * 24)
                   where i.state in ('PENDING', 'WITHDRAWING', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')
                     and not %3$s
                   group by i.account)
                select coalesce(sum(n0), 0) as n0,
                       coalesce(sum(a0), 0) as a0,
                       coalesce(sum(n1), 0) as n1,
                       coalesce(sum(a1), 0) as a1,
                       count(*) filter (
                         where n0 >= 50 and n1 >= 50
                           and a1::float8 / n1 < a0::float8 / n0 * 2 / 3
                           and a0::float8 / n0 - a1::float8 / n1
                               > 3 * sqrt((a0 + a1)::float8 / (n0 + n1) * (1 - (a0 + a1)::float8 / (n0 + n1)) * (1.0 / n0 + 1.0 / n1)))
                         as fallen
                  from counted""".formatted(
                                        "coalesce(i.sent_at, i.released_at)",
                                        "i.state = 'ACCEPTED' and i.ended_at <= coalesce(i.sent_at, i.released_at) + make_interval(hours => 14 * 24)",
                                        ConnectedAlready.CONDITION),
                        Tuple.class)
                .getSingleResult();
        acceptance = new Acceptance(
                number(row, "n0"), number(row, "a0"), number(row, "n1"), number(row, "a1"), number(row, "fallen"));
    }

    private static long number(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    private void sent(MeterRegistry metrics, String group, ToDoubleFunction<Survey> count) {
        Gauge.builder("pacer.acceptance.sent", this, count)
                .description("Invitations sent in each of two groups of four weeks that had 14 days to answer")
                .tag("cohort", group)
                .register(metrics);
    }

    private void accepted(MeterRegistry metrics, String group, ToDoubleFunction<Survey> count) {
        Gauge.builder("pacer.acceptance.accepted", this, count)
                .description("… of which so many were accepted within 14 days")
                .tag("cohort", group)
                .register(metrics);
    }
}
