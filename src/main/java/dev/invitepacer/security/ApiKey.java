package dev.invitepacer.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key, without what lets somebody in.
 *
 * @param accounts those that it may see; null: all
 * @param createdBy who made it, as the history tells it
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: never
 * @param key the key itself, told this once; else missing
 */
@Schema(name = "Key")
public record ApiKey(
        long id,
        String name,
        Role role,
        List<String> accounts,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Instant revokedAt,
        String revokedBy,
        Instant lastUsedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String key) {

    /** As the history tells who did something. */
    static String actor(long id, String name) {
        return name + " (key " + id + ")";
    }

    ApiKey with(Token token) {
        return new ApiKey(
                id,
                name,
                role,
                accounts,
                createdAt,
                createdBy,
                expiresAt,
                revokedAt,
                revokedBy,
                lastUsedAt,
                token.text());
    }
}
