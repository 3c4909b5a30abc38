package dev.invitepacer.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event as it is told, on every way alike.
 *
 * @param number its position
 * @param id the same on every way and on every try
 * @param type see {@link EventType}
 * @param timestamp when the service learned of it
 * @param data what {@code docs/reference/events.md} tells for the type
 */
public record Event(
        @JsonIgnore long number,
        String id,
        String type,
        Instant timestamp,
        @Schema(type = SchemaType.OBJECT) ObjectNode data) {
    @JsonIgnore
    public String account() {
        return data.path("account").asText();
    }
}
