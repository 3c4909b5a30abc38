package dev.invitepacer.web;

import java.util.Locale;

/**
 * The codes of error answers, in the order in which they are told when several apply. {@code /problems/<code>} explains
 * each; {@code docs/reference/problems.md} lists them all.
 */
public enum Code {
    MISDIRECTED(421, "The request is for another host", "Without keys the service answers to localhost alone."),
    CROSS_ORIGIN(
            403, "The request comes from another site", "Only the service's own pages may make a browser do this."),
    TOO_MANY_FAILURES(429, "Too many keys that open nothing", "Wait as long as Retry-After says, then use a good one."),
    KEY_MISSING(401, "A key is needed", "Send Authorization: Bearer pk_…, or sign in; an admin makes keys."),
    PROVIDER_AWAY(503, "The identity provider is away", "Its keys cannot be read; try again, or use a key."),
    KEY_REFUSED(401, "The key opens nothing", "It is unknown, revoked or expired, or the session has ended."),
    CSRF_TOKEN_MISSING(
            403, "The session's token is missing", "Send X-CSRF-Token with the csrf of GET /api/v1/session."),
    FORBIDDEN(403, "The key may not do this", "Its role is another; docs/reference/roles.md tells what each may do."),
    UNREADABLE(400, "The request cannot be read", "The body, or a value in the address, is not in the expected form."),
    NOT_FOUND(404, "There is nothing here", "The address, or what it names, does not exist."),
    ACCOUNT_UNKNOWN(404, "No such account", "Make it first with PUT /api/v1/accounts/{account}."),
    INVITATION_UNKNOWN(404, "No such invitation", "The account has no invitation of this id."),
    TASK_UNKNOWN(404, "No such task", "No task has this id; GET /api/v1/tasks lists the open ones."),
    TEMPLATE_UNKNOWN(404, "No such template", "GET /api/v1/accounts/{account}/templates lists the account's."),
    CAMPAIGN_UNKNOWN(404, "No such campaign", "GET /api/v1/accounts/{account}/campaigns lists the account's."),
    IMPORT_UNKNOWN(404, "No such import", "GET /api/v1/accounts/{account}/imports lists the account's."),
    SUPPRESSION_UNKNOWN(404, "The person is not suppressed", "GET /api/v1/suppressions lists who is."),
    ENDPOINT_UNKNOWN(404, "No such endpoint", "GET /api/v1/endpoints lists them."),
    SUBSCRIPTION_UNKNOWN(404, "No such subscription", "GET /api/v1/subscriptions lists them."),
    KEY_UNKNOWN(404, "No such key", "GET /api/v1/keys lists them."),
    METHOD_NOT_ALLOWED(405, "This address does not take this method", "The Allow header lists what it takes."),
    NOT_ACCEPTABLE(406, "No such representation", "Ask for application/json."),
    EVENTS_GONE(410, "Some of the events are kept no more", "Read how things stand, then go on from the oldest."),
    TOO_LARGE(413, "The body is too large", "Send it in parts, or raise the limit that the detail names."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "This content type is not taken here", "Set Content-Type to one that the address takes."),
    INVALID(422, "A value is against a rule", "Each violation names its field and what it may hold."),
    PROFILE_INVALID(
            422, "The profile is not a LinkedIn profile", "Give the address of a member's page, or its last part."),
    DRAFT_INVALID(422, "The draft is against a rule", "Each violation names its field and what it may hold."),
    NOTE_TOO_LONG(422, "The note is too long", "200 characters for BASIC accounts, 300 for PREMIUM."),
    INVITEE_MISSING(
            422, "LinkedIn's API cannot be told whom to invite", "Give a memberUrn urn:li:person:… or an email."),
    TEMPLATE_INVALID(422, "The template is against a rule", "Each violation names its field and what it may hold."),
    NOTE_BLANK(422, "There is no note", "The account refuses blank invitations; say in a line why you write."),
    NOTE_GENERIC(422, "The note names nobody and nothing", "The account refuses such notes; name what you share."),
    NOTE_OVER_THREE_LINES(422, "The note is over three lines", "The account refuses such notes; shorten it."),
    NOTE_PITCH(422, "The note sells something", "The account refuses such notes; sell nothing before they accept."),
    NOTE_HAS_LINK(422, "The note has a link in it", "The account refuses such notes; send the link once they accept."),
    THIRD_DEGREE(422, "The person is of third degree", "The account refuses them; find somebody in between."),
    SOURCE_BOUGHT_LIST(422, "The person comes from a bought list", "The account refuses such sources."),
    EXPORT_INVALID(
            422, "This is not LinkedIn's data export", "Send the zip, or its Invitations.csv and Connections.csv."),
    ALREADY_QUEUED(409, "The person is queued already", "Change the queued invitation instead of adding another."),
    ALREADY_PENDING(409, "The person has been invited already", "An invitation is released or waits for its answer."),
    ALREADY_CONNECTED(409, "The person is a connection already", "They accepted; there is nothing to invite them to."),
    IN_COOLDOWN(
            409, "The person cannot be invited yet", "After a withdrawal LinkedIn lets weeks pass; see availableAt."),
    SUPPRESSED(409, "The person is never to be invited", "They are on the suppression list."),
    CONTACTED_BY_TEAMMATE(409, "A teammate has been in touch", "Another account of the group has invited the person."),
    NOTE_QUOTA_USED(409, "The month's personalised notes are used up", "Enqueue it without a note, or next month."),
    QUEUE_FULL(409, "The queue is full", "Wait until some are released, or cancel some; the limit is a setting."),
    TOO_LATE(409, "It is too late for that", "The invitation has left the state in which this may change."),
    WITHDRAWALS_USED_UP(
            409, "The night's withdrawals are used up", "See availableAt; withdrawalsPerNight limits them."),
    IDEMPOTENCY_KEY_RUNNING(409, "The first request of this key still runs", "Wait a little and send it again."),
    IDEMPOTENCY_KEY_REUSED(422, "The key belongs to another request", "Take a new key for every new request."),
    ACCOUNT_IN_USE(409, "The account still has work", "Something is queued, released or pending; or use ?force=true."),
    CAMPAIGN_IN_USE(
            409, "The campaign still has work", "Some of its invitations are queued, or released and not sent."),
    ENDPOINT_IN_USE(409, "The endpoint is in use", "Give its accounts and subscriptions another one first."),
    LAST_ADMIN_KEY(409, "It is the last admin key", "Make another one first, or nobody could make keys any more."),
    NO_SECRETS_KEY(409, "There is no key for secrets", "The operator sets PACER_SECRETS_KEY; see Webhooks."),
    TASK_TAKEN(409, "Somebody else has claimed the task", "It is free again when their lease ends."),
    TASK_NOT_READY(409, "The task has not come up yet", "See availableAt; GET /api/v1/tasks lists what has."),
    TASK_BY_HAND(409, "People do this task", "The account's channel is INBOX; nothing is handed over by itself."),
    TASK_IN_DOUBT(
            409,
            "The task may have been done",
            "Look at LinkedIn and report what you see; it is not sent a second time."),
    TASK_CLOSED(409, "The task is closed already", "It was reported, or is no longer wanted."),
    LEASE_LOST(409, "The lease on the task is lost", "It ended and the task may be somebody else's; claim it anew."),
    BUSY(503, "Too much at once", "The database had no time for this request. Nothing was changed; try it again."),
    DATABASE_AWAY(
            503,
            "The database is away",
            "It cannot be reached, or takes no changes. Send the same request again; nothing is done twice."),
    SETTINGS_BROKEN(
            500, "The account's settings cannot be read", "They were changed past the service; PUT the account anew."),
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
