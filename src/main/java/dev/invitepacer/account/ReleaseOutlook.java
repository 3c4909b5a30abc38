package dev.invitepacer.account;

import java.time.Duration;
import java.time.Instant;

/** Tells how much an account is going to release. The releasing room knows; those who clean up must not know that room. */
public interface ReleaseOutlook {
    /**
     * How many invitations can go in {@code time} from {@code now} if nothing changes, but for this: neither what is
     * pending nor what senders have not finished holds them.
     */
    int releasesWithin(String account, Instant now, Duration time);
}
