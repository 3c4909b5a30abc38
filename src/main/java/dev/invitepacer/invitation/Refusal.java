package dev.invitepacer.invitation;

import dev.invitepacer.account.Advice;

/** Why a draft was not enqueued. Where several apply, the first in this order is the one that is answered. */
public enum Refusal {
    /** Its profile is none. */
    PROFILE_INVALID("profile-invalid"),
    /** Another of its fields cannot be read or stored, or breaks a rule. */
    DRAFT_INVALID("draft-invalid"),
    /** Its note is longer than the account's {@link dev.invitepacer.account.Tier} allows. */
    NOTE_TOO_LONG("note-too-long"),
    /** LinkedIn's API is the account's channel, and it knows people by {@link InviteeUrn} only. */
    INVITEE_MISSING("invitee-missing"),
    /** Advice that the account refuses, from here on: each is the {@link Advice} of its name. */
    NOTE_BLANK("note-blank"),
    NOTE_GENERIC("note-generic"),
    NOTE_OVER_THREE_LINES("note-over-three-lines"),
    NOTE_PITCH("note-pitch"),
    NOTE_HAS_LINK("note-has-link"),
    THIRD_DEGREE("third-degree"),
    SOURCE_BOUGHT_LIST("source-bought-list");

    private final String code;

    Refusal(String code) {
        this.code = code;
    }

    static Refusal of(Advice advice) {
        return valueOf(advice.name());
    }

    /** The code of the problem, as in {@code /problems/<code>}. */
    public String code() {
        return code;
    }
}
