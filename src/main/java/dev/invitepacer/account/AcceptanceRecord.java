package dev.invitepacer.account;

import java.time.Instant;

/** Counts who accepted. The invitations' room knows; an account must not know that room. */
public interface AcceptanceRecord {
    /**
     * @param decided how many were accepted, declined, withdrawn or dropped
     * @param accepted how many of them were accepted
     */
    record Counts(int decided, int accepted) {}

    /** Of the invitations that were sent after {@code from}. */
    Counts since(String account, Instant from);
}
