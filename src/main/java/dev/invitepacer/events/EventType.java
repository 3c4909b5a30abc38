package dev.invitepacer.events;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The public events: their names, and what their data may hold besides what every event of its kind holds. */
public enum EventType {
    INVITATION_QUEUED("invitation.queued", "secondTryOf"),
    INVITATION_CANCELLED("invitation.cancelled", "reason"),
    INVITATION_LAPSED("invitation.lapsed"),
    INVITATION_RELEASED("invitation.released"),
    INVITATION_FOLLOW_SUGGESTED("invitation.follow-suggested"),
    INVITATION_SENT("invitation.sent", "at", "state"),
    INVITATION_REFUSED("invitation.refused", "refusal", "at", "state"),
    INVITATION_FAILED("invitation.failed", "at", "state"),
    INVITATION_ACCEPTED("invitation.accepted", "at", "state"),
    INVITATION_DECLINED("invitation.declined", "at", "state"),
    INVITATION_WITHDRAWAL_ASKED("invitation.withdrawal-asked", "reason", "readyAt"),
    INVITATION_WITHDRAWN("invitation.withdrawn", "at", "state"),
    INVITATION_NOT_WITHDRAWN("invitation.not-withdrawn", "at", "state"),
    INVITATION_EXPIRED("invitation.expired", "at", "state"),
    ACCOUNT_CREATED("account.created"),
    ACCOUNT_CHANGED("account.changed", "settings"),
    ACCOUNT_PAUSED("account.paused", "reason", "until"),
    ACCOUNT_RESUMED("account.resumed"),
    ACCOUNT_HELD("account.held", "reason"),
    ACCOUNT_RESTRICTED("account.restricted", "signal", "until"),
    ACCOUNT_RESTRICTION_LIFTED("account.restriction-lifted"),
    ACCOUNT_NOTES_USED_UP("account.notes-used-up", "until"),
    ACCOUNT_CAP_LEARNED("account.cap-learned", "from", "to", "cause"),
    ACCOUNT_CLEANED("account.cleaned", "expired", "asked", "pending", "threshold");

    /** What the data of every event holds. */
    static final List<String> OF_ALL = List.of("account");

    /** What the data of an invitation's event holds besides: the last two where there is one to tell. */
    static final List<String> OF_INVITATIONS = List.of("invitation", "profile", "campaign");

    private final String text;
    private final List<String> fields;

    EventType(String text, String... fields) {
        this.text = text;
        this.fields = List.of(fields);
    }

    /** Its name as it is told: {@code invitation.sent}. */
    public String text() {
        return text;
    }

    /** What its data may hold of its own. */
    public List<String> fields() {
        return fields;
    }

    public static Optional<EventType> named(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
