package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.List;

/** Tells when a queued invitation will go. The releasing room knows; the queue must not know that room. */
public interface Foresight {
    /**
     * @param reason what holds the account or the invitation right now; null where it can go at once
     * @param releaseAt when it goes if nothing changes; null where nobody can say: held, or too far down the queue
     */
    record Estimate(String reason, Instant releaseAt) {
        public static final Estimate NONE = new Estimate(null, null);
    }

    /** One of those that go next. */
    record Next(long invitation, Instant releaseAt) {}

    /** Which queued invitations go next, in order, as far as can be told: the first thousands, within a year. */
    List<Next> next(String account);

    /** The estimate at {@code now} for a queued invitation, by the same functions that decide. */
    Estimate of(Invitation queued, Instant now);
}
