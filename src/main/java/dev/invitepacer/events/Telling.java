package dev.invitepacer.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Makes a public event of a line of the history, or nothing: what is of use inside only is not told. A report is told as
 * what it changed; one that changed no state is not told.
 *
 * @param data the fields of its own, those that there are
 */
record Telling(EventType type, ObjectNode data) {
    private static final String REPORTED = "invitation.reported";

    /**
     * @param event the history's name for it
     * @param detail what the history tells with it; may be null
     */
    static Optional<Telling> of(String event, JsonNode detail) {
        Optional<EventType> type = event.equals(REPORTED) ? reported(detail) : EventType.named(event);
        return type.map(told -> new Telling(told, data(told, detail)));
    }

    private static Optional<EventType> reported(JsonNode detail) {
        if (detail == null || !detail.hasNonNull("from")) {
            return Optional.empty();
        }
        return switch (detail.path("report").asText()) {
            case "SENT", "SENT_BY_HAND" -> Optional.of(EventType.INVITATION_SENT);
            case "REFUSED" -> Optional.of(EventType.INVITATION_REFUSED);
            case "FAILED" -> Optional.of(EventType.INVITATION_FAILED);
            case "ACCEPTED" -> Optional.of(EventType.INVITATION_ACCEPTED);
            case "DECLINED" -> Optional.of(EventType.INVITATION_DECLINED);
            case "WITHDRAWN" -> Optional.of(EventType.INVITATION_WITHDRAWN);
            case "NOT_WITHDRAWN" -> Optional.of(EventType.INVITATION_NOT_WITHDRAWN);
            case "EXPIRED" -> Optional.of(EventType.INVITATION_EXPIRED);
            default -> Optional.empty();
        };
    }

    private static ObjectNode data(EventType type, JsonNode detail) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (detail == null) {
            return data;
        }
        if (type == EventType.ACCOUNT_CHANGED) {
            // Which settings, not their values: GET …/accounts/{account} has those.
            detail.fieldNames().forEachRemaining(data.withArray("settings")::add);
            return data;
        }
        type.fields().stream().filter(detail::hasNonNull).forEach(field -> data.set(field, detail.get(field)));
        return data;
    }
}
