package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.OnNoteQuota;

/**
 * The statement that reads what decides about accounts, as rows. The account's notes are counted first, since a draft
 * whose note must wait is neither in line nor demand.
 */
@ApplicationScoped
class SituationRows {
    /** More drafts than the highest cap do not change the interval, so no more of them are counted. */
    private static final int COUNTED = AccountSettings.HIGHEST_CAP + 1;

    /** The queued drafts of one campaign, in their order; the column's collation is the index's, the campaign's is not. */
    private static final String OF_CAMPAIGN = """
            from invitation i
                                 where i.account = c.account
                                   and i.state = 'QUEUED'
                                   and coalesce(i.campaign, '') = c.name collate "default"
            """.stripTrailing();

    private static final String MAY_GO = """

                                   and (i.not_before is null or i.not_before <= :now)
                                   and (i.lapses_at is null or i.lapses_at > :now)
            """.stripTrailing();

    private static final String MAY_GO_THIS_WEEK = """

                                   and (i.not_before is null or i.not_before <= cast(:now as timestamptz) + interval '168 hours')
                                   and (i.lapses_at is null or i.lapses_at > :now)
            """.stripTrailing();

    /** The queued drafts of all campaigns that are not paused. */
    private static final String OF_ACCOUNT = """
            from invitation i
                  join campaign c on c.account = i.account and c.name = coalesce(i.campaign, '') collate "C"
                 where i.account = a.account
                   and i.state = 'QUEUED'
                   and c.paused_at is null
            """.stripTrailing();

    // Indexes: the keys of pace, account and campaign; ledger_window; note_use_month; invitation_queue, and
    // invitation_queue_bare while notes have to wait; invitation_not_before; invitation_pending; task_open_kind.
    private static final String READ = """
            select p.account, p.bucket_anchor, p.bucket_offset, p.bucket_interval, p.warm_up_since,
                   p.learned_cap, p.learned_at,
                   p.paused_at, p.paused_until, p.restricted_until, p.restriction, p.share_time,
                   b.booked, b.booked_otherwise,
                   h.is_over, h.is_over and a.bare as is_bare,
                   case when h.is_over then nullif(h.again, 'infinity') end as notes_until, line.is_ready,
                   line.is_ready and 1 = (select count(*)
                                            from (select
                                                    from invitation i
                                                   where i.account = p.account
                                                     and i.state = 'QUEUED'
                                                   limit 2) as queued) as is_last,
                   line.names, line.weights, line.tags, line.in_line, line.ids, line.profiles, line.noted,
                   case when h.allowed is null then (%1$s)
                        else least(:counted, (%2$s) + (%3$s)) end as waiting,
                   case when line.is_ready then null
                        else nullif(least(
                          (select min(i.not_before) %4$s
                              and i.not_before > :now
                              and (not h.is_held or i.note is null)
                              and (i.lapses_at is null or i.lapses_at > i.not_before)),
                          case when h.is_held then coalesce(
                            (select h.again %4$s
                                and i.note is not null
                                and (i.not_before is null or i.not_before <= h.again)
                                and (i.lapses_at is null or i.lapses_at > h.again)
                              limit 1),
                            (select min(i.not_before) %4$s
                                and i.note is not null
                                and i.not_before > h.again
                                and (i.lapses_at is null or i.lapses_at > i.not_before))) end), 'infinity') end
                     as next_eligible,
                   least(
                     (select min(i.not_before) %4$s
                         and i.not_before > cast(:now as timestamptz) + interval '168 hours'
                         and (i.lapses_at is null or i.lapses_at > i.not_before)),
                     case when h.allowed is null then null
                          when h.again > cast(:now as timestamptz) + interval '168 hours' then nullif(h.again, 'infinity')
                          when h.is_over and h.again < a.next_month
                          then greatest(h.again + interval '168 hours', a.next_month) end) - interval '168 hours' as more_demand_at,
                   (select count(*)
                      from invitation i
                     where i.account = p.account
                       and i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')) as pending,
                   (select count(*)
                      from task t
                     where t.account = p.account
                       and t.kind = 'SEND'
                       and t.state = 'OPEN') as open_tasks
              from unnest(:accounts, :months, :nextMonths, :quotas, :bare)
                as a (account, month, next_month, quota, bare)
              join pace p on p.account = a.account
             cross join lateral (
                   select array_agg(l.at order by l.at) as booked,
                          coalesce(bool_or(l.kind = 'BY_HAND' or l.taken_back
                                           or l.cap > least(p.weekly_cap, p.learned_cap)), false)
                            as booked_otherwise
                     from ledger l
                    where l.account = a.account
                      and l.at > cast(:now as timestamptz) - interval '168 hours'
                      and l.returned_at is null) as b
             cross join lateral (
                   select count(*) as used
                     from note_use u
                    where a.quota is not null
                      and u.account = a.account
                      and u.at >= a.month
                      and u.returned_at is null) as n
             cross join lateral (
                   select coalesce(n.used >= a.quota, false) as is_used_up,
                          coalesce(p.notes_used_up_until > :now, false) as is_said) as s
             cross join lateral (
                   select s.is_used_up or s.is_said as is_over,
                          (s.is_used_up or s.is_said) and not a.bare as is_held,
                          greatest(case when s.is_used_up or not s.is_said then coalesce(a.next_month, 'infinity') end,
                                   case when s.is_said then p.notes_used_up_until end) as again) as r
             cross join lateral (
                   select r.*,
                          case when a.bare or a.quota is null and not s.is_said then null
                               else case when r.is_over then 0 else a.quota - n.used end
                                    + case when r.again > cast(:now as timestamptz) + interval '168 hours' then 0
                                           when r.again < a.next_month then coalesce(a.quota - n.used, :counted)
                                           else coalesce(a.quota, :counted) end end as allowed) as h
             cross join lateral (
                   select array_agg(c.name order by c.name) as names,
                          array_agg(c.weight order by c.name) as weights,
                          array_agg(c.share_tag order by c.name) as tags,
                          array_agg(c.in_line order by c.name) as in_line,
                          array_agg(f.id order by c.name) as ids,
                          array_agg(f.profile order by c.name) as profiles,
                          array_agg(f.noted order by c.name) as noted,
                          coalesce(bool_or(f.id is not null), false) as is_ready
                     from campaign c
                     left join lateral (
                           (select i.id, i.profile, i.note is not null as noted %5$s
                                   and not h.is_held and c.paused_at is null
                             order by i.rank_at, i.id
                             limit 1)
                           union all
                           (select i.id, i.profile, false as noted %5$s
                                   and i.note is null and h.is_held and c.paused_at is null
                             order by i.rank_at, i.id
                             limit 1)) as f on true
                    where c.account = a.account
                      and (f.id is not null or c.in_line)) as line
            """.formatted(
                    counted("", ":counted"),
                    counted("and i.note is null", ":counted"),
                    counted("and i.note is not null", "h.allowed"),
                    OF_ACCOUNT,
                    OF_CAMPAIGN + MAY_GO);

    private final Session entities;

    SituationRows(Session entities) {
        this.entities = entities;
    }

    /** The rows of those accounts that there are, in no order. */
    Stream<Tuple> of(Map<String, AccountSettings> settings, Instant now) {
        Collection<AccountSettings> values = settings.values();
        return entities.createNativeQuery(READ, Tuple.class)
                .addScalar("account", String.class)
                .addScalar("bucket_anchor", Instant.class)
                .addScalar("bucket_offset", Long.class)
                .addScalar("bucket_interval", Long.class)
                .addScalar("warm_up_since", Instant.class)
                .addScalar("learned_cap", Integer.class)
                .addScalar("learned_at", Instant.class)
                .addScalar("paused_at", Instant.class)
                .addScalar("paused_until", Instant.class)
                .addScalar("restricted_until", Instant.class)
                .addScalar("restriction", String.class)
                .addScalar("share_time", Long.class)
                .addScalar("booked", Instant[].class)
                .addScalar("booked_otherwise", Boolean.class)
                .addScalar("is_over", Boolean.class)
                .addScalar("is_bare", Boolean.class)
                .addScalar("notes_until", Instant.class)
                .addScalar("is_ready", Boolean.class)
                .addScalar("is_last", Boolean.class)
                .addScalar("names", String[].class)
                .addScalar("weights", Short[].class)
                .addScalar("tags", Long[].class)
                .addScalar("in_line", Boolean[].class)
                .addScalar("ids", Long[].class)
                .addScalar("profiles", String[].class)
                .addScalar("noted", Boolean[].class)
                .addScalar("waiting", Integer.class)
                .addScalar("next_eligible", Instant.class)
                .addScalar("more_demand_at", Instant.class)
                .addScalar("pending", Integer.class)
                .addScalar("open_tasks", Integer.class)
                .setParameter("now", now)
                .setParameter("counted", COUNTED)
                .setParameter("accounts", settings.keySet().toArray(String[]::new))
                .setParameter("months", instants(values, one -> one.monthOf(now)))
                .setParameter("nextMonths", instants(values, one -> hasNotes(one) ? one.monthAfter(now) : null))
                .setParameter(
                        "quotas", values.stream().map(SituationRows::quota).toArray(Integer[]::new))
                .setParameter(
                        "bare",
                        values.stream()
                                .map(one -> one.onNoteQuota() == OnNoteQuota.SEND_BARE)
                                .toArray(Boolean[]::new))
                .getResultStream();
    }

    /** Counts what may go this week, campaign by campaign, and no further than it matters. */
    private static String counted(String which, String most) {
        return """
                select count(*)
                         from (select
                                 from campaign c
                                cross join lateral (
                                      select %s %s
                                       limit %s) as drafts
                                where c.account = a.account
                                  and c.paused_at is null
                                limit %s) as demand
                """.stripTrailing().formatted(OF_CAMPAIGN + MAY_GO_THIS_WEEK, which, most, most);
    }

    /** A quota of none never comes back. */
    private static boolean hasNotes(AccountSettings settings) {
        return settings.noteQuota().orElse(1) > 0;
    }

    private static Integer quota(AccountSettings settings) {
        return settings.noteQuota().isPresent() ? settings.noteQuota().getAsInt() : null;
    }

    private static Instant[] instants(Collection<AccountSettings> settings, Function<AccountSettings, Instant> part) {
        return settings.stream().map(part).toArray(Instant[]::new);
    }
}
