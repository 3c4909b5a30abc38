package dev.invitepacer.people;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.invitation.State;

/**
 * Somebody who was looked for.
 *
 * @param names as their invitations have them, the latest first; empty where none has any
 * @param headline of the latest invitation that has one, as is {@code company}
 * @param suppressed whether they are on the suppression list
 * @param invitations the latest of each account, the latest first
 */
@Schema(name = "FoundPerson")
public record FoundPerson(
        String profile,
        String profileUrl,
        List<String> names,
        String headline,
        String company,
        boolean suppressed,
        List<Latest> invitations) {

    /** @param since when it came into its state, as far as that is kept */
    public record Latest(
            String account, long invitation, State state, String campaign, Instant queuedAt, Instant since) {}
}
