package dev.invitepacer.report;

/** Why a sender did not send an invitation. Each has its own consequence. */
public enum Refusal {
    /** LinkedIn says that this week's limit is reached. The account releases nothing until the signal ends. */
    WEEKLY_LIMIT(Scope.ACCOUNT),
    /** LinkedIn restricted the account. It releases nothing until the signal ends. */
    RESTRICTED(Scope.ACCOUNT),
    /** The month's personalised notes are used up. What becomes of this one and of others with a note is a setting. */
    NOTE_QUOTA(Scope.PERSON),
    /** The person cannot be invited again yet. The invitation waits for the cooldown's end. */
    COOLDOWN(Scope.PERSON),
    /** An invitation to this person, sent elsewhere, is waiting for its answer. It counts as pending. */
    ALREADY_INVITED(Scope.PERSON),
    /** The person is a connection already. There is nothing to send. */
    ALREADY_CONNECTED(Scope.PERSON);

    /** What a refusal touches: everything of the account, or this invitation only. */
    public enum Scope {
        ACCOUNT,
        PERSON
    }

    private final Scope scope;

    Refusal(Scope scope) {
        this.scope = scope;
    }

    /**
     * Whether it says for certain that this attempt sent nothing. That an invitation is there already, or a connection, may
     * be the work of this very attempt, so its slot stays taken.
     */
    public boolean isNotSent() {
        return this != ALREADY_INVITED && this != ALREADY_CONNECTED;
    }

    public Scope scope() {
        return scope;
    }
}
