package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The template fields of an invitation as they are stored: a flat JSON object of texts. */
final class StoredFields {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private StoredFields() {}

    /** The fields; none where nothing is stored. */
    static Map<String, String> of(String stored) {
        try {
            return stored == null ? Map.of() : JSON.readValue(stored, TEXTS);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Stored fields are no texts", impossible);
        }
    }
}
