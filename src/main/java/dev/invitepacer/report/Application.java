package dev.invitepacer.report;

import static dev.invitepacer.report.Result.Kind.ALREADY;
import static dev.invitepacer.report.Result.Kind.APPLIED;
import static dev.invitepacer.report.Result.Kind.IGNORED;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Ledger;
import dev.invitepacer.account.Pace;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.delivery.TaskState;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.SecondTries;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;

/** Does to an invitation, its tasks and its account what the table of transitions says. The caller holds the lock. */
@ApplicationScoped
class Application {
    private final Invitations invitations;
    private final Tasks tasks;
    private final Ledger ledger;
    private final Journal journal;
    private final SecondTries secondTries;
    private final Duration restrictionPause;

    Application(
            Invitations invitations,
            Tasks tasks,
            Ledger ledger,
            Journal journal,
            SecondTries secondTries,
            PacerConfig config) {
        this.invitations = invitations;
        this.tasks = tasks;
        this.ledger = ledger;
        this.journal = journal;
        this.secondTries = secondTries;
        this.restrictionPause = config.report().restrictionPause();
    }

    Result apply(Pace pace, AccountSettings settings, Invitation invitation, Report report, String actor, Instant now) {
        Transition transition = isOlderThanRelease(invitation, report)
                ? new Transition.Ignored("it is older than the release that it would undo")
                : Transitions.of(invitation.state, report.type());
        if (transition instanceof Transition.Sent && hasLiveRival(invitation)) {
            transition = new Transition.Ignored("another invitation to this person is live; report on that one");
        }
        State before = invitation.state;
        if (transition instanceof Transition.Move move) {
            move(invitation, move.to(), settings, at(report, now), now);
        } else if (transition instanceof Transition.Sent) {
            sent(invitation, at(report, now));
        } else if (transition instanceof Transition.NotSent) {
            notSent(pace, settings, invitation, report, actor, now);
        } else if (transition instanceof Transition.Already && isSent(report) && count(invitation, at(report, now))) {
            invitation.sentAt = invitation.sentAt == null ? at(report, now) : invitation.sentAt;
            transition = new Transition.Sent();
        }
        if (transition instanceof Transition.Followed && !followed(invitation, report, now)) {
            transition = new Transition.Ignored("nobody is asked to follow this person");
        }
        if (invitation.state != before) {
            closeTasks(invitation, report, now);
        }
        boolean isAskedFor = before == State.WITHDRAWING && invitation.state == State.WITHDRAWN;
        if (report.type() == ReportType.ACCEPTED && !before.isLive()) {
            acceptRival(pace, settings, invitation, report, actor, now);
        }
        tell(invitation, report, transition, before, actor, now);
        if (isAskedFor) {
            secondTries.after(invitation, settings, actor, now);
        }
        return result(transition, invitation);
    }

    /** An invitation that was never queued here. */
    Result sentByHand(Pace pace, Report report, String actor, Instant now) {
        Invitation invitation = invitations.addSentByHand(pace.account(), report.profile(), at(report, now), now);
        ledger.bookByHand(pace.account(), invitation.id, at(report, now));
        tell(invitation, report, new Transition.Sent(), null, actor, now);
        return new Result(APPLIED, null, invitation.id, invitation.state);
    }

    /** A pending invitation of ours that must have been withdrawn meanwhile, for it was sent again by hand. */
    void sentAgain(Invitation invitation, Report report, String actor, Instant now) {
        ledger.bookByHand(invitation.account, invitation.id, at(report, now));
        invitation.becomePending(at(report, now));
        tell(invitation, report, new Transition.Sent(), State.PENDING, actor, now);
    }

    /** What a report says of the account. */
    enum Signal {
        /** Nothing, or nothing new. */
        NONE,
        /** That there was a limit which is over. */
        OVER,
        /** That a limit which was told already lasts longer. */
        LONGER,
        /** That LinkedIn limits the account now. */
        NEW
    }

    /** Where the report is LinkedIn's word on the account, nothing is released until that ends. */
    Signal restrict(Pace pace, Report report, String actor, Instant now) {
        if (!report.isOfAccount()) {
            return Signal.NONE;
        }
        Instant until = report.until() == null ? at(report, now).plus(restrictionPause) : report.until();
        Signal signal =
                !until.isAfter(now) ? Signal.OVER : pace.isRestricted(at(report, now)) ? Signal.LONGER : Signal.NEW;
        if (!pace.restrict(report.refusal().name(), until)) {
            return Signal.NONE;
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("signal", report.refusal().name());
        detail.put("until", until.toString());
        if (report.detail() != null) {
            detail.put("detail", report.detail());
        }
        journal.tell(pace.account(), null, now, "account.restricted", actor, detail);
        return signal;
    }

    private void move(Invitation invitation, State to, AccountSettings settings, Instant at, Instant now) {
        if (to == State.PENDING) {
            invitation.state = to;
            return;
        }
        if (to == State.WITHDRAWN) {
            invitation.cooldownUntil = at.plus(settings.cooldown());
        }
        invitation.end(to, at);
    }

    private void sent(Invitation invitation, Instant at) {
        boolean isReleased = invitation.state == State.RELEASED;
        count(invitation, at);
        invitation.becomePending(isReleased && at.isBefore(invitation.releasedAt) ? invitation.releasedAt : at);
    }

    /** What was sent counts, whatever has been reported before and in whatever order; says whether it did not yet. */
    private boolean count(Invitation invitation, Instant at) {
        if (ledger.bookedAt(invitation.account, invitation.id).isPresent()) {
            return false;
        }
        if (!ledger.takeBack(invitation.account, invitation.id)) {
            ledger.bookByHand(invitation.account, invitation.id, at);
        }
        return true;
    }

    private void notSent(
            Pace pace, AccountSettings settings, Invitation invitation, Report report, String actor, Instant now) {
        Instant at = at(report, now);
        if (report.refusal() == Refusal.NOTE_QUOTA) {
            useUpNotes(pace, report.until() == null ? settings.monthAfter(at) : report.until(), actor, now);
        }
        if (report.refusal().isNotSent()) {
            ledger.giveBack(invitation.account, invitation.id, now);
            invitation.pendingSince = null;
            invitation.sentBare = false;
            invitation.state = State.QUEUED;
            if (invitation.person().isEmpty()) {
                // Whoever was erased since is not in the queue again.
                invitation.end(State.CANCELLED, at);
                return;
            }
        }
        switch (report.refusal()) {
            case WEEKLY_LIMIT, RESTRICTED, NOTE_QUOTA -> {}
            case COOLDOWN -> {
                invitation.notBefore = report.until() == null ? at.plus(settings.cooldown()) : report.until();
                invitation.cooldownUntil = invitation.notBefore;
            }
            case ALREADY_INVITED -> invitation.state = State.PENDING;
            case ALREADY_CONNECTED -> invitation.end(State.ACCEPTED, at);
        }
    }

    /** The account's setting says what becomes of this invitation and of all others with a note. */
    private void useUpNotes(Pace pace, Instant until, String actor, Instant now) {
        if (pace.useUpNotes(until)) {
            journal.tell(pace.account(), null, now, "account.notes-used-up", actor, Map.of("until", until.toString()));
        }
    }

    /** Closes the task to follow the person; whether there was one. */
    private boolean followed(Invitation invitation, Report report, Instant now) {
        List<Task> open = tasks.openOf(invitation.account, invitation.id).stream()
                .filter(task -> task.kind == TaskKind.FOLLOW)
                .toList();
        open.forEach(task -> task.close(TaskState.DONE, report.type().name(), now));
        return !open.isEmpty();
    }

    /** A task whose invitation has left the state that it was opened for is done. */
    private void closeTasks(Invitation invitation, Report report, Instant now) {
        tasks.openOf(invitation.account, invitation.id).forEach(task -> {
            boolean isWanted = task.kind == TaskKind.SEND && invitation.state == State.RELEASED
                    || task.kind == TaskKind.FOLLOW && invitation.state == State.QUEUED
                    || task.kind == TaskKind.WITHDRAW && invitation.state == State.WITHDRAWING;
            if (!isWanted) {
                task.close(TaskState.DONE, report.type().name(), now);
            }
        });
    }

    /** A connection is not invited, whichever of its invitations the acceptance was reported on. */
    private void acceptRival(
            Pace pace, AccountSettings settings, Invitation accepted, Report report, String actor, Instant now) {
        invitations.liveRivalOf(accepted).ifPresent(rival -> apply(pace, settings, rival, report, actor, now));
    }

    private static boolean isSent(Report report) {
        return report.type() == ReportType.SENT || report.type() == ReportType.SENT_BY_HAND;
    }

    private boolean hasLiveRival(Invitation invitation) {
        return !invitation.state.isLive() && invitations.liveRivalOf(invitation).isPresent();
    }

    /** A refusal or failure of an earlier attempt that comes again must not undo the attempt that runs now. */
    private static boolean isOlderThanRelease(Invitation invitation, Report report) {
        return invitation.state == State.RELEASED
                && (report.type() == ReportType.REFUSED || report.type() == ReportType.FAILED)
                && report.at() != null
                && report.at().isBefore(invitation.releasedAt);
    }

    private void tell(
            Invitation invitation, Report report, Transition transition, State before, String actor, Instant now) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("report", report.type().name());
        if (report.refusal() != null) {
            detail.put("refusal", report.refusal().name());
        }
        if (report.at() != null) {
            detail.put("at", report.at().toString());
        }
        // Of somebody erased nothing is written down anew.
        if (report.detail() != null && invitation.person().isPresent()) {
            detail.put("detail", report.detail());
        }
        if (before != null && before != invitation.state) {
            detail.put("from", before.name());
        }
        detail.put("state", invitation.state.name());
        if (transition instanceof Transition.Ignored ignored) {
            detail.put("ignored", ignored.why());
        }
        if (!(transition instanceof Transition.Already)) {
            journal.tell(invitation.account, invitation.id, now, "invitation.reported", actor, detail);
        }
    }

    private static Result result(Transition transition, Invitation invitation) {
        if (transition instanceof Transition.Ignored ignored) {
            return new Result(IGNORED, ignored.why(), invitation.id, invitation.state);
        }
        return new Result(
                transition instanceof Transition.Already ? ALREADY : APPLIED, null, invitation.id, invitation.state);
    }

    static Instant at(Report report, Instant now) {
        return report.at() == null || report.at().isAfter(now) ? now : report.at();
    }
}
