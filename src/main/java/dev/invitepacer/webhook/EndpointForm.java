package dev.invitepacer.webhook;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An endpoint as callers write it, for the OpenAPI document. */
@Schema(name = "EndpointSettings")
record EndpointForm(
        @Schema(
                required = true,
                maxLength = AddressGuard.LONGEST,
                examples = "https://hooks.example.org/pacer",
                description = "https, a public host, no user and password, no fragment")
        String url) {}
