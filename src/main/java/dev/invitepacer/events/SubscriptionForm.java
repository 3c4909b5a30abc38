package dev.invitepacer.events;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A subscription as callers write it, for the OpenAPI document. */
@Schema(name = "SubscriptionSettings")
record SubscriptionForm(
        @Schema(required = true, description = "The endpoint's name")
        String endpoint,

        @Schema(description = "Which events; none: all", nullable = true)
        List<String> types,

        @Schema(description = "Of which accounts; none: all", nullable = true)
        List<String> accounts) {}
