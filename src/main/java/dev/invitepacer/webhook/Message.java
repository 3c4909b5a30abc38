package dev.invitepacer.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the body of a webhook: {@code {"type","timestamp","data"}}. The same values give the same bytes. */
public final class Message {
    /** The specification's advice is to stay below it. */
    public static final int LARGEST = 20_000;

    private static final JsonMapper JSON = new JsonMapper();

    private Message() {}

    /**
     * @param at when what it tells happened, which is the same on every try
     * @param data what is to be told, of values that JSON has; must be short enough
     * @throws IllegalArgumentException where the body is {@value #LARGEST} bytes or more
     */
    public static byte[] bytes(String type, Instant at, Map<String, ?> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.put("data", data);
        try {
            byte[] bytes = JSON.writeValueAsBytes(body);
            if (bytes.length >= LARGEST) {
                throw new IllegalArgumentException(
                        "The message " + type + " has " + bytes.length + " bytes; a webhook has less than " + LARGEST);
            }
            return bytes;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
