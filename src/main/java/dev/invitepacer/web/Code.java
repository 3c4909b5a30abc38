package dev.invitepacer.web;

import java.util.Locale;

/**
 * The codes of error answers, in the order in which they are told when several apply. {@code /problems/<code>} explains
 * each; {@code docs/reference/problems.md} lists them all.
 */
public enum Code {
    UNREADABLE(400, "The request cannot be read", "The body, or a value in the address, is not in the expected form."),
    NOT_FOUND(404, "There is nothing here", "The address, or what it names, does not exist."),
    ACCOUNT_UNKNOWN(404, "No such account", "Make it first with PUT /api/v1/accounts/{account}."),
    INVITATION_UNKNOWN(404, "No such invitation", "The account has no invitation of this id."),
    TASK_UNKNOWN(404, "No such task", "No task has this id; GET /api/v1/tasks lists the open ones."),
    METHOD_NOT_ALLOWED(405, "This address does not take this method", "The Allow header lists what it takes."),
    NOT_ACCEPTABLE(406, "No such representation", "Ask for application/json."),
    TOO_LARGE(413, "The body is too large", "Send it in parts, or raise the limit that the detail names."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "This content type is not taken here", "Set Content-Type to one that the address takes."),
    INVALID(422, "A value is against a rule", "Each violation names its field and what it may hold."),
    PROFILE_INVALID(
            422, "The profile is not a LinkedIn profile", "Give the address of a member's page, or its last part."),
    DRAFT_INVALID(422, "The draft is against a rule", "Each violation names its field and what it may hold."),
    NOTE_TOO_LONG(422, "The note is too long", "200 characters for BASIC accounts, 300 for PREMIUM."),
    ALREADY_QUEUED(409, "The person is queued already", "Change the queued invitation instead of adding another."),
    ALREADY_PENDING(409, "The person has been invited already", "An invitation is released or waits for its answer."),
    ALREADY_CONNECTED(409, "The person is a connection already", "They accepted; there is nothing to invite them to."),
    IN_COOLDOWN(
            409, "The person cannot be invited yet", "After a withdrawal LinkedIn lets weeks pass; see availableAt."),
    QUEUE_FULL(409, "The queue is full", "Wait until some are released, or cancel some; the limit is a setting."),
    TOO_LATE(409, "It is too late for that", "The invitation has left the state in which this may change."),
    ACCOUNT_IN_USE(409, "The account still has work", "Something is queued, released or pending; or use ?force=true."),
    TASK_TAKEN(409, "Somebody else has claimed the task", "It is free again when their lease ends."),
    TASK_CLOSED(409, "The task is closed already", "It was reported, or is no longer wanted."),
    LEASE_LOST(409, "The lease on the task is lost", "It ended and the task may be somebody else's; claim it anew."),
    BUSY(503, "Too much at once", "The database had no time for this request. Nothing was changed; try it again."),
    DATABASE_AWAY(503, "The database is away", "Send the same request again; nothing is done twice."),
    INTERNAL(500, "An error of ours", "The service log has it; whoever runs the service can mend it.");

    private final int status;
    private final String title;
    private final String explanation;

    Code(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The code as it stands in answers and addresses: {@code note-too-long}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }
}
