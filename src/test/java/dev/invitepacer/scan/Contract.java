package dev.invitepacer.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an OpenAPI document says may be asked: every call with its parameters and bodies. */
record Contract(JsonNode document) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /**
     * One call.
     *
     * @param inPath parameters in the address, by name
     * @param bodies the schema of the body, by content type; empty where it takes none
     */
    record Call(
            String method,
            String path,
            Map<String, JsonNode> inPath,
            Map<String, JsonNode> inQuery,
            Map<String, JsonNode> inHeaders,
            Map<String, JsonNode> bodies) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(call -> {
                    if (METHODS.contains(call.getKey())) {
                        calls.add(call(path.getKey(), path.getValue(), call.getKey(), call.getValue()));
                    }
                }));
        return calls;
    }

    private static Call call(String path, JsonNode shared, String method, JsonNode call) {
        List<JsonNode> parameters = new ArrayList<>();
        shared.path("parameters").forEach(parameters::add);
        call.path("parameters").forEach(parameters::add);
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        call.path("requestBody")
                .path("content")
                .fields()
                .forEachRemaining(
                        type -> bodies.put(type.getKey(), type.getValue().path("schema")));
        return new Call(
                method.toUpperCase(Locale.ROOT),
                path,
                in("path", parameters),
                in("query", parameters),
                in("header", parameters),
                bodies);
    }

    private static Map<String, JsonNode> in(String place, List<JsonNode> parameters) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(place))
                .forEach(parameter -> found.put(parameter.path("name").asText(), parameter.path("schema")));
        return found;
    }

    /** The schema itself, where it is a reference. */
    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }
}
