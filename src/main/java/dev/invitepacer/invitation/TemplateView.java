package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A template as the API shows it.
 *
 * @param variables the fields that its alternatives name, in alphabetical order
 */
@Schema(name = "Template")
public record TemplateView(
        String account,
        String name,
        List<String> alternatives,
        Map<String, String> fallbacks,
        List<String> variables,
        Instant createdAt,
        Instant changedAt) {}
