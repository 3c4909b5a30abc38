package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.account.OnNoteQuota;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.FollowPace;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.pacing.ReleaseWindow;

/**
 * Suggests to follow people while the week's limit keeps them from being invited: whoever would go next, once for each
 * invitation. It costs no token and nothing of the cap.
 */
@ApplicationScoped
class Suggestions {
    private static final String ACTOR = "pacer";
    private static final String WEEKLY_LIMIT = "WEEKLY_LIMIT";

    private final Session entities;
    private final Tasks tasks;
    private final Journal journal;

    Suggestions(Session entities, Tasks tasks, Journal journal) {
        this.entities = entities;
        this.tasks = tasks;
        this.journal = journal;
    }

    /** The looks, those at accounts that suggest with the time of the next suggestion. */
    List<Look> make(List<Look> looks, Instant now) {
        return looks.stream()
                .map(look -> suggests(look) ? make(look, now) : look)
                .toList();
    }

    private static boolean suggests(Look look) {
        return look.before().settings().followsPerDay() > 0
                && look.next() instanceof Decision.Wait wait
                && (wait.reason() == Reason.WEEKLY_CAP
                        || wait.reason() == Reason.RESTRICTED
                                && WEEKLY_LIMIT.equals(look.before().restriction()));
    }

    private Look make(Look look, Instant now) {
        FollowPace pace = new FollowPace(
                look.before().settings().followsPerDay(), look.before().limits().calendar());
        ReleaseWindow suggested = ReleaseWindow.of(tasks.followsSince(look.account(), now.minus(ReleaseWindow.DAY)));
        Optional<Instant> next = pace.nextAt(suggested, now);
        if (next.filter(at -> !at.isAfter(now)).isPresent()) {
            Optional<Long> invitation = whoWouldGoNext(look.before(), now);
            if (invitation.isPresent()) {
                tasks.openFollow(look.account(), invitation.get(), now);
                journal.tell(look.account(), invitation.get(), now, "invitation.follow-suggested", ACTOR, Map.of());
            }
            // Also where there was nobody: somebody may be eligible by then.
            next = pace.nextAt(suggested.with(now), now);
        }
        return next.map(look::again).orElse(look);
    }

    /**
     * The first draft that may go, also past the last check, and was not suggested yet, of the campaign whose turn it is or
     * else of any. Indexes: the key of campaign; invitation_queue, task_invitation, those of the last check.
     */
    private Optional<Long> whoWouldGoNext(Situation situation, Instant now) {
        boolean isHeld = situation.areNotesUsedUp() && situation.settings().onNoteQuota() != OnNoteQuota.SEND_BARE;
        String team = situation.settings().group();
        return entities.createNativeQuery("""
                select first.id
                  from campaign c
                 cross join lateral (
                       select i.id, i.rank_at
                         from invitation i
                        cross join lateral (
                              select i.account, i.profile, nullif(:team, '') as team, cast(:since as timestamptz) as since
                              ) as chosen
                        where i.account = c.account
                          and i.state = 'QUEUED'
                          and coalesce(i.campaign, '') = c.name collate "default"
                          and (i.not_before is null or i.not_before <= :now)
                          and (i.lapses_at is null or i.lapses_at > :now)
                          and (not :held or i.note is null)
                          and not exists (select from task t
                                           where t.account = i.account and t.invitation = i.id and t.kind = 'FOLLOW')
                          and %s is null
                        order by i.rank_at, i.id
                        limit 1) as first
                 where c.account = :account
                   and c.paused_at is null
                 order by c.name = :turn desc, first.rank_at, first.id
                 limit 1""".formatted(LastCheck.VERDICT), Long.class)
                .addScalar("id", Long.class)
                .setParameter("account", situation.account())
                .setParameter("now", now)
                .setParameter("held", isHeld)
                .setParameter("team", team == null ? "" : team)
                .setParameter("since", now.minus(situation.settings().groupWindow()))
                .setParameter(
                        "turn",
                        situation.line().isEmpty()
                                ? ""
                                : situation.line().choose().name())
                .getResultStream()
                .map(Long.class::cast)
                .findFirst();
    }
}
