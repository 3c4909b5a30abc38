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
import java.util.Optional;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnCooldown;
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
    private final Campaigns campaigns;
    private final Journal journal;
    private final Templates templates;
    private final NoteQuota notes;
    private final WithdrawalStop withdrawals;
    private final Foresight foresight;
    private final ServiceClock clock;

    InvitationChanges(
            Accounts accounts,
            Invitations invitations,
            Queue queue,
            Campaigns campaigns,
            Journal journal,
            Templates templates,
            NoteQuota notes,
            WithdrawalStop withdrawals,
            Foresight foresight,
            ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.queue = queue;
        this.campaigns = campaigns;
        this.journal = journal;
        this.templates = templates;
        this.notes = notes;
        this.withdrawals = withdrawals;
        this.foresight = foresight;
        this.clock = clock;
    }

    /**
     * Takes a draft into the queue, and tells when it will go. A problem answer says why it is not taken.
     *
     * @param onCooldown what happens if the person cannot be invited yet; null for the account's setting
     */
    @Transactional
    InvitationView enqueue(String account, ObjectNode body, OnCooldown onCooldown, String actor) {
        Pace pace = accounts.lock(account);
        accounts.planOnce();
        DraftBody incoming = new DraftBody(body);
        AccountSettings settings = accounts.settings(account);
        Draft draft = incoming.checked(incoming.draft(), templates.rules(account, settings));
        Instant now = clock.now();
        NoteAllowance allowance = notes.allowance(account, settings, now);
        Admission admission = queue.admit(
                        account, List.of(draft), queue.length(account), allowance, now, actor, onCooldown)
                .get(0);
        if (admission instanceof Admission.Refused refused) {
            throw problem(refused);
        }
        pace.wake(now);
        Invitation queued =
                invitations.known(account, ((Admission.Queued) admission).id()).orElseThrow();
        return InvitationView.of(
                queued,
                foresight.of(queued, now),
                draft.note() == null ? null : allowance.notice().orElse(null));
    }

    /** Changes what may still change: everything while queued, {@code keep} while it is pending. */
    @Transactional
    public void patch(String account, String id, ObjectNode patch, String actor) {
        Pace pace = accounts.lock(account);
        Invitation invitation = invitations.known(account, id);
        if (invitation.person().isEmpty()) {
            throw Problem.of(Code.TOO_LATE, "The person was erased; nothing of the invitation changes any more.");
        }
        DraftBody incoming = new DraftBody(patch);
        Fields fields = incoming.fields();
        boolean keep = fields.has("keep") ? fields.bool("keep", false) : invitation.keep;
        DraftInput input = incoming.patch(invitation);
        fields.done();
        AccountSettings settings = accounts.settings(account);
        DraftRules rules = templates.rules(account, settings);
        Draft draft = incoming.checked(input, rules.lenient());
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
        Instant now = clock.now();
        if (fields.has("campaign") && !Objects.equals(invitation.campaign, draft.campaign())) {
            campaigns.add(account, draft.campaign(), now);
        }
        // What is left is counted before the change, which would count itself.
        Optional<NoteAllowance> left = fields.has("note") || fields.has("template")
                ? Optional.of(notes.allowance(account, settings, now))
                : Optional.empty();
        boolean hadNote = invitation.note != null;
        change(invitation, fields, draft, changed);
        requireAfterCooldown(invitation, now);
        left.ifPresent(allowance -> requireTaken(invitation.draft(), hadNote, rules, allowance));
        if (!changed.isEmpty()) {
            journal.tell(account, invitation.id, now, "invitation.changed", actor, changed);
            pace.wake(now);
        }
    }

    /** A note that the account refuses is refused in a change too; a throw takes the change back. */
    private static void requireTaken(Draft draft, boolean hadNote, DraftRules rules, NoteAllowance allowance) {
        List<AdviceGiven> refused = rules.refusals(draft).stream()
                .filter(given -> Inspection.fieldOf(given.advice()).equals("note"))
                .toList();
        if (!refused.isEmpty()) {
            throw Problem.of(
                    Code.valueOf(refused.get(0).advice().name()),
                    refused.stream()
                            .map(given -> new Problem.Violation("note", given.message()))
                            .toList());
        }
        if (!hadNote) {
            allowance.refusal(draft).ifPresent(no -> {
                throw problem(no);
            });
        }
    }

    private static HttpProblem problem(Admission.Refused refused) {
        return refused.availableAt() == null
                ? Problem.of(refused.code(), refused.detail())
                : Problem.of(refused.code(), refused.detail(), refused.availableAt());
    }

    /** A parked invitation may go later, but not before the person can be invited. */
    private static void requireAfterCooldown(Invitation invitation, Instant now) {
        Instant until = invitation.parkedUntil();
        if (until != null
                && until.isAfter(now)
                && (invitation.notBefore == null || invitation.notBefore.isBefore(until))) {
            throw Problem.of(
                    Code.IN_COOLDOWN,
                    "The person cannot be invited before " + until + "; let notBefore be then or later.",
                    until);
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
        boolean saysNote = patch.has("note") || patch.has("template");
        if (saysNote && !Objects.equals(invitation.note, draft.note())) {
            invitation.note = draft.note();
            changed.put("note", draft.note() == null ? 0 : draft.note().length());
        }
        if (saysNote && !Objects.equals(invitation.template, draft.template())) {
            changed.put("template", draft.template());
        }
        if (saysNote) {
            invitation.template = draft.template();
            invitation.alternative =
                    draft.alternative() == null ? null : draft.alternative().shortValue();
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
