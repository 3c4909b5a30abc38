package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.Session;

import dev.invitepacer.delivery.Tasks;

/** Puts the accounts in order, the worst first, by what the release loop decided last and what senders left undone. */
@ApplicationScoped
class Troubles {
    static final Duration CAP_LONG_REACHED_AFTER = Duration.ofDays(1);

    /** No trouble comes after all troubles. */
    private static final int NONE = Trouble.values().length;

    /** In place of "nobody can say since when". */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * A row for each account. A cap that is reached for a while is nothing: what was sent by hand, or under a higher cap,
     * has to leave the week first. Indexes: the key of pace, task_stuck, task_open_kind.
     */
    private static final String STANDING = """
            with standing as (
              select p.account, a.settings ->> 'name' as name, p.reason, p.reason_since, p.due_at is null as is_holding,
                     p.pause_reason, p.restriction, p.restricted_until, t.trouble, s.oldest_at,
                     coalesce(d.failed, 0) as failed, coalesce(d.in_doubt, 0) as in_doubt,
                     case t.trouble
                       when 'FAILING' then null
                       when 'PAUSED' then p.paused_at
                       when 'DELIVERY_STUCK' then d.since
                       when 'TASKS_LATE' then s.oldest_at
                       else case when t.trouble is not null then p.reason_since end end as since
                from pace p
                join account a on a.account = p.account
                left join (
                     select account, min(opened_at) as since,
                            count(*) filter (where stage = 'FAILED')   as failed,
                            count(*) filter (where stage = 'IN_DOUBT') as in_doubt
                       from task
                      where state = 'OPEN' and stage in ('IN_DOUBT', 'FAILED')
                      group by account) as d on d.account = p.account
                left join lateral (
                     select opened_at as oldest_at
                       from task
                      where account = p.account and kind = 'SEND' and state = 'OPEN'
                      order by id
                      limit 1) as s on true
               cross join lateral (
                     select case
                              when p.retry_at > :now or p.nightly_retry_at > :now then 'FAILING'
                              when p.restricted_until > :now then 'RESTRICTED'
                              when p.paused_at is not null
                               and (p.paused_until is null or p.paused_until > :now) then 'PAUSED'
                              when d.account is not null then 'DELIVERY_STUCK'
                              when p.reason in ('PENDING_THRESHOLD', 'TASKS_OPEN') then p.reason
                              when p.reason = 'OUTSIDE_ACTIVE_HOURS' and p.due_at is null then 'NO_ACTIVE_HOURS'
                              when p.reason = 'NOTHING_ELIGIBLE' and p.due_at is null then 'NOTHING_ELIGIBLE'
                              when s.oldest_at < :lateBefore then 'TASKS_LATE'
                              when p.reason in ('WEEKLY_CAP', 'DAILY_CAP')
                               and p.reason_since < :cappedBefore then 'CAP_REACHED'
                              when p.reason = 'QUEUE_EMPTY' then 'QUEUE_EMPTY' end as trouble) as t
               where (cast(:seen as text[]) is null or p.account = any(cast(:seen as text[]))))
            """;

    private final Session entities;

    Troubles(Session entities) {
        this.entities = entities;
    }

    /** One account in its place. */
    record Standing(
            String account,
            String name,
            Trouble trouble,
            Instant since,
            String reason,
            Instant reasonSince,
            String pauseReason,
            String restriction,
            Instant oldestTaskAt,
            int failed,
            int inDoubt) {

        Position position() {
            return new Position(trouble == null ? NONE : trouble.ordinal(), since == null ? NEVER : since, account);
        }
    }

    /** A place in the order; also that of an account that has left it since. */
    record Position(int rank, Instant since, String account) {}

    /**
     * Which accounts are asked for.
     *
     * @param seen those that may be seen; null: all
     * @param words a part of key or name; null for all
     * @param isHolding null for both
     * @param trouble null for all
     * @param after null for the beginning
     */
    record Question(Set<String> seen, String words, Boolean isHolding, Trouble trouble, Position after) {}

    /** A key's own collation knows no letters but those of ASCII, and a name may have others. */
    List<Standing> page(Question question, Instant now, int most) {
        Position after = question.after() == null ? new Position(-1, NEVER, "") : question.after();
        Query query = entities.createNativeQuery(STANDING + """
                select s.*, r.rank
                  from standing s
                 cross join lateral (
                       select coalesce(array_position(:troubles, s.trouble) - 1, :none) as rank,
                              coalesce(s.since, :never) as began) as r
                 where (r.rank, r.began, s.account) > (:afterRank, :afterSince, :afterAccount)
                   and (cast(:words as text) is null
                        or position(lower(:words) in lower((s.account || ' ' || s.name) collate "default")) > 0)
                   and (cast(:isHolding as boolean) is null or s.is_holding = :isHolding)
                   and (cast(:trouble as text) is null or s.trouble = :trouble)
                 order by r.rank, r.began, s.account
                 limit :most""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("name", String.class)
                .addScalar("trouble", String.class)
                .addScalar("since", Instant.class)
                .addScalar("reason", String.class)
                .addScalar("reason_since", Instant.class)
                .addScalar("pause_reason", String.class)
                .addScalar("restriction", String.class)
                .addScalar("restricted_until", Instant.class)
                .addScalar("oldest_at", Instant.class)
                .addScalar("failed", Integer.class)
                .addScalar("in_doubt", Integer.class)
                .setParameter(
                        "troubles",
                        Arrays.stream(Trouble.values()).map(Trouble::name).toArray(String[]::new))
                .setParameter("none", NONE)
                .setParameter("never", NEVER)
                .setParameter("afterRank", after.rank())
                .setParameter("afterSince", after.since())
                .setParameter("afterAccount", after.account())
                .setParameter("words", question.words())
                .setParameter("isHolding", question.isHolding())
                .setParameter(
                        "trouble",
                        question.trouble() == null ? null : question.trouble().name())
                .setParameter("most", most);
        return rows(query, question.seen(), now).map(row -> standing(row, now)).toList();
    }

    /** How many accounts there are among those that may be seen, and how they stand. */
    OverviewView.Accounts counts(Set<String> seen, Instant now) {
        Query query = entities.createNativeQuery(STANDING + """
                select trouble, reason, is_holding, count(*) as many
                  from standing
                 group by trouble, reason, is_holding""", Tuple.class)
                .addScalar("trouble", String.class)
                .addScalar("reason", String.class)
                .addScalar("is_holding", Boolean.class)
                .addScalar("many", Integer.class);
        Map<String, Integer> byReason = new TreeMap<>();
        Map<Trouble, Integer> byTrouble = new EnumMap<>(Trouble.class);
        int[] total = new int[2];
        rows(query, seen, now).forEach(row -> {
            int many = row.get("many", Integer.class);
            total[0] += many;
            total[1] += row.get("is_holding", Boolean.class) ? many : 0;
            if (row.get("reason", String.class) != null) {
                byReason.merge(row.get("reason", String.class), many, Integer::sum);
            }
            if (row.get("trouble", String.class) != null) {
                byTrouble.merge(Trouble.valueOf(row.get("trouble", String.class)), many, Integer::sum);
            }
        });
        return new OverviewView.Accounts(total[0], total[1], byReason, byTrouble);
    }

    @SuppressWarnings("unchecked")
    private static java.util.stream.Stream<Tuple> rows(Query query, Set<String> seen, Instant now) {
        return ((org.hibernate.query.Query<?>) query)
                .setParameter("seen", seen == null ? null : seen.toArray(String[]::new), String[].class)
                .setParameter("now", now)
                .setParameter("lateBefore", now.minus(Tasks.LATE_AFTER))
                .setParameter("cappedBefore", now.minus(CAP_LONG_REACHED_AFTER))
                .getResultStream()
                .map(Tuple.class::cast);
    }

    private static Standing standing(Tuple row, Instant now) {
        String trouble = row.get("trouble", String.class);
        Instant restrictedUntil = row.get("restricted_until", Instant.class);
        boolean isRestricted = restrictedUntil != null && restrictedUntil.isAfter(now);
        return new Standing(
                row.get("account", String.class),
                row.get("name", String.class),
                trouble == null ? null : Trouble.valueOf(trouble),
                row.get("since", Instant.class),
                row.get("reason", String.class),
                row.get("reason_since", Instant.class),
                row.get("pause_reason", String.class),
                isRestricted ? row.get("restriction", String.class) : null,
                row.get("oldest_at", Instant.class),
                row.get("failed", Integer.class),
                row.get("in_doubt", Integer.class));
    }
}
