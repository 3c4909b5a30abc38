package dev.invitepacer.invitation;

/** Why a draft was not enqueued. Where several apply, the first in this order is the one that is answered. */
public enum Refusal {
    /** Its profile is none. */
    PROFILE_INVALID("profile-invalid"),
    /** Another of its fields cannot be read or stored, or breaks a rule. */
    DRAFT_INVALID("draft-invalid"),
    /** Its note is longer than the account's {@link dev.invitepacer.account.Tier} allows. */
    NOTE_TOO_LONG("note-too-long");

    private final String code;

    Refusal(String code) {
        this.code = code;
    }

    /** The code of the problem, as in {@code /problems/<code>}. */
    public String code() {
        return code;
    }
}
