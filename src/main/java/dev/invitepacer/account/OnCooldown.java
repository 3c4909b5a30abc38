package dev.invitepacer.account;

/** What happens to a draft for a person who cannot be invited before some instant. */
public enum OnCooldown {
    /** It is not enqueued. */
    REFUSE,
    /** It is queued and goes from then on. */
    PARK
}
