package dev.invitepacer.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.invitepacer.web.Hostile;

/**
 * Values for the schemas of a contract. About two of three are as the schema wants them; others miss it by one, have another
 * type, or are what nobody should send.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> INSTANTS =
            List.of("2026-11-23T09:00:00Z", "2036-11-30T09:00:00+01:00", "1970-01-01T00:00:00Z");
    private static final List<String> DURATIONS = List.of("P1D", "P30D", "PT12H", "PT0S", "P179D", "P365D", "PT1S");
    private static final List<String> NUMBERS = List.of("1", "2", "3", "5", "20", "100");

    /** Words that mean something to the service, by the names of fields and parameters. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("account", List.of("anna", "anna", "anna", "anna", "anna", "anna", "bert", "nobody")),
            Map.entry("accounts", List.of("anna", "bert")),
            Map.entry("name", List.of("webinar", "-", "pgconf", "Anna Berg")),
            Map.entry("campaign", List.of("webinar", "-", "pgconf")),
            Map.entry("to", List.of("webinar", "-", "pgconf", "2026-12-30T00:00:00Z")),
            Map.entry("from", List.of("2026-11-02T00:00:00Z", "2026-12-24")),
            Map.entry("endpoint", List.of("crm", "hooks")),
            Map.entry("subscription", List.of("crm", "all")),
            Map.entry("template", List.of("t", "hello")),
            Map.entry("code", List.of("invalid", "busy")),
            Map.entry("kind", List.of("SEND", "WITHDRAW", "FOLLOW")),
            Map.entry("state", List.of("QUEUED", "PENDING", "RELEASED", "OPEN", "DONE")),
            Map.entry("stage", List.of("WAITING", "IN_DOUBT")),
            Map.entry("order", List.of("rank", "queued", "-queued")),
            Map.entry("by", List.of("campaign", "week", "source", "template", "advice")),
            Map.entry("trouble", List.of("PAUSED", "QUEUE_EMPTY")),
            Map.entry("holding", List.of("true", "false")),
            Map.entry("parked", List.of("true", "false")),
            Map.entry("force", List.of("true", "false")),
            Map.entry("dryRun", List.of("true", "false")),
            Map.entry("restriction", List.of("true", "false")),
            Map.entry("onCooldown", List.of("SKIP", "PARK")),
            Map.entry("timeZone", List.of("UTC", "Europe/Oslo", "Pacific/Auckland")),
            Map.entry("withdrawAt", List.of("03:00", "23:59")),
            Map.entry("type", List.of("invitation.released", "account.changed")),
            Map.entry("types", List.of("invitation.released", "account.changed")),
            Map.entry("source", List.of("event", "bought-list", "by-hand")),
            Map.entry(
                    "note",
                    List.of("Hi Grace, I liked your talk on engines.", "Hi there", "https://example.invalid/x")),
            Map.entry("alternatives", List.of("Hi {{firstName}}, I liked {{event}}", "Hi {{firstName", "{{#a}}")),
            Map.entry("memberUrn", List.of("urn:li:person:abc123")),
            Map.entry("email", List.of("grace@example.invalid")),
            Map.entry("notBefore", INSTANTS),
            Map.entry("lapsesAt", INSTANTS),
            Map.entry("after", List.of("0", "1", "20", "999999")),
            Map.entry("q", List.of("grace", "person", "ž", "%", "_")),
            Map.entry("Prefer", List.of("respond-async", "return=minimal", "wait=1")));

    /** A name could lead out of this machine; these lead to the receiver of the test, or nowhere. */
    private final List<String> addresses;

    private final Contract contract;
    private final Random random;

    Values(Contract contract, Random random, String receiver) {
        this.contract = contract;
        this.random = random;
        this.addresses = List.of(
                receiver + "/hook",
                receiver + "/other",
                "http://127.0.0.1:1/",
                "https://nowhere.invalid/x",
                "ftp://x",
                "http:/");
    }

    /** JSON for a field or body of this name and schema. */
    String json(String name, JsonNode schema) {
        if (name.equals("url")) {
            return quoted(any(addresses));
        }
        return switch (random.nextInt(12)) {
            case 0 -> any(Hostile.VALUES);
            case 1, 2 -> nearly(name, schema);
            default -> right(name, schema, 0);
        };
    }

    /** Text for a part of an address, percent-encoded. */
    String inAddress(String name, String path) {
        return switch (random.nextInt(10)) {
            case 0 -> any(Hostile.ADDRESSES);
            case 1 -> encoded(any(TextsNobodySends.ALL));
            default -> encoded(word(name, path));
        };
    }

    String inHeader(String name) {
        return random.nextInt(3) > 0
                ? word(name, "")
                : any(List.of("", "x", "\"", "a,b;c=d", "\t", "ÿ", "9".repeat(300)));
    }

    private String word(String name, String path) {
        if (name.equals("profile")) {
            return "person-" + random.nextInt(60);
        }
        if (name.equals("id") || name.equals("task")) {
            // The keys with which the scan itself asks are to stay.
            return Integer.toString(path.contains("/keys/") ? 20 + random.nextInt(40) : 1 + random.nextInt(60));
        }
        return any(WORDS.getOrDefault(name, NUMBERS));
    }

    private String right(String name, JsonNode reference, int depth) {
        if (name.equals("url")) {
            return quoted(any(addresses));
        }
        JsonNode schema = contract.resolved(reference);
        if (schema.has("anyOf")) {
            return right(
                    name,
                    schema.path("anyOf").get(random.nextInt(schema.path("anyOf").size())),
                    depth);
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .get(random.nextInt(schema.path("enum").size()))
                    .toString();
        }
        JsonNode types = schema.path("type");
        String type = types.isArray() ? types.get(random.nextInt(types.size())).asText() : types.asText("string");
        return switch (type) {
            case "integer", "number" -> Long.toString(between(schema));
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "null" -> "null";
            case "array" ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> right(name, schema.path("items"), depth + 1))
                        .collect(Collectors.joining(",", "[", "]"));
            case "object" -> depth > 6 ? "{}" : object(schema, depth);
            default -> text(name, schema);
        };
    }

    private String text(String name, JsonNode schema) {
        return quoted(
                switch (schema.path("format").asText()) {
                    case "date-time" -> any(INSTANTS);
                    case "date" -> any(List.of("2026-12-24", "2027-01-01"));
                    case "duration" -> any(DURATIONS);
                    case "time" -> any(List.of("03:00", "23:59"));
                    case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
                    default -> word(name, "");
                });
    }

    private String object(JsonNode schema, int depth) {
        List<String> fields = new ArrayList<>();
        schema.path("properties").fields().forEachRemaining(field -> {
            boolean isRequired = schema.path("required").toString().contains("\"" + field.getKey() + "\"");
            if (isRequired ? random.nextInt(20) > 0 : random.nextInt(4) == 0) {
                fields.add("\"" + field.getKey() + "\":"
                        + (depth > 0
                                ? right(field.getKey(), field.getValue(), depth + 1)
                                : json(field.getKey(), field.getValue())));
            }
        });
        if (schema.has("additionalProperties")) {
            for (String day : List.of("MONDAY", "TUESDAY", "SUNDAY", "event")) {
                if (random.nextBoolean()) {
                    fields.add("\"" + day + "\":"
                            + (schema.at("/additionalProperties/type").asText().equals("array")
                                    ? any(List.of("[\"00:00-24:00\"]", "[\"09:00-12:00\",\"13:00-17:00\"]", "[]"))
                                    : right(day, schema.path("additionalProperties"), depth + 1)));
                }
            }
        }
        return "{" + String.join(",", fields) + "}";
    }

    /** What misses the schema by as little as can be. */
    private String nearly(String name, JsonNode reference) {
        JsonNode schema = contract.resolved(reference);
        return switch (random.nextInt(6)) {
            case 0 -> Long.toString(schema.path("maximum").asLong(Integer.MAX_VALUE) + 1);
            case 1 -> Long.toString(schema.path("minimum").asLong(0) - 1);
            case 2 -> quoted("x".repeat(Math.min(2_000, schema.path("maxLength").asInt(63)) + 1));
            case 3 -> quoted(right(name, schema, 3).replaceAll("[\"{}\\[\\]]", "") + " ");
            case 4 -> "[" + right(name, schema, 3) + "]";
            default -> right(name, schema, 3).toLowerCase(java.util.Locale.ROOT);
        };
    }

    private long between(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(100);
        return least + random.nextInt((int) Math.min(10_000, most - least + 1));
    }

    /** Now and then cut, doubled, or with a character that is not meant to be there. */
    byte[] body(String text) {
        int at = random.nextInt(text.length() + 1);
        String body =
                switch (random.nextInt(24)) {
                    case 0 -> text.substring(0, at);
                    case 1 -> text + text;
                    case 2 ->
                        text.substring(0, at)
                                + any(List.of("\"", "{", "]", "\0", "\\", "é", "\n", ","))
                                + text.substring(at);
                    default -> text;
                };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    String list() {
        return any(List.of(
                        "profile,degree,note\n",
                        "profile;note\n",
                        "Profile,First Name\n",
                        "profile,profile\n",
                        "nobody\n"))
                + IntStream.range(0, random.nextInt(20))
                        .mapToObj(i ->
                                word("profile", "") + "," + random.nextInt(5) + "," + any(TextsNobodySends.ALL) + "\n")
                        .collect(Collectors.joining());
    }

    String lines(JsonNode draft) {
        return IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> json("draft", draft) + "\n")
                .collect(Collectors.joining());
    }

    <T> T any(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static String quoted(String text) {
        return JSON.textNode(text).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Texts that are too long, too clever, or of another world. */
    private static final class TextsNobodySends {
        static final List<String> ALL = List.of(
                "",
                " ",
                "'; drop table account; --",
                "\" or 1=1",
                "<script>alert(1)</script>",
                "${jndi:ldap://nowhere.invalid/x}",
                "{{7*7}}",
                "../../../etc/passwd",
                "=cmd|'/c calc'!A0",
                "\u0000",
                "\u202Eevil",
                "👩‍💻",
                "ﷺ".repeat(50),
                "a".repeat(3_000),
                "-9223372036854775809",
                "1e400",
                "NaN",
                "%s%n",
                "\r\nX-Evil: 1");
    }
}
