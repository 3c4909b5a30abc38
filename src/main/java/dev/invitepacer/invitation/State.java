package dev.invitepacer.invitation;

/**
 * Where an invitation is in its life.
 *
 * <pre>
 *             cancel, lapse                  refused for now
 * CANCELLED, LAPSED &lt;---- QUEUED &lt;-----------------------------+
 *                           | release                          |
 *                           v                                  |
 *                        RELEASED --------------- failed ----&gt; FAILED
 *                           | sent
 *                           v
 *   EXPIRED &lt;-- 180 days -- PENDING -- accepted, declined --&gt; ACCEPTED, DECLINED
 *                           |   ^
 *                  withdraw v   | not withdrawn
 *                        WITHDRAWING ------ withdrawn ------&gt; WITHDRAWN
 * </pre>
 */
public enum State {
    /** Waits for a token. It costs nothing yet: it may be changed, cancelled, or lapse at its {@code lapsesAt}. */
    QUEUED,

    /**
     * Has cost a token and counts towards the cap; a sender has been asked to send it and has not yet said what came of
     * it. It counts as pending, since it may have gone out.
     */
    RELEASED,

    /** Sent, and not yet answered. After the account's {@code withdrawAfter} it is stale. */
    PENDING,

    /** Sent, and a sender has been asked to withdraw it. It counts as pending until the sender says that it is gone. */
    WITHDRAWING,

    /** The person accepted: they are connected. An end. */
    ACCEPTED,

    /** The person declined, as far as LinkedIn lets one know. An end. */
    DECLINED,

    /** Withdrawn before an answer. An end, and the cooldown in which the person cannot be invited again starts here. */
    WITHDRAWN,

    /** Dropped by LinkedIn after about 180 days without an answer. An end. */
    EXPIRED,

    /** Could not be sent, for good. An end; the token stays spent. */
    FAILED,

    /** Taken out of the queue by a person or an integrator. An end; it cost no token. */
    CANCELLED,

    /** Its {@code lapsesAt} came while it was queued. An end; it cost no token. */
    LAPSED;

    /**
     * Whether something may still happen to it without a new draft: a person has at most one live invitation per
     * account.
     */
    public boolean isLive() {
        return this == QUEUED || countsAsPending();
    }

    /** Whether LinkedIn may be counting it among the outstanding ones, which the pending threshold limits. */
    public boolean countsAsPending() {
        return this == RELEASED || this == PENDING || this == WITHDRAWING;
    }
}
