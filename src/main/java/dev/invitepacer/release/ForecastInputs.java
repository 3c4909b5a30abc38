package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.Session;

import dev.invitepacer.account.AcceptanceRecord;
import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnNoteQuota;
import dev.invitepacer.pacing.AcceptanceFloor;
import dev.invitepacer.pacing.CapCourse;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.NoteQuota;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.QueuedCampaign;
import dev.invitepacer.pacing.QueuedDraft;
import dev.invitepacer.pacing.Rank;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.pacing.Shares;

/** Reads what a forecast begins with: the situation that decides now, and the queue behind it. */
@ApplicationScoped
public class ForecastInputs {
    private final Session entities;
    private final Accounts accounts;
    private final Situations situations;
    private final AcceptanceRecord acceptances;

    ForecastInputs(Session entities, Accounts accounts, Situations situations, AcceptanceRecord acceptances) {
        this.entities = entities;
        this.accounts = accounts;
        this.situations = situations;
        this.acceptances = acceptances;
    }

    /**
     * An account at the beginning of its forecast.
     *
     * @param decision of this instant
     */
    public record Start(AccountSettings settings, Decision decision, Forecast.Inputs inputs) {}

    /**
     * The account as it stands; empty where there is none. Of each campaign that is not paused are read the drafts that
     * come first.
     *
     * @param horizon drafts that may not go until a week after it are left out: they change nothing
     * @param most how many drafts are read, at most, of all campaigns together, and of each that has any not less than for two
     *     weeks; where drafts with notes may have to wait, as many without a note besides
     */
    public Optional<Start> of(String account, Instant now, Instant horizon, int most) {
        accounts.planOnce();
        return situations.of(List.of(account), now).stream()
                .findFirst()
                // The account may be deleted between two reads; then there is none.
                .flatMap(situation -> pace(account, situation.settings(), now)
                        .map(pace -> start(situation, pace, now, horizon, most)));
    }

    private Start start(Situation situation, Tuple pace, Instant now, Instant horizon, int most) {
        String account = situation.account();
        AccountSettings settings = situation.settings();
        List<Tuple> campaigns = campaigns(account);
        long waiting = campaigns.stream()
                .filter(campaign ->
                        !campaign.get("is_paused", Boolean.class) && campaign.get("has_drafts", Boolean.class))
                .count();
        // Where less than a week's worth is known, nothing can be foretold.
        long mostEach = Math.min(
                Math.max(most / Math.max(1, waiting), 2L * settings.weeklyCap()), mostOfUse(settings, now, horizon));
        NoteQuota notes = notes(settings, pace, now);
        boolean isBareApart = !notes.letsAllGo(now);
        Map<String, List<QueuedDraft>> drafts =
                drafts(account, now, horizon.plus(ReleaseWindow.WEEK), (int) mostEach, isBareApart);
        return new Start(
                settings,
                Pacer.decide(situation.limits(), situation.state(), now),
                new Forecast.Inputs(
                        situation.limits(),
                        new CapCourse(
                                settings.weeklyCap(),
                                settings.warmUp(),
                                pace.get("warm_up_since", Instant.class),
                                situation.learned().orElse(null),
                                situation.learned().isPresent() && allowsRaise(account, now)),
                        situation.state(),
                        campaigns.stream()
                                .map(campaign -> campaign(campaign, drafts, (int) mostEach, isBareApart))
                                .toList(),
                        situation.line().time(),
                        notes,
                        now));
    }

    /** Whether enough people accept for the learned cap to rise, which is taken to stay so. */
    private boolean allowsRaise(String account, Instant now) {
        AcceptanceRecord.Counts counts = acceptances.since(account, now.minus(AcceptanceFloor.SENT_WITHIN));
        return new AcceptanceFloor(counts.accepted(), counts.decided()).allowsRaise();
    }

    /** Twice what can go, and what counts as demand besides: some may lapse, or go later than those behind them. */
    private static long mostOfUse(AccountSettings settings, Instant now, Instant horizon) {
        long weeks = Duration.between(now, horizon).dividedBy(ReleaseWindow.WEEK) + 2;
        return 2 * (weeks + 1) * AccountSettings.HIGHEST_CAP;
    }

    private static QueuedCampaign campaign(
            Tuple row, Map<String, List<QueuedDraft>> drafts, int mostEach, boolean isBareApart) {
        String name = row.get("name", String.class);
        return QueuedCampaign.beginning(
                new Shares.Campaign(
                        name,
                        row.get("weight", Integer.class),
                        row.get("share_tag", Long.class),
                        row.get("in_line", Boolean.class)),
                row.get("is_paused", Boolean.class),
                drafts.getOrDefault(name, List.of()),
                mostEach,
                isBareApart);
    }

    private static NoteQuota notes(AccountSettings settings, Tuple pace, Instant now) {
        OptionalInt quota = settings.noteQuota();
        return new NoteQuota(
                quota,
                pace.get("notes_used", Integer.class),
                settings.monthAfter(now),
                pace.get("notes_used_up_until", Instant.class),
                settings.onNoteQuota() == OnNoteQuota.SEND_BARE,
                settings.timeZone());
    }

    /** Indexes: the key of pace; note_use_month. */
    private Optional<Tuple> pace(String account, AccountSettings settings, Instant now) {
        return entities.createNativeQuery("""
                select warm_up_since, notes_used_up_until,
                       (select count(*) from note_use
                         where account = :account and at >= :month and returned_at is null) as notes_used
                  from pace
                 where account = :account""", Tuple.class)
                .addScalar("warm_up_since", Instant.class)
                .addScalar("notes_used_up_until", Instant.class)
                .addScalar("notes_used", Integer.class)
                .setParameter("account", account)
                .setParameter("month", settings.monthOf(now))
                .getResultStream()
                .findFirst();
    }

    /** Indexes: the key of campaign; invitation_queue. In the words of "exists" PostgreSQL may read the queues of all accounts. */
    private List<Tuple> campaigns(String account) {
        return entities.createNativeQuery("""
                select c.name, c.weight, c.share_tag, c.in_line, c.paused_at is not null as is_paused,
                       (select true
                          from invitation i
                         where i.account = c.account
                           and i.state = 'QUEUED'
                           and coalesce(i.campaign, '') = c.name collate "default"
                         limit 1) is not null as has_drafts
                  from campaign c
                 where c.account = :account
                 order by c.name""", Tuple.class)
                .addScalar("name", String.class)
                .addScalar("weight", Integer.class)
                .addScalar("share_tag", Long.class)
                .addScalar("in_line", Boolean.class)
                .addScalar("is_paused", Boolean.class)
                .addScalar("has_drafts", Boolean.class)
                .setParameter("account", account)
                .getResultList();
    }

    /** Indexes: the key of campaign; invitation_queue, and invitation_queue_bare where those without notes are apart. */
    private Map<String, List<QueuedDraft>> drafts(
            String account, Instant now, Instant until, int mostEach, boolean isBareApart) {
        Map<String, List<QueuedDraft>> drafts = new HashMap<>();
        entities.createNativeQuery("""
                select c.name, d.id, d.rank_at, d.not_before, d.lapses_at, d.has_note
                  from campaign c
                 cross join lateral (
                       (select i.id, i.rank_at, i.not_before, i.lapses_at, i.note is not null as has_note
                          from invitation i
                         where i.account = c.account
                           and i.state = 'QUEUED'
                           and coalesce(i.campaign, '') = c.name collate "default"
                           and (i.not_before is null or i.not_before <= :until)
                           and (i.lapses_at is null or i.lapses_at > :now)
                         order by i.rank_at, i.id
                         limit :most)
                       union
                       (select i.id, i.rank_at, i.not_before, i.lapses_at, false
                          from invitation i
                         where i.account = c.account
                           and i.state = 'QUEUED'
                           and i.note is null
                           and coalesce(i.campaign, '') = c.name collate "default"
                           and (i.not_before is null or i.not_before <= :until)
                           and (i.lapses_at is null or i.lapses_at > :now)
                         order by i.rank_at, i.id
                         limit :mostBare)) as d
                 where c.account = :account and c.paused_at is null
                 order by d.rank_at, d.id""", Tuple.class)
                .addScalar("name", String.class)
                .addScalar("id", Long.class)
                .addScalar("rank_at", LocalDateTime.class)
                .addScalar("not_before", Instant.class)
                .addScalar("lapses_at", Instant.class)
                .addScalar("has_note", Boolean.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("until", until)
                .setParameter("most", mostEach)
                .setParameter("mostBare", isBareApart ? mostEach : 0)
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> drafts.computeIfAbsent(row.get("name", String.class), any -> new ArrayList<>())
                        .add(draft(row)));
        return drafts;
    }

    private static QueuedDraft draft(Tuple row) {
        return new QueuedDraft(
                new Rank(row.get("rank_at", LocalDateTime.class).toInstant(ZoneOffset.UTC), row.get("id", Long.class)),
                row.get("not_before", Instant.class),
                row.get("lapses_at", Instant.class),
                row.get("has_note", Boolean.class));
    }
}
