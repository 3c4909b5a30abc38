package dev.invitepacer.invitation;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What of an invitation may change, for the OpenAPI document; null takes a value away, or brings its default back. */
@Schema(name = "InvitationPatch")
public record InvitationPatch(
        @Schema(nullable = true) String note,

        @Schema(nullable = true, description = "Makes the note anew")
        String template,

        @Schema(minimum = "-10", maximum = "10", nullable = true)
        Integer priority,

        @Schema(maxLength = 63, nullable = true) String campaign,
        @Schema(nullable = true) Instant notBefore,
        @Schema(nullable = true) Instant lapsesAt,

        @Schema(description = "Never withdraw it; may change until the invitation ends")
        Boolean keep) {}
