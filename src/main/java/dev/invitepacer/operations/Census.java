package dev.invitepacer.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hibernate.Session;

import dev.invitepacer.pacing.Reason;
import dev.invitepacer.web.Tick;

/** Counts, every quarter of a minute, what the gauges and the health answers tell of the whole database. */
@Startup
@ApplicationScoped
public class Census {

    private final Session entities;
    private volatile Count last = Count.NONE;
    private volatile long lastNanos = System.nanoTime();

    Census(Session entities, MeterRegistry metrics) {
        this.entities = entities;
        gauge(
                metrics,
                "pacer.accounts.overdue",
                "Accounts that the release loop should have looked at",
                Count::overdue);
        gauge(
                metrics,
                "pacer.accounts.overdue.seconds",
                "For how long the release loop has kept the longest waiting account waiting",
                Count::oldestOverdueSeconds);
        gauge(metrics, "pacer.nightly.waiting", "Accounts whose nightly run is due", Count::nightsWaiting);
        gauge(
                metrics,
                "pacer.nightly.waiting.seconds",
                "For how long the longest waiting nightly run is due",
                Count::oldestNightSeconds);
        gauge(metrics, "pacer.tasks.send.open", "Invitations that senders are to send", Count::openSends);
        gauge(
                metrics,
                "pacer.tasks.send.oldest.seconds",
                "For how long the oldest open SEND task waits for its sender",
                Count::oldestSendSeconds);
        gauge(metrics, "pacer.tasks.withdraw.open", "Invitations that senders are to withdraw", Count::openWithdrawals);
        gauge(metrics, "pacer.delivery.due", "Hand-overs to automatic senders that are due", Count::dueDeliveries);
        gauge(
                metrics,
                "pacer.delivery.due.seconds",
                "For how long the longest waiting hand-over is due",
                Count::oldestDeliverySeconds);
        gauge(metrics, "pacer.delivery.doubtful", "Hand-overs that are in doubt", Count::inDoubt);
        gauge(
                metrics,
                "pacer.delivery.failed",
                "Hand-overs that failed and wait for somebody",
                Count::failedDeliveries);
        gauge(
                metrics,
                "pacer.delivery.doubtful.seconds",
                "For how long the oldest task whose hand-over is in doubt is open",
                Count::oldestDoubtSeconds);
        gauge(
                metrics,
                "pacer.nightly.last.success.timestamp.seconds",
                "When a nightly run last succeeded, in seconds since 1970; 0 before the first",
                count -> count.lastNight() == null ? 0 : count.lastNight().getEpochSecond());
        gauge(metrics, "pacer.accounts", "Accounts", Count::accounts);
        gauge(
                metrics,
                "pacer.accounts.stuck",
                "Accounts that the threshold of pending has kept from releasing for longer than a day and a night",
                Count::stuckAccounts);
        for (Reason reason : Reason.values()) {
            Gauge.builder("pacer.accounts.by.reason", this, census -> census.last
                            .byReason()
                            .getOrDefault(reason.name(), 0L))
                    .description("Accounts by why they release nothing now")
                    .tag("reason", reason.name())
                    .register(metrics);
        }
        Gauge.builder("pacer.census.age.seconds", this, census -> census.age().toSeconds())
                .description("For how long this instance has not counted what it tells of the whole database")
                .register(metrics);
    }

    /** What was counted last, in seconds of the service's time. */
    public record Count(
            long overdue,
            long oldestOverdueSeconds,
            long nightsWaiting,
            long oldestNightSeconds,
            Instant lastNight,
            long openSends,
            long oldestSendSeconds,
            long openWithdrawals,
            long dueDeliveries,
            long oldestDeliverySeconds,
            long inDoubt,
            long oldestDoubtSeconds,
            long failedDeliveries,
            long accounts,
            long stuckAccounts,
            Map<String, Long> byReason) {
        static final Count NONE = new Count(0, 0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    }

    public Count last() {
        return last;
    }

    /** For how long nothing has been counted; before the first time, since the start. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Nothing is counted")
    void scheduled() {
        count();
    }

    /** Counts now. Indexes: pace_due, pace_nightly_due, task_open_kind, task_waiting, task_stuck; all of pace once, which is narrow. */
    @Transactional
    public void count() {
        Tuple row = (Tuple) entities.createNativeQuery("""
                with clock as materialized (select service_now() as now),
                due as (
                  select t.next_try_at
                    from task t
                    join pace p on p.account = t.account
                    join clock on t.next_try_at <= clock.now
                   where t.state = 'OPEN' and t.next_try_at is not null
                     and (p.paused_at is null or p.paused_until <= clock.now)
                     and (t.kind <> 'SEND' or p.restricted_until is null or p.restricted_until <= clock.now))
                select (select count(*) from pace where due_at <= (select now from clock)) as overdue,
                       (select greatest(0, extract(epoch from (select now from clock) - min(due_at))) from pace) as overdue_seconds,
                       (select count(*) from pace where nightly_at <= (select now from clock)) as nights,
                       (select greatest(0, extract(epoch from (select now from clock) - min(nightly_at))) from pace) as nights_seconds,
                       (select max(at) from nightly_run) as last_night,
                       (select count(*) from task where state = 'OPEN' and kind = 'SEND') as sends,
                       (select greatest(0, extract(epoch from (select now from clock) - min(opened_at)))
                          from task where state = 'OPEN' and kind = 'SEND') as sends_seconds,
                       (select count(*) from task where state = 'OPEN' and kind = 'WITHDRAW') as withdrawals,
                       (select count(*) from due) as deliveries,
                       (select greatest(0, extract(epoch from (select now from clock) - min(next_try_at))) from due) as deliveries_seconds,
                       (select count(*) from task where state = 'OPEN' and stage = 'IN_DOUBT') as in_doubt,
                       (select greatest(0, extract(epoch from (select now from clock) - min(opened_at)))
                          from task where state = 'OPEN' and stage = 'IN_DOUBT') as in_doubt_seconds,
                       (select count(*) from task where state = 'OPEN' and stage = 'FAILED') as failed,
                       (select count(*)
                          from pace
                         where reason = 'PENDING_THRESHOLD'
                           and reason_since < (select now from clock) - make_interval(hours => 26)) as stuck""", Tuple.class).getSingleResult();
        Map<String, Long> byReason = byReason();
        last = new Count(
                number(row, "overdue"),
                number(row, "overdue_seconds"),
                number(row, "nights"),
                number(row, "nights_seconds"),
                row.get("last_night", Instant.class),
                number(row, "sends"),
                number(row, "sends_seconds"),
                number(row, "withdrawals"),
                number(row, "deliveries"),
                number(row, "deliveries_seconds"),
                number(row, "in_doubt"),
                number(row, "in_doubt_seconds"),
                number(row, "failed"),
                byReason.values().stream().mapToLong(Long::longValue).sum(),
                number(row, "stuck"),
                byReason);
        lastNanos = System.nanoTime();
    }

    /** How many accounts were told each reason last; '' stands for none. */
    private Map<String, Long> byReason() {
        return entities.createNativeQuery(
                        "select coalesce(reason, '') as reason, count(*) as accounts from pace group by 1", Tuple.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get("reason", String.class), row -> number(row, "accounts")));
    }

    private static long number(Tuple row, String column) {
        Number number = row.get(column, Number.class);
        return number == null ? 0 : number.longValue();
    }

    private void gauge(MeterRegistry metrics, String name, String description, ToDoubleFunction<Count> part) {
        Gauge.builder(name, this, census -> part.applyAsDouble(census.last))
                .description(description)
                .register(metrics);
    }
}
