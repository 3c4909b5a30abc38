package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnNoteQuota;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.CapCourse;
import dev.invitepacer.pacing.LearnedCap;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pause;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.pacing.Shares;
import dev.invitepacer.time.TimeLapse;

/** Reads what decides about accounts. Under their locks the answer is the truth; without, it is what a reader sees. */
@ApplicationScoped
class Situations {
    private final Session entities;
    private final SituationRows rows;
    private final Accounts accounts;
    private final Duration slack;

    Situations(Session entities, SituationRows rows, Accounts accounts, PacerConfig config, TimeLapse timeLapse) {
        this.entities = entities;
        this.rows = rows;
        this.accounts = accounts;
        this.slack = config.release().period().multipliedBy(timeLapse.factor());
    }

    /** The situations at {@code now} of those accounts that there are. Indexes: the keys of account and pace. */
    List<Situation> of(Collection<String> names, Instant now) {
        Map<String, AccountSettings> settings = new LinkedHashMap<>();
        Map<String, Instant> changed = new HashMap<>();
        entities.createNativeQuery("""
                select account, settings ->> 'name' as name, cast(settings - 'name' as text) as others, changed_at
                  from account
                 where account = any(:accounts)""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("name", String.class)
                .addScalar("others", String.class)
                .addScalar("changed_at", Instant.class)
                .setParameter("accounts", names.toArray(String[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> {
                    String account = row.get("account", String.class);
                    settings.put(
                            account,
                            accounts.settingsAtRest(row.get("name", String.class), row.get("others", String.class)));
                    changed.put(account, row.get("changed_at", Instant.class));
                });
        return settings.isEmpty()
                ? List.of()
                : rows.of(settings, now)
                        .map(row -> {
                            String account = row.get("account", String.class);
                            return situation(row, settings.get(account), changed.get(account), now);
                        })
                        .toList();
    }

    /**
     * The queues in full, for who looks at them. What is held is counted, and not what waits: of a long queue most may go, and
     * the others have indexes of their own. Indexes: invitation_queue, invitation_queue_noted, invitation_not_before,
     * invitation_lapse, invitation_state, ledger_window, note_use_month, keys.
     */
    Map<String, Backlog> backlogs(List<Situation> situations, Instant now) {
        Map<String, Situation> known = new HashMap<>();
        situations.forEach(situation -> known.put(situation.account(), situation));
        Map<String, Backlog> backlogs = new HashMap<>();
        entities.createNativeQuery("""
                select a.account, q.queued - h.held as waiting, h.held, n.noted, least(f.queued_at, r.since) as since, u.used
                  from unnest(:accounts, :months, :held) as a (account, month, held)
                 cross join lateral (
                       select count(*) as queued
                         from invitation
                        where account = a.account and state = 'QUEUED') as q
                 cross join lateral (
                       select count(*) as noted
                         from invitation
                        where account = a.account and state = 'QUEUED' and note is not null) as n
                 cross join lateral (
                       select count(*) as held
                         from (select id
                                 from invitation
                                where account = a.account and state = 'QUEUED' and not_before > :now
                               union
                               select id
                                 from invitation
                                where account = a.account and state = 'QUEUED' and lapses_at <= :now
                               union
                               select id
                                 from invitation
                                where account = a.account and state = 'QUEUED' and note is not null and a.held
                               union
                               select i.id
                                 from campaign c
                                 join invitation i on i.account = c.account
                                                  and coalesce(i.campaign, '') = c.name collate "default"
                                where c.account = a.account and c.paused_at is not null and i.state = 'QUEUED') as held) as h
                  left join lateral (
                       select i.queued_at
                         from invitation i
                         join campaign c on c.account = i.account and c.name = coalesce(i.campaign, '') collate "C"
                        where i.account = a.account
                          and i.state = 'QUEUED'
                          and (i.not_before is null or i.not_before <= :now)
                          and (i.lapses_at is null or i.lapses_at > :now)
                          and (not a.held or i.note is null)
                          and c.paused_at is null
                        order by i.id
                        limit 1) as f on true
                 cross join lateral (
                       select min(i.queued_at) as since
                         from ledger l
                         join invitation i on i.account = l.account and i.id = l.invitation
                        where l.account = a.account
                          and l.at > cast(:now as timestamptz) - interval '168 hours'
                          and l.returned_at is null) as r
                 cross join lateral (
                       select count(*) as used
                         from note_use
                        where account = a.account and at >= a.month and returned_at is null) as u""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("waiting", Integer.class)
                .addScalar("held", Integer.class)
                .addScalar("noted", Integer.class)
                .addScalar("since", Instant.class)
                .addScalar("used", Integer.class)
                .setParameter("now", now)
                .setParameter(
                        "accounts", situations.stream().map(Situation::account).toArray(String[]::new))
                .setParameter(
                        "months",
                        situations.stream()
                                .map(situation -> situation.settings().monthOf(now))
                                .toArray(Instant[]::new))
                .setParameter(
                        "held", situations.stream().map(Situations::holdsNotes).toArray(Boolean[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> {
                    String account = row.get("account", String.class);
                    backlogs.put(account, backlog(row, known.get(account), now));
                });
        return backlogs;
    }

    private static boolean holdsNotes(Situation situation) {
        return situation.areNotesUsedUp() && situation.settings().onNoteQuota() != OnNoteQuota.SEND_BARE;
    }

    private static Backlog backlog(Tuple row, Situation situation, Instant now) {
        return new Backlog(
                row.get("waiting", Integer.class),
                row.get("held", Integer.class),
                Optional.ofNullable(row.get("since", Instant.class)),
                notes(situation, row.get("used", Integer.class), row.get("noted", Integer.class), now));
    }

    private static NotesView notes(Situation situation, int used, int queued, Instant now) {
        OptionalInt quota = situation.settings().noteQuota();
        Integer left = situation.areNotesUsedUp()
                ? Integer.valueOf(0)
                : quota.isPresent() ? Integer.valueOf(quota.getAsInt() - used) : null;
        return new NotesView(
                quota.isPresent() ? quota.getAsInt() : null,
                used,
                queued,
                left,
                left == null
                        ? null
                        : situation
                                .notesUntil()
                                .orElseGet(() -> situation.settings().monthAfter(now)));
    }

    private Situation situation(Tuple row, AccountSettings settings, Instant changedAt, Instant now) {
        Instant warmUpSince = row.get("warm_up_since", Instant.class);
        Optional<LearnedCap> learned = learned(row);
        CapCourse caps =
                new CapCourse(settings.weeklyCap(), settings.warmUp(), warmUpSince, learned.orElse(null), false);
        Limits limits = new Limits(
                settings.calendar(),
                caps.at(now),
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
                line(row),
                row.get("is_over", Boolean.class),
                Optional.ofNullable(row.get("notes_until", Instant.class)),
                learned,
                Stream.of(
                                row.get("more_demand_at", Instant.class),
                                caps.changesAfter(now).orElse(null),
                                learned.flatMap(one -> one.raiseAt(settings.weeklyCap()))
                                        .orElse(null))
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder()),
                row.get("restriction", String.class),
                changedAt,
                row.get("booked_otherwise", Boolean.class));
    }

    private static Optional<LearnedCap> learned(Tuple row) {
        Integer cap = row.get("learned_cap", Integer.class);
        return cap == null ? Optional.empty() : Optional.of(new LearnedCap(cap, row.get("learned_at", Instant.class)));
    }

    private static AccountState state(Tuple row) {
        Instant[] booked = row.get("booked", Instant[].class);
        Optional<Instant> nextEligible = Optional.ofNullable(row.get("next_eligible", Instant.class));
        int waiting = row.get("waiting", Integer.class);
        boolean isEligible = row.get("is_ready", Boolean.class);
        AccountState idle = AccountState.idle();
        AccountState queue = isEligible
                ? idle.withWaiting(Math.max(waiting, 1))
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

    private static Line line(Tuple row) {
        List<Candidate> candidates = new ArrayList<>();
        List<Shares.Campaign> gone = new ArrayList<>();
        String[] names = row.get("names", String[].class);
        for (int i = 0; names != null && i < names.length; i++) {
            Shares.Campaign campaign = new Shares.Campaign(
                    names[i],
                    row.get("weights", Short[].class)[i],
                    row.get("tags", Long[].class)[i],
                    row.get("in_line", Boolean[].class)[i]);
            Long invitation = row.get("ids", Long[].class)[i];
            if (invitation == null) {
                gone.add(campaign);
            } else {
                candidates.add(new Candidate(
                        campaign,
                        invitation,
                        row.get("profiles", String[].class)[i],
                        row.get("noted", Boolean[].class)[i]));
            }
        }
        return new Line(
                candidates,
                gone,
                row.get("share_time", Long.class),
                row.get("is_bare", Boolean.class),
                row.get("is_last", Boolean.class));
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
