package dev.invitepacer.pacing;

import java.time.Instant;

/** What an account is to do at one instant: exactly one of three. */
public sealed interface Decision {
    /** Release one invitation now. */
    record Release() implements Decision {}

    /**
     * Release nothing before {@code until}, and decide again then.
     *
     * @param until when the reason ends; after the instant of the decision, a whole microsecond
     */
    record Wait(Reason reason, Instant until) implements Decision {}

    /** Release nothing until something changes that time alone does not change. */
    record Hold(Reason reason) implements Decision {}
}
