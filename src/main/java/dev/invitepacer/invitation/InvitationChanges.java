package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/** Enqueues, changes and cancels invitations one by one; each call is one transaction under the account's lock. */
@ApplicationScoped
public class InvitationChanges {
    private final Accounts accounts;
    private final Invitations invitations;
    private final Queue queue;
    private final Journal journal;
    private final WithdrawalStop withdrawals;
    private final ServiceClock clock;

    InvitationChanges(
            Accounts accounts,
            Invitations invitations,
            Queue queue,
            Journal journal,
            WithdrawalStop withdrawals,
            ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.queue = queue;
        this.journal = journal;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    /** Takes a draft into the queue; its id. A problem answer says why it is not taken. */
    @Transactional
    public long enqueue(String account, ObjectNode body, String actor) {
        Pace pace = accounts.lock(account);
        DraftBody incoming = new DraftBody(body);
        Draft draft =
                incoming.checked(incoming.draft(), accounts.settings(account).tier());
        Instant now = clock.now();
        Admission admission = queue.admit(account, List.of(draft), queue.length(account), now, actor)
                .get(0);
        if (admission instanceof Admission.Refused refused) {
            throw refused.availableAt() == null
                    ? Problem.of(refused.code(), refused.detail())
                    : Problem.of(refused.code(), refused.detail(), refused.availableAt());
        }
        pace.wake(now);
        return ((Admission.Queued) admission).id();
    }

    /** Changes what may still change: everything while queued, {@code keep} while it is pending. */
    @Transactional
    public void patch(String account, String id, ObjectNode patch, String actor) {
        Pace pace = accounts.lock(account);
        Invitation invitation = invitations.known(account, id);
        DraftBody incoming = new DraftBody(patch);
        Fields fields = incoming.fields();
        boolean keep = fields.has("keep") ? fields.bool("keep", false) : invitation.keep;
        DraftInput input = incoming.patch(invitation);
        fields.done();
        Draft draft = incoming.checked(input, accounts.settings(account).tier());
        boolean onlyKeep = patch.size() == 1 && patch.has("keep");
        if (!invitation.state.isLive() || !onlyKeep && invitation.state != State.QUEUED) {
            throw tooLate(invitation);
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        if (fields.has("keep") && keep && invitation.state == State.WITHDRAWING) {
            stopWithdrawal(invitation);
            changed.put("keep", true);
        }
        if (keep != invitation.keep) {
            invitation.keep = keep;
            changed.put("keep", keep);
        }
        change(invitation, fields, draft, changed);
        Instant now = clock.now();
        if (!changed.isEmpty()) {
            journal.tell(account, invitation.id, now, "invitation.changed", actor, changed);
            pace.wake(now);
        }
    }

    /** What is kept is never withdrawn, so the request to do so is taken back while nobody is at it. */
    private void stopWithdrawal(Invitation invitation) {
        if (!withdrawals.stop(invitation, clock.now())) {
            throw Problem.of(
                    Code.TOO_LATE,
                    "A sender is withdrawing it at this moment. If it is still there afterwards, NOT_WITHDRAWN says so.");
        }
        invitation.state = State.PENDING;
    }

    /** Takes it out of the queue; a second time changes nothing. */
    @Transactional
    public void cancel(String account, String id, String actor) {
        Pace pace = accounts.lock(account);
        Invitation invitation = invitations.known(account, id);
        if (invitation.state == State.CANCELLED) {
            return;
        }
        if (invitation.state != State.QUEUED) {
            throw tooLate(invitation);
        }
        Instant now = clock.now();
        invitation.end(State.CANCELLED, now);
        journal.tell(account, invitation.id, now, "invitation.cancelled", actor, Map.of());
        pace.wake(now);
    }

    /** The history tells how long a note is, not what it says. */
    private static void change(Invitation invitation, Fields patch, Draft draft, Map<String, Object> changed) {
        if (patch.has("note") && !Objects.equals(invitation.note, draft.note())) {
            invitation.note = draft.note();
            changed.put("note", draft.note() == null ? 0 : draft.note().length());
        }
        if (patch.has("priority") && invitation.priority != draft.priority()) {
            invitation.priority = (short) draft.priority();
            changed.put("priority", draft.priority());
        }
        if (patch.has("campaign") && !Objects.equals(invitation.campaign, draft.campaign())) {
            invitation.campaign = draft.campaign();
            changed.put("campaign", draft.campaign());
        }
        if (patch.has("notBefore") && !Objects.equals(invitation.notBefore, draft.notBefore())) {
            invitation.notBefore = draft.notBefore();
            changed.put("notBefore", draft.notBefore());
        }
        if (patch.has("lapsesAt") && !Objects.equals(invitation.lapsesAt, draft.lapsesAt())) {
            invitation.lapsesAt = draft.lapsesAt();
            changed.put("lapsesAt", draft.lapsesAt());
        }
    }

    private static HttpProblem tooLate(Invitation invitation) {
        return Problem.of(
                Code.TOO_LATE,
                "The invitation is " + invitation.state
                        + "; it can be cancelled and changed while it is QUEUED, and its" + " keep until it ends.");
    }
}
