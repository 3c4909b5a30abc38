package dev.invitepacer.account;

import java.time.Duration;
import java.time.Instant;

/** Tells how much an account is going to release. The releasing room knows; those who clean up must not know that room. */
public interface ReleaseOutlook {
    /** How many invitations go until {@code from} if nothing changes, and how many more can in {@code time} after it. */
    Foreseen foresee(String account, Instant now, Instant from, Duration time);

    /**
     * @param until how many go until then, with all that holds them
     * @param afterwards how many can go afterwards, but for this: neither what is pending nor what senders have not finished
     *     holds them
     */
    record Foreseen(int until, int afterwards) {}
}
