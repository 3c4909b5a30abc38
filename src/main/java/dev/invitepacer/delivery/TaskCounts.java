package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;

/** Counts what senders have left to do today. */
@ApplicationScoped
class TaskCounts {
    private final Session entities;

    TaskCounts(Session entities) {
        this.entities = entities;
    }

    /**
     * @param byHand how many of the open ones wait for a person
     * @param stuck how many of the open ones an automatic sender failed at, or cannot tell of
     */
    public record Today(Instant now, Map<TaskKind, Counts> kinds, int byHand, int stuck) {}

    /**
     * @param open may be done now
     * @param taken of these, how many somebody has claimed
     * @param late of these, how many have been open for long
     * @param laterToday come up later on the account's local date
     * @param doneToday were done on it
     * @param forPeople those of them that no automatic sender is going to do
     */
    public record Counts(int open, int taken, int late, int laterToday, int doneToday, ForPeople forPeople) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, new ForPeople(0, 0, 0));
    }

    /** What has no automatic sender, and what that failed at or cannot tell of. */
    public record ForPeople(int open, int late, int laterToday) {}

    /**
     * Of one account, or where that is null of those that may be seen, or of all where that is null too. A local date ends within 48 hours of any instant and began within
     * them, so what is closed is looked at no further back. Indexes: task_open_kind, task_open_list, task_done.
     */
    Today of(Set<String> seen, String account, Instant now) {
        Map<TaskKind, Counts> kinds = new EnumMap<>(TaskKind.class);
        List.of(TaskKind.values()).forEach(kind -> kinds.put(kind, Counts.NONE));
        int[] others = new int[2];
        entities.createNativeQuery("""
                select t.kind,
                       count(*) filter (where t.state = 'OPEN' and t.is_up) as open,
                       count(*) filter (where t.state = 'OPEN' and t.is_up and t.leased_until > :now) as taken,
                       count(*) filter (where t.state = 'OPEN' and t.is_up and t.up_at < :lateBefore) as late,
                       count(*) filter (where t.state = 'OPEN' and not t.is_up and t.up_at < d.ends_at) as later_today,
                       count(*) filter (where t.state = 'DONE' and t.closed_at >= d.began_at) as done_today,
                       count(*) filter (where t.state = 'OPEN' and t.is_up and t.is_for_people) as people_open,
                       count(*) filter (where t.state = 'OPEN' and t.is_up and t.is_for_people
                                          and t.up_at < :lateBefore) as people_late,
                       count(*) filter (where t.state = 'OPEN' and not t.is_up and t.is_for_people
                                          and t.up_at < d.ends_at) as people_later_today,
                       count(*) filter (where t.state = 'OPEN' and t.is_up and t.lane is null) as by_hand,
                       count(*) filter (where t.state = 'OPEN' and t.stage in ('FAILED', 'IN_DOUBT')) as stuck
                  from account a
                 cross join lateral (
                       select date_trunc('day', cast(:now as timestamptz), a.settings ->> 'timeZone') as began_at,
                              date_trunc('day', cast(:now as timestamptz), a.settings ->> 'timeZone')
                                + interval '1 day' as ends_at) as d
                 cross join lateral (
                       select kind, state, stage, lane, leased_until, closed_at,
                              coalesce(ready_at, opened_at) as up_at,
                              coalesce(ready_at, opened_at) <= :now as is_up,
                              lane is null or stage in ('FAILED', 'IN_DOUBT') as is_for_people
                         from task
                        where account = a.account and state = 'OPEN'
                       union all
                       select kind, state, stage, lane, leased_until, closed_at, opened_at, true, true
                         from task
                        where account = a.account and state = 'DONE'
                          and closed_at > cast(:now as timestamptz) - interval '48 hours') as t
                 where (cast(:account as text) is null or a.account = :account)
                   and (cast(:seen as text[]) is null or a.account = any(cast(:seen as text[])))
                 group by t.kind""", Tuple.class)
                .addScalar("kind", String.class)
                .addScalar("open", Integer.class)
                .addScalar("taken", Integer.class)
                .addScalar("late", Integer.class)
                .addScalar("later_today", Integer.class)
                .addScalar("done_today", Integer.class)
                .addScalar("people_open", Integer.class)
                .addScalar("people_late", Integer.class)
                .addScalar("people_later_today", Integer.class)
                .addScalar("by_hand", Integer.class)
                .addScalar("stuck", Integer.class)
                .setParameter("account", account)
                .setParameter("seen", seen == null ? null : seen.toArray(String[]::new), String[].class)
                .setParameter("now", now)
                .setParameter("lateBefore", now.minus(Tasks.LATE_AFTER))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> {
                    kinds.put(TaskKind.valueOf(row.get("kind", String.class)), counts(row));
                    others[0] += row.get("by_hand", Integer.class);
                    others[1] += row.get("stuck", Integer.class);
                });
        return new Today(now, kinds, others[0], others[1]);
    }

    private static Counts counts(Tuple row) {
        return new Counts(
                row.get("open", Integer.class),
                row.get("taken", Integer.class),
                row.get("late", Integer.class),
                row.get("later_today", Integer.class),
                row.get("done_today", Integer.class),
                new ForPeople(
                        row.get("people_open", Integer.class),
                        row.get("people_late", Integer.class),
                        row.get("people_later_today", Integer.class)));
    }
}
