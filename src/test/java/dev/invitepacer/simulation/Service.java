package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.TaskState;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.InvitationRow;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Shares;
import dev.invitepacer.release.OpenLook;
import dev.invitepacer.withdrawal.OpenNight;
import dev.invitepacer.withdrawal.WithdrawalPolicy;

/** The bodies of the service's transactions: each reads, lets the real code decide, and writes, in one unit. */
final class Service {
    /** What LinkedIn drops is dropped here sooner than in life, so that it happens in some weeks. */
    static final Duration SOON = Duration.ofDays(25);

    private static final Duration DAY = Duration.ofHours(24);

    private final Memory memory;
    private final Canary canary;
    private final Duration expiry;

    Service(Memory memory, Canary canary, Duration expiry) {
        this.memory = memory;
        this.canary = canary;
        this.expiry = expiry;
    }

    /** The real look decides; that its outcome is booked is played. */
    void look(Unit unit, Instant now) {
        if (PaceRow.learned(unit.pace)
                .filter(learned -> learned.isRaiseDue(unit.settings.weeklyCap(), now))
                .isPresent()) {
            memory.learning.raise(unit.pace, unit.settings, "pacer", now);
        }
        Situations.Situation situation = Situations.read(unit, now, canary);
        OpenLook look = OpenLook.at(
                unit.rows.account,
                unit.settings,
                situation.limits(),
                situation.state(),
                situation.firsts(),
                situation.gone(),
                unit.shareTime,
                situation.isLast(),
                situation.soonerAt(),
                now);
        look.chosen().ifPresent(id -> release(unit, look, situation, id, now));
        unit.bucket = look.bucket().orElse(Bucket.full());
        unit.shareTime = look.choice().map(Shares.Choice::time).orElse(unit.shareTime);
        unit.retryAt = null;
        unit.isLook = true;
        PaceRow.look(unit.pace, look.dueAt(), look.reason());
    }

    private void release(Unit unit, OpenLook look, Situations.Situation situation, long id, Instant now) {
        Invitation released = unit.invitation(id);
        if (released.state != State.QUEUED) {
            throw new NotThere();
        }
        unit.book(new Booking(memory.nextId(), now, true, id));
        released.state = State.RELEASED;
        released.releasedAt = now;
        released.pendingSince = now;
        released.attempt++;
        memory.tasks.openSend(released, now);
        look.choice().orElseThrow().inLine().forEach(campaign -> unit.campaigns.put(campaign.name(), campaign));
        situation
                .gone()
                .forEach(gone -> unit.campaigns.put(
                        gone.name(), new Shares.Campaign(gone.name(), gone.weight(), gone.tag(), false)));
        memory.journal.tell(unit.rows.account, id, now, "invitation.released", "pacer", Map.of());
    }

    /** What the release's statement finds is not there to release: the transaction is undone. */
    static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The real choice of what is withdrawn, and the real request; that what has expired ends is played. */
    void night(Unit unit, Instant now) {
        AccountSettings settings = unit.settings;
        Instant due = PaceRow.nightlyAt(unit.pace);
        LocalDate night = due.atZone(settings.timeZone()).toLocalDate();
        for (Instant next = settings.nightAfter(due); !next.isAfter(now); next = settings.nightAfter(next)) {
            night = next.atZone(settings.timeZone()).toLocalDate();
        }
        if (!unit.rows.nights.contains(night)) {
            unit.night = night;
            List<Invitation> pending = expire(unit, now);
            List<WithdrawalPolicy.Pending> candidates = pending.stream()
                    .sorted(Comparator.comparing((Invitation one) -> one.pendingSince)
                            .thenComparing(one -> one.id))
                    .map(one -> new WithdrawalPolicy.Pending(
                            one.id,
                            one.pendingSince,
                            one.state == State.PENDING && !one.keep,
                            one.state == State.WITHDRAWING))
                    .toList();
            for (OpenNight.Going going : OpenNight.choose(
                    settings,
                    candidates,
                    memory.tasks.withdrawals(unit.rows.account, now.minus(DAY)),
                    nextDay(unit, now),
                    now)) {
                memory.night.ask(unit.invitation(going.id()), going, now);
            }
        }
        PaceRow.nightlyAt(unit.pace, settings.nightAfter(now));
        unit.pace.wake(now);
    }

    private List<Invitation> expire(Unit unit, Instant now) {
        List<Invitation> left = new ArrayList<>();
        for (Invitation one : unit.live()) {
            if (!one.state.countsAsPending()) {
                continue;
            }
            if (one.pendingSince.isAfter(now.minus(expiry))) {
                left.add(one);
                continue;
            }
            Invitation expired = unit.invitation(one.id);
            expired.end(State.EXPIRED, expired.pendingSince.plus(expiry));
            unit.openOf(one.id).forEach(task -> task.close(TaskState.CANCELLED, "EXPIRED", now));
        }
        return left;
    }

    private int nextDay(Unit unit, Instant now) {
        Situations.Situation situation = Situations.read(unit, now, canary);
        AccountState free = situation.state().withPending(0).withOpenTasks(0);
        return Pacer.schedule(situation.limits(), free, now, 200, now.plus(DAY)).size();
    }

    /** Played: drafts whose time is over leave the queue. */
    void lapse(Unit unit, Instant now) {
        for (Invitation one : unit.live()) {
            if (isLapsed(one, now)) {
                Invitation lapsed = unit.invitation(one.id);
                lapsed.end(State.LAPSED, one.lapsesAt);
            }
        }
        unit.pace.wake(now);
    }

    static boolean isLapsed(Invitation one, Instant now) {
        return one.state == State.QUEUED && one.lapsesAt != null && !one.lapsesAt.isAfter(now);
    }

    /** A draft. */
    record Draft(String profile, String campaign, int weight, int priority, Instant notBefore, Instant lapsesAt) {}

    /** Played: drafts come in. Whoever is invited, a connection or in a cooldown is refused, as the queue does it. */
    List<Long> enqueue(Unit unit, List<Draft> drafts, Instant now) {
        List<Long> ids = new ArrayList<>();
        for (Draft draft : drafts) {
            boolean isRefused = unit.allTo(draft.profile()).stream()
                    .anyMatch(other -> other.state.isLive()
                            || other.state == State.ACCEPTED
                            || other.cooldownUntil != null && other.cooldownUntil.isAfter(now));
            if (isRefused || draft.lapsesAt() != null && !draft.lapsesAt().isAfter(now)) {
                continue;
            }
            Invitation added = InvitationRow.added(unit.rows.account, memory.nextId(), draft.profile());
            added.state = State.QUEUED;
            added.campaign = draft.campaign();
            added.priority = (short) draft.priority();
            added.queuedAt = now;
            added.notBefore = draft.notBefore();
            added.lapsesAt = draft.lapsesAt();
            unit.add(added);
            if (!unit.rows.campaigns.containsKey(draft.campaign())) {
                unit.campaigns.putIfAbsent(
                        draft.campaign(), new Shares.Campaign(draft.campaign(), draft.weight(), 0, false));
            }
            ids.add(added.id);
        }
        if (canary != Canary.NOT_WOKEN) {
            unit.pace.wake(now);
        }
        return ids;
    }

    /** Played: somebody takes a draft out of the queue. */
    void cancel(Unit unit, long id, Instant now) {
        Invitation one = unit.invitation(id);
        if (one.state == State.QUEUED) {
            one.end(State.CANCELLED, now);
            unit.pace.wake(now);
        }
    }

    /** Played, but for what is learned: somebody changes the settings. */
    void change(Unit unit, AccountSettings settings, Instant now) {
        AccountSettings before = unit.settings;
        boolean isOtherNight = !settings.timeZone().equals(before.timeZone())
                || !settings.withdrawAt().equals(before.withdrawAt());
        if (isOtherNight && PaceRow.nightlyAt(unit.pace).isAfter(now)) {
            PaceRow.nightlyAt(unit.pace, settings.nightAfter(now));
        }
        PaceRow.warmUp(unit.pace, settings, now);
        PaceRow.settle(memory.learning, unit.pace, before, settings, now);
        unit.settings = settings;
        unit.pace.wake(now);
    }

    void pause(Unit unit, Instant now, Instant until) {
        PaceRow.pause(unit.pace, now, until);
        unit.pace.wake(now);
    }

    void resume(Unit unit, Instant now) {
        PaceRow.resume(unit.pace);
        unit.pace.wake(now);
    }
}
