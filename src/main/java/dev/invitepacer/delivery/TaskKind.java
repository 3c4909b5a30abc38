package dev.invitepacer.delivery;

/** What a sender is asked to do. */
public enum TaskKind {
    /** Send the invitation. */
    SEND,
    /** Withdraw the invitation, which is pending. */
    WITHDRAW,
    /** Follow the person instead of inviting. */
    FOLLOW
}
