package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.AccountSettings;
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
    private final ServiceClock clock;

    InvitationChanges(Accounts accounts, Invitations invitations, Queue queue, Journal journal, ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.queue = queue;
        this.journal = journal;
        this.clock = clock;
    }

    /** Takes a draft into the queue; its id. A problem answer says why it is not taken. */
    @Transactional
    public long enqueue(String account, DraftInput input, String actor) {
        Pace pace = accounts.lock(account);
        Draft draft = checked(input, accounts.settings(account));
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
        AccountSettings settings = accounts.settings(account);
        boolean onlyKeep = patch.size() == 1 && patch.has("keep");
        if (!invitation.state.isLive() || !onlyKeep && invitation.state != State.QUEUED) {
            throw tooLate(invitation);
        }
        Fields fields = new Fields(patch);
        Map<String, Object> changed = new LinkedHashMap<>();
        if (fields.has("keep")) {
            invitation.keep = fields.bool("keep", false);
            changed.put("keep", invitation.keep);
        }
        changeQueued(invitation, settings, fields, changed);
        fields.orThrow();
        Instant now = clock.now();
        if (!changed.isEmpty()) {
            journal.tell(account, invitation.id, now, "invitation.changed", actor, changed);
            pace.wake(now);
        }
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

    private static void changeQueued(
            Invitation invitation, AccountSettings settings, Fields fields, Map<String, Object> changed) {
        if (fields.has("note")) {
            String note = fields.string("note", 2_000);
            invitation.note = Note.written(note).map(Note::text).orElse(null);
            Note.written(note)
                    .flatMap(written -> written.objection(settings.tier()))
                    .ifPresent(objection -> fields.wrong("note", objection));
            changed.put("note", invitation.note == null ? 0 : invitation.note.length());
        }
        if (fields.has("priority")) {
            invitation.priority = fields.integer("priority", -10, 10, 0).shortValue();
            changed.put("priority", invitation.priority);
        }
        if (fields.has("campaign")) {
            invitation.campaign = fields.string("campaign", 63);
            changed.put("campaign", invitation.campaign);
        }
        if (fields.has("notBefore")) {
            invitation.notBefore = fields.instant("notBefore");
            changed.put("notBefore", invitation.notBefore);
        }
        if (fields.has("lapsesAt")) {
            invitation.lapsesAt = fields.instant("lapsesAt");
            changed.put("lapsesAt", invitation.lapsesAt);
        }
        if (invitation.notBefore != null
                && invitation.lapsesAt != null
                && !invitation.lapsesAt.isAfter(invitation.notBefore)) {
            fields.wrong("lapsesAt", "must be after notBefore");
        }
    }

    private static Draft checked(DraftInput input, AccountSettings settings) {
        Checked checked = input.check(settings.tier());
        if (checked instanceof Checked.Refused refused) {
            throw Problem.of(
                    Code.valueOf(refused.refusal().name()),
                    refused.violations().stream()
                            .map(violation -> new Problem.Violation(violation.field(), violation.message()))
                            .toList());
        }
        return ((Checked.Accepted) checked).draft();
    }

    private static HttpProblem tooLate(Invitation invitation) {
        return Problem.of(
                Code.TOO_LATE,
                "The invitation is " + invitation.state
                        + "; it can be cancelled and changed while it is QUEUED, and its" + " keep until it ends.");
    }
}
