package dev.invitepacer.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where webhooks go, as it is stored.
 *
 * @param secrets that sign now, encrypted; the newest first
 * @param previousUntil until when the secret before signs too; null where there is none
 * @param offSince since when nothing is sent; null where it is on
 * @param changedBy who changed it last, as the history tells it; null where that is not known
 */
public record Endpoint(
        String name,
        String url,
        List<byte[]> secrets,
        Instant previousUntil,
        Instant offSince,
        String offReason,
        Instant createdAt,
        Instant changedAt,
        String changedBy) {

    public boolean isOn() {
        return offSince == null;
    }

    /** As the API shows it. */
    @Schema(name = "Endpoint")
    public record View(
            String name,
            String url,

            @Schema(description = "Whether anything is sent")
            boolean isOn,

            @Schema(description = "Missing while it is on") Instant offSince,

            String offReason,

            @Schema(description = "Until when the secret before the last rotation signs too")
            Instant previousSecretUntil,

            Instant createdAt,
            Instant changedAt,

            @Schema(description = "Who changed it last, as the history tells it")
            String changedBy,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Only in the answer that makes it: it cannot be read again", examples = "whsec_…")
            String secret) {}

    View view(WebhookSecret shown) {
        return new View(
                name,
                url,
                isOn(),
                offSince,
                offReason,
                previousUntil,
                createdAt,
                changedAt,
                changedBy,
                shown == null ? null : shown.reveal());
    }
}
