package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.EffectiveCap;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pause;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.time.TimeLapse;

/** Reads what decides about accounts. Under their locks the answer is the truth; without, it is what a reader sees. */
@ApplicationScoped
class Situations {
    /** More drafts than the highest cap do not change the interval, so no more of them are counted. */
    private static final int COUNTED = AccountSettings.HIGHEST_CAP + 1;

    // Indexes: the keys of pace and account; ledger_window; invitation_queue for the drafts waiting and the first of
    // them;
    // invitation_not_before; invitation_pending; task_open_kind.
    private static final String READ = """
            select p.account, cast(a.settings as text) as settings, a.changed_at,
                   p.bucket_anchor, p.bucket_offset, p.bucket_interval, p.warm_up_since,
                   p.paused_at, p.paused_until, p.restricted_until,
                   (select array_agg(l.at order by l.at)
                      from ledger l
                     where l.account = p.account
                       and l.at > cast(:now as timestamptz) - interval '168 hours'
                       and l.returned_at is null) as booked,
                   (select coalesce(bool_or(l.kind = 'BY_HAND' or l.taken_back or l.cap > p.weekly_cap), false)
                      from ledger l
                     where l.account = p.account
                       and l.at > cast(:now as timestamptz) - interval '168 hours'
                       and l.returned_at is null) as booked_otherwise,
                   (select count(*)
                      from (select from invitation i
                             where i.account = p.account
                               and i.state = 'QUEUED'
                               and (i.not_before is null or i.not_before <= cast(:now as timestamptz) + interval '168 hours')
                               and (i.lapses_at is null or i.lapses_at > :now)
                             limit :counted) as demand) as waiting,
                   (select min(i.not_before)
                      from invitation i
                     where i.account = p.account
                       and i.state = 'QUEUED'
                       and i.not_before > :now
                       and (i.lapses_at is null or i.lapses_at > i.not_before)) as next_eligible,
                   (select min(i.not_before) - interval '168 hours'
                      from invitation i
                     where i.account = p.account
                       and i.state = 'QUEUED'
                       and i.not_before > cast(:now as timestamptz) + interval '168 hours'
                       and (i.lapses_at is null or i.lapses_at > i.not_before)) as more_demand_at,
                   (select count(*)
                      from invitation i
                     where i.account = p.account
                       and i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')) as pending,
                   (select count(*)
                      from task t
                     where t.account = p.account
                       and t.kind = 'SEND'
                       and t.state = 'OPEN') as open_tasks,
                   (select i.id
                      from invitation i
                     where i.account = p.account
                       and i.state = 'QUEUED'
                       and (i.not_before is null or i.not_before <= :now)
                       and (i.lapses_at is null or i.lapses_at > :now)
                     order by i.priority desc, i.degree, i.queued_at, i.id
                     limit 1) as first
              from pace p
              join account a on a.account = p.account
             where p.account = any(:accounts)""";

    private final Session entities;
    private final Accounts accounts;
    private final Duration slack;

    Situations(Session entities, Accounts accounts, PacerConfig config, TimeLapse timeLapse) {
        this.entities = entities;
        this.accounts = accounts;
        this.slack = config.release().period().multipliedBy(timeLapse.factor());
    }

    /** The situations at {@code now} of those accounts that there are. */
    List<Situation> of(Collection<String> names, Instant now) {
        return entities.createNativeQuery(READ, Tuple.class)
                .addScalar("account", String.class)
                .addScalar("settings", String.class)
                .addScalar("changed_at", Instant.class)
                .addScalar("bucket_anchor", Instant.class)
                .addScalar("bucket_offset", Long.class)
                .addScalar("bucket_interval", Long.class)
                .addScalar("warm_up_since", Instant.class)
                .addScalar("paused_at", Instant.class)
                .addScalar("paused_until", Instant.class)
                .addScalar("restricted_until", Instant.class)
                .addScalar("booked", Instant[].class)
                .addScalar("booked_otherwise", Boolean.class)
                .addScalar("waiting", Integer.class)
                .addScalar("next_eligible", Instant.class)
                .addScalar("more_demand_at", Instant.class)
                .addScalar("pending", Integer.class)
                .addScalar("open_tasks", Integer.class)
                .addScalar("first", Long.class)
                .setParameter("now", now)
                .setParameter("counted", COUNTED)
                .setParameter("accounts", names.toArray(String[]::new))
                .getResultStream()
                .map(row -> situation(row, now))
                .toList();
    }

    /** The queue in full, for who looks at it. Indexes: invitation_queue, ledger_window, the key of invitation. */
    Backlog backlog(String account, Instant now) {
        Tuple row = entities.createNativeQuery("""
                select count(*) filter (where may_go) as waiting,
                       count(*) filter (where not may_go) as held,
                       least(min(queued_at) filter (where may_go),
                             (select min(i.queued_at)
                                from ledger l
                                join invitation i on i.account = l.account and i.id = l.invitation
                               where l.account = :account
                                 and l.at > cast(:now as timestamptz) - interval '168 hours'
                                 and l.returned_at is null)) as since
                  from (select queued_at,
                               (not_before is null or not_before <= :now)
                               and (lapses_at is null or lapses_at > :now) as may_go
                          from invitation
                         where account = :account and state = 'QUEUED') as queue""", Tuple.class)
                .addScalar("waiting", Integer.class)
                .addScalar("held", Integer.class)
                .addScalar("since", Instant.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .getSingleResult();
        return new Backlog(
                row.get("waiting", Integer.class),
                row.get("held", Integer.class),
                Optional.ofNullable(row.get("since", Instant.class)));
    }

    private Situation situation(Tuple row, Instant now) {
        AccountSettings settings = accounts.settingsAtRest(row.get("settings", String.class));
        Instant warmUpSince = row.get("warm_up_since", Instant.class);
        EffectiveCap cap = settings.warmUp() == null || warmUpSince == null
                ? EffectiveCap.of(settings.weeklyCap())
                : EffectiveCap.of(settings.weeklyCap(), settings.warmUp(), warmUpSince, now);
        Limits limits = new Limits(
                settings.calendar(),
                cap,
                settings.burst(),
                settings.spread(),
                settings.dailyCap() == null ? OptionalInt.empty() : OptionalInt.of(settings.dailyCap()),
                settings.pendingThreshold(),
                settings.openTaskLimit(),
                slack);
        return new Situation(
                row.get("account", String.class),
                settings,
                limits,
                state(row),
                row.get("first", Long.class),
                Stream.of(row.get("more_demand_at", Instant.class), nextStep(settings, warmUpSince, cap, now))
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder()),
                row.get("changed_at", Instant.class),
                row.get("booked_otherwise", Boolean.class));
    }

    /** When the warm-up lets more through; null where it has ended. */
    private static Instant nextStep(AccountSettings settings, Instant warmUpSince, EffectiveCap cap, Instant now) {
        if (settings.warmUp() == null || warmUpSince == null || cap.cause() != EffectiveCap.Cause.WARM_UP) {
            return null;
        }
        long weeks = Duration.between(warmUpSince, now).dividedBy(ReleaseWindow.WEEK);
        return warmUpSince.plus(ReleaseWindow.WEEK.multipliedBy(weeks + 1));
    }

    private static AccountState state(Tuple row) {
        Instant[] booked = row.get("booked", Instant[].class);
        Optional<Instant> nextEligible = Optional.ofNullable(row.get("next_eligible", Instant.class));
        int waiting = row.get("waiting", Integer.class);
        boolean isEligible = row.get("first", Long.class) != null;
        AccountState idle = AccountState.idle();
        AccountState queue = isEligible
                ? idle.withWaiting(waiting)
                // A draft that may go in a month is no demand for this week, but the account waits for it.
                : nextEligible.isPresent() ? idle.withWaiting(Math.max(waiting, 1), nextEligible) : idle;
        AccountState state = queue.withPause(pause(row))
                .withWindow(booked == null ? ReleaseWindow.empty() : ReleaseWindow.of(Arrays.asList(booked)))
                .withBucket(bucket(row))
                .withPending(row.get("pending", Integer.class))
                .withOpenTasks(row.get("open_tasks", Integer.class));
        Instant restrictedUntil = row.get("restricted_until", Instant.class);
        return restrictedUntil == null ? state : state.withRestrictedUntil(restrictedUntil);
    }

    private static Pause pause(Tuple row) {
        if (row.get("paused_at", Instant.class) == null) {
            return Pause.none();
        }
        Instant until = row.get("paused_until", Instant.class);
        return until == null ? Pause.indefinite() : Pause.until(until);
    }

    private static Bucket bucket(Tuple row) {
        Instant anchor = row.get("bucket_anchor", Instant.class);
        return anchor == null
                ? Bucket.full()
                : new Bucket(
                        anchor,
                        Duration.ofNanos(row.get("bucket_offset", Long.class)),
                        Duration.ofNanos(row.get("bucket_interval", Long.class)));
    }
}
