package dev.invitepacer.account;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A pause as callers write it, for the OpenAPI document. */
@Schema(name = "Pause")
public record PauseForm(
        @Schema(required = true, maxLength = 500, examples = "On leave")
        String reason,

        @Schema(description = "Missing: until it is resumed")
        Instant until) {}
