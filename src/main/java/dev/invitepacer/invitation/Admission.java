package dev.invitepacer.invitation;

import java.time.Instant;

import dev.invitepacer.web.Code;

/** What came of asking the queue to take a draft. */
public sealed interface Admission {
    /**
     * It is queued.
     *
     * @param parkedUntil until when the person cannot be invited; null where nothing stands in the way
     */
    record Queued(long id, Instant parkedUntil) implements Admission {}

    /**
     * It is not.
     *
     * @param detail a sentence that says why, and what to do
     * @param availableAt when the same draft would be taken; null where nobody can say
     */
    record Refused(Code code, String detail, Instant availableAt) implements Admission {}
}
