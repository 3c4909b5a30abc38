package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.web.Code;

/**
 * What is known of a person when somebody wants to invite them from an account.
 *
 * @param queued an invitation of this account waits for them
 * @param pending one is released and not yet answered
 * @param connected they accepted one
 * @param cooldownUntil until when LinkedIn lets nobody invite them from this account; null where it would
 * @param suppressed they are on the suppression list
 * @param teammate whether another account of the group is in touch with them
 */
record Standing(
        boolean queued,
        boolean pending,
        boolean connected,
        Instant cooldownUntil,
        boolean suppressed,
        Teammate teammate) {
    static final Standing UNKNOWN = knownTo(Teammate.NONE);

    /** Of somebody of whom only a teammate knows anything. */
    static Standing knownTo(Teammate teammate) {
        return new Standing(false, false, false, null, false, teammate);
    }

    /**
     * What the other accounts of the group have done.
     *
     * @param isInTouch an invitation of theirs is live or was accepted, or one was sent within the group's window
     * @param until when it is over; null where nobody can say
     */
    record Teammate(boolean isInTouch, Instant until) {
        static final Teammate NONE = new Teammate(false, null);
    }

    /** Why nobody invites this person now whatever was agreed on cooldowns, in the documented order. */
    Optional<Admission.Refused> refusalBeforeCooldown(String slug) {
        if (queued) {
            return refused(
                    Code.ALREADY_QUEUED, slug + " is in the queue already; change that invitation instead.", null);
        }
        if (pending) {
            return refused(Code.ALREADY_PENDING, slug + " has been invited and has not answered yet.", null);
        }
        return connected
                ? refused(Code.ALREADY_CONNECTED, slug + " is a connection of this account.", null)
                : Optional.empty();
    }

    /** Why nobody invites this person even once a cooldown is over, in the documented order. */
    Optional<Admission.Refused> refusalAfterCooldown(String slug) {
        if (suppressed) {
            return refused(
                    Code.SUPPRESSED,
                    slug + " is on the suppression list: never to be invited, from any account.",
                    null);
        }
        if (!teammate.isInTouch()) {
            return Optional.empty();
        }
        return refused(
                Code.CONTACTED_BY_TEAMMATE,
                "Another account of the group "
                        + (teammate.until() == null
                                ? "has " + slug
                                        + " in its queue, waits for an answer or is connected; leave it to them."
                                : "has invited " + slug + "; enqueue the draft again from " + teammate.until()
                                        + " on."),
                teammate.until());
    }

    private static Optional<Admission.Refused> refused(Code code, String detail, Instant availableAt) {
        return Optional.of(new Admission.Refused(code, detail, availableAt));
    }
}
