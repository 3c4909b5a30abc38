package dev.invitepacer.report;

import java.time.Instant;
import java.util.UUID;

import dev.invitepacer.delivery.Task;
import dev.invitepacer.invitation.InvalidProfile;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.web.Fields;

/**
 * One report as it came in, valid in itself.
 *
 * @param invitation or {@code profile}, or {@code task}: what it is about; none for a refusal that touches the account
 * @param at when it happened; null for now
 * @param until how long a refusal lasts; null for its default
 * @param lease the lease under which a task was done; null where none was taken
 */
public record Report(
        ReportType type,
        Long invitation,
        Profile profile,
        Long task,
        Instant at,
        Refusal refusal,
        Instant until,
        String detail,
        UUID lease) {
    static final int LONGEST_DETAIL = 1_000;

    /** Whether it is LinkedIn's word on the whole account. */
    boolean isOfAccount() {
        return refusal != null && refusal.scope() == Refusal.Scope.ACCOUNT;
    }

    /** Whether it says that what a sender was asked to do did not happen. */
    boolean undoesAnAttempt() {
        return type == ReportType.REFUSED || type == ReportType.FAILED || type == ReportType.NOT_WITHDRAWN;
    }

    /** Reads a report; violations stay with the fields. */
    static Report read(Fields fields, boolean isOfTask) {
        ReportType type = fields.oneOf("type", ReportType.class, null);
        if (fields.lacks("type")) {
            fields.wrong("type", "must be given: what happened?");
        }
        Refusal refusal = fields.oneOf("refusal", Refusal.class, null);
        if (type == ReportType.REFUSED && fields.lacks("refusal")) {
            fields.wrong("refusal", "must be given with REFUSED: why was it not sent?");
        }
        if (type != null && type != ReportType.REFUSED && refusal != null) {
            fields.wrong("refusal", "goes with the type REFUSED only");
        }
        Refusal.Scope scope = fields.oneOf("scope", Refusal.Scope.class, null);
        if (scope != null && refusal != null && scope != refusal.scope()) {
            fields.wrong("scope", "of " + refusal + " is always " + refusal.scope());
        }
        Instant until = fields.instant("until");
        if (until != null && type != null && type != ReportType.REFUSED) {
            fields.wrong("until", "goes with the type REFUSED only");
        }
        Long invitation = isOfTask ? null : fields.id("invitation");
        Profile profile = isOfTask ? null : readProfile(fields);
        Long task = isOfTask ? null : fields.id("task");
        boolean isAddressed = invitation != null || profile != null || task != null;
        boolean isOfAccount = refusal != null && refusal.scope() == Refusal.Scope.ACCOUNT;
        if (!isOfTask && !isAddressed && !isOfAccount && fields.lacks("profile")) {
            fields.wrong("invitation", "or profile must be given: whom is it about?");
        }
        if (invitation != null && profile != null) {
            fields.wrong("profile", "and invitation are both given; give one");
        }
        if (type == ReportType.SENT_BY_HAND && invitation == null && profile == null && !isOfTask) {
            fields.wrong("profile", "must be given with SENT_BY_HAND: to whom was it sent?");
        }
        return new Report(
                type,
                invitation,
                profile,
                task,
                fields.instant("at"),
                refusal,
                until,
                fields.string("detail", LONGEST_DETAIL),
                isOfTask ? readLease(fields) : null);
    }

    private static Profile readProfile(Fields fields) {
        String pasted = fields.string("profile", 2_000);
        if (pasted == null) {
            return null;
        }
        try {
            return Profile.parse(pasted);
        } catch (InvalidProfile refused) {
            return fields.wrong("profile", refused.getMessage());
        }
    }

    private static UUID readLease(Fields fields) {
        String lease = fields.string("lease", 36);
        if (lease == null) {
            return null;
        }
        return Task.isLease(lease)
                ? UUID.fromString(lease)
                : fields.wrong("lease", "must be the lease that claiming the task gave");
    }
}
