package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.Text;

/**
 * Somebody who is never to be invited, from any account.
 *
 * @param reason why, in a person's words; null where nobody said
 * @param actor who put them on the list
 * @param at since when they are on it
 */
public record Suppression(String profile, String profileUrl, String reason, String actor, Instant at) {
    static final int LONGEST_REASON = 500;

    private static final Text REASON = Text.line(LONGEST_REASON);

    static Suppression of(String slug, String reason, String actor, Instant at) {
        return new Suppression(slug, new Profile(slug).url(), reason, actor, at);
    }

    /** A reason as it is kept; null where there is nothing to see. */
    static String tidy(String reason) {
        return reason == null || Text.bare(reason).isEmpty() ? null : Text.bare(reason);
    }

    /** What is wrong with a tidy reason. */
    static Optional<String> objection(String reason) {
        return reason == null ? Optional.empty() : REASON.objection(reason);
    }
}
