package dev.invitepacer.report;

/** What a sender, a person or an export can say of an invitation. */
public enum ReportType {
    /** It was sent. */
    SENT,
    /** A person sent it by hand; it counts towards the cap even where it was never queued here. */
    SENT_BY_HAND,
    /** The person accepted: they are a connection. */
    ACCEPTED,
    /** The person declined. */
    DECLINED,
    /** It was withdrawn. */
    WITHDRAWN,
    /** It could not be withdrawn; it is still pending. */
    NOT_WITHDRAWN,
    /** LinkedIn dropped it unanswered. */
    EXPIRED,
    /** It could not be sent, and never will be. */
    FAILED,
    /** It was not sent, for now; see {@link Refusal}. */
    REFUSED,
    /** The person was followed, as a FOLLOW task asked. */
    FOLLOWED,
    /** The person could not be followed, or is not to be. */
    NOT_FOLLOWED
}
