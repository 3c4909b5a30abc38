package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Random requests to every call of the OpenAPI document, from right to absurd: the answer keeps its form. */
@QuarkusTest
class ApiFuzzTest extends ServiceTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final List<String> TEXTS = List.of(
            "Anna",
            "person-1",
            "person-2",
            "https://www.linkedin.com/in/person-3",
            "Hi there",
            "BASIC",
            "PREMIUM",
            "WEEK",
            "CAP",
            "UTC",
            "Europe/Oslo",
            "P30D",
            "PT12H",
            "03:00",
            "2026-11-23T09:00:00Z",
            "2026-11-30T09:00:00+01:00",
            "SENT",
            "ACCEPTED",
            "REFUSED",
            "FAILED",
            "WITHDRAWN",
            "SENT_BY_HAND",
            "WEEKLY_LIMIT",
            "COOLDOWN",
            "ALREADY_INVITED",
            "ACCOUNT",
            "PERSON",
            "INBOX",
            "9999-12-31T23:59:59Z",
            "1970-01-01T00:00:00Z",
            "2026-12-24");
    private static final List<String> OBJECTS = List.of(
            "{\"MONDAY\":[\"09:00-17:00\"]}",
            "{\"SUNDAY\":[\"22:00-02:00\"],\"MONDAY\":[]}",
            "{\"start\":5,\"step\":5}",
            "{\"event\":\"KubeCon\"}");

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyAnswerKeepsItsForm() {
        JsonNode document = OpenApiTest.document();
        // Chance makes addresses, and nothing is to be sent there.
        List<String> calls = OpenApiTest.calls(document).stream()
                .filter(call -> !call.endsWith("/{endpoint}/test"))
                .toList();
        account("anna", "");
        enqueueMany("anna", 20);
        for (int i = 1; i <= REQUESTS; i++) {
            String call = any(calls);
            Answer answer = send(document, call);
            // An address over the HTTP layer's limit is refused before there is anybody to explain it.
            assertThat(answer.status() == 414 ? List.of() : answer.faults())
                    .as("request %d of -Dfuzz.seed=%d", i, seed)
                    .isEmpty();
            if (i % 50 == 0) {
                account("anna", "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]},\"burst\":5");
                releases.round();
            }
        }
    }

    private Answer send(JsonNode document, String call) {
        String method = call.substring(0, call.indexOf(' ')).toUpperCase(Locale.ROOT);
        JsonNode described = OpenApiTest.call(document, call);
        String path = call.substring(method.length() + 1)
                .replace("{account}", mostly(() -> "anna", () -> any(Hostile.ADDRESSES)))
                .replace("{id}", mostly(() -> number(), () -> any(Hostile.ADDRESSES)))
                .replace("{task}", mostly(() -> number(), () -> any(Hostile.ADDRESSES)))
                .replace("{name}", mostly(() -> any(List.of("-", "webinar", "SENT")), () -> any(Hostile.ADDRESSES)))
                .replace("{endpoint}", mostly(() -> any(List.of("crm", "hooks")), () -> any(Hostile.ADDRESSES)))
                .replace("{subscription}", mostly(() -> any(List.of("crm", "all")), () -> any(Hostile.ADDRESSES)))
                .replace("{template}", mostly(() -> "t", () -> any(Hostile.ADDRESSES)))
                .replace("{profile}", mostly(() -> "person-" + random.nextInt(25), () -> any(Hostile.ADDRESSES)))
                .replace("{code}", mostly(() -> "invalid", () -> any(Hostile.ADDRESSES)));
        List<String> query = new ArrayList<>();
        described.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query") && random.nextInt(4) == 0) {
                query.add(parameter.path("name").asText() + "="
                        + mostly(
                                () -> any(List.of("1", "20", "QUEUED", "PENDING", "SEND", "anna", "true")),
                                () -> any(Hostile.ADDRESSES)));
            }
        });
        String address = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        JsonNode content = described.path("requestBody").path("content");
        if (content.isEmpty()) {
            return Answer.to(method, address, null);
        }
        List<String> types = new ArrayList<>();
        content.fieldNames().forEachRemaining(types::add);
        String type = any(types);
        if (!type.equals("application/json")) {
            return Answer.to(method, address, list().getBytes(StandardCharsets.UTF_8), "Content-Type", type);
        }
        JsonNode schema = content.path(type).path("schema");
        boolean isArray = schema.has("anyOf") && random.nextBoolean();
        JsonNode shape = OpenApiTest.shape(document, schema.has("anyOf") ? schema.at("/anyOf/0") : schema);
        String body = isArray
                ? IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> object(shape))
                        .collect(Collectors.joining(",", "[", "]"))
                : object(shape);
        byte[] bytes = broken(body).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(10) > 0
                ? Answer.to(method, address, bytes, "Content-Type", type)
                : Answer.to(
                        method,
                        address,
                        bytes,
                        "Content-Type",
                        type,
                        "Idempotency-Key",
                        mostly(() -> "\"key-" + random.nextInt(5) + "\"", () -> "key"));
    }

    private String object(JsonNode shape) {
        List<String> fields = new ArrayList<>();
        shape.path("properties").fieldNames().forEachRemaining(name -> {
            boolean isRequired = shape.path("required").toString().contains("\"" + name + "\"");
            if (random.nextInt(4) == 0 || isRequired && random.nextInt(10) > 0) {
                fields.add("\"" + name + "\":" + value());
            }
        });
        if (random.nextInt(20) == 0) {
            fields.add("\"nobody\":" + value());
        }
        return "{" + String.join(",", fields) + "}";
    }

    private String value() {
        return switch (random.nextInt(6)) {
            case 0 -> number();
            case 1 -> any(OBJECTS);
            case 2 -> any(Hostile.VALUES);
            case 3 -> random.nextBoolean() ? "null" : "true";
            default -> "\"" + any(TEXTS) + "\"";
        };
    }

    private String list() {
        return broken("profile,degree,note\n"
                + IntStream.range(0, random.nextInt(20))
                        .mapToObj(i -> mostly(() -> "person-" + random.nextInt(50), () -> any(Hostile.ADDRESSES)) + ","
                                + number() + "," + any(TEXTS) + "\n")
                        .collect(Collectors.joining()));
    }

    /** Now and then cut, doubled, or with a character that is not meant to be there. */
    private String broken(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, at);
            case 1 -> text + text;
            case 2 ->
                text.substring(0, at) + any(List.of("\"", "{", "]", "\0", "\\", "é", "\n", ",")) + text.substring(at);
            default -> text;
        };
    }

    private String number() {
        return Integer.toString(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(30));
    }

    private String mostly(Supplier<String> usual, Supplier<String> rare) {
        return random.nextInt(5) > 0 ? usual.get() : rare.get();
    }

    private <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
