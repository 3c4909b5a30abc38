package dev.invitepacer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fields of a JSON object, read one by one. What is wrong is collected, so that one answer tells every violation; a
 * missing or null field is the given default. {@link #done} must be called at the end: it refuses fields that nobody
 * asked for.
 */
public final class Fields {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Some messages repeat what is wrong, however long it is. */
    private static final int LONGEST_MESSAGE = 500;

    /** Nobody means anything by 100,000 names that are not known. */
    private static final int MOST_GUESSES = 100;

    private final ObjectNode object;
    private final String prefix;
    private final List<Problem.Violation> violations;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> told = new LinkedHashSet<>();

    public Fields(ObjectNode object) {
        this(object, "", new ArrayList<>());
    }

    private Fields(ObjectNode object, String prefix, List<Problem.Violation> violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    public String string(String field, int most) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            return wrong(field, "must be a text in quotes");
        }
        String text = node.textValue();
        if (text.length() > most) {
            return wrong(field, "has " + text.length() + " characters; at most " + most + " are taken");
        }
        Optional<String> fault = textFault(text);
        return fault.isPresent() ? wrong(field, fault.get()) : text;
    }

    public Integer integer(String field, int least, int most, Integer otherwise) {
        JsonNode node = node(field);
        if (node == null) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            wrong(field, "must be a whole number from " + least + " to " + most);
            return otherwise;
        }
        return node.intValue();
    }

    public Long id(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
            return wrong(field, "must be an id, a whole number from 1");
        }
        return node.longValue();
    }

    public boolean bool(String field, boolean otherwise) {
        JsonNode node = node(field);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            wrong(field, "must be true or false");
        }
        return node.booleanValue();
    }

    public <E extends Enum<E>> E oneOf(String field, Class<E> type, E otherwise) {
        JsonNode node = node(field);
        if (node == null) {
            return otherwise;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(node.textValue()))
                .findFirst()
                .orElseGet(() -> {
                    wrong(
                            field,
                            "must be one of "
                                    + Arrays.stream(type.getEnumConstants())
                                            .map(Enum::name)
                                            .collect(Collectors.joining(", ")));
                    return otherwise;
                });
    }

    public Instant instant(String field) {
        Instant instant = parsed(
                field,
                null,
                text -> OffsetDateTime.parse(text).toInstant(),
                "must be an instant such as 2026-11-23T09:00:00Z");
        if (instant != null && (instant.isBefore(EARLIEST) || instant.isAfter(LATEST))) {
            return wrong(field, "must lie between 1970 and 9999");
        }
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    public Duration duration(String field, Duration least, Duration most, Duration otherwise) {
        String shape = "must be a duration such as P30D, from " + iso(least) + " to " + iso(most);
        Duration duration = parsed(field, otherwise, Duration::parse, shape);
        if (duration != null && (duration.compareTo(least) < 0 || duration.compareTo(most) > 0)) {
            wrong(field, shape);
            return otherwise;
        }
        return duration;
    }

    public LocalTime time(String field, LocalTime otherwise) {
        return parsed(field, otherwise, LocalTime::parse, "must be a time of day such as 03:00");
    }

    public ZoneId zone(String field, ZoneId otherwise) {
        return parsed(
                field,
                otherwise,
                text -> {
                    if (!text.equals("UTC") && !ZoneId.getAvailableZoneIds().contains(text)) {
                        throw new DateTimeException("unknown");
                    }
                    return ZoneId.of(text);
                },
                "must be a time zone's IANA name such as Europe/Oslo");
    }

    public Set<LocalDate> dates(String field, int most) {
        JsonNode node = node(field);
        Set<LocalDate> dates = new LinkedHashSet<>();
        if (node == null) {
            return dates;
        }
        String shape = "must be a list of at most " + most + " dates such as 2026-12-24";
        if (!node.isArray() || node.size() > most) {
            wrong(field, shape);
            return dates;
        }
        for (JsonNode item : node) {
            try {
                dates.add(LocalDate.parse(item.isTextual() ? item.textValue() : ""));
            } catch (DateTimeException unreadable) {
                wrong(field, shape + "; this is none: " + shortly(item));
            }
        }
        return dates;
    }

    /** Each text once, in the order given. */
    public Set<String> strings(String field, int most) {
        JsonNode node = node(field);
        Set<String> texts = new LinkedHashSet<>();
        if (node == null) {
            return texts;
        }
        if (!node.isArray() || node.size() > most) {
            wrong(field, "must be a list of at most " + most + " texts");
            return texts;
        }
        for (JsonNode item : node) {
            if (item.isTextual()) {
                texts.add(item.textValue());
            } else {
                wrong(field, "must hold texts; this is none: " + shortly(item));
            }
        }
        return texts;
    }

    /** The fields of an object within this one; null where there is none. Its violations are told with these. */
    public Fields within(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode inner)) {
            return wrong(field, "must be an object {…}");
        }
        return new Fields(inner, prefix + field + ".", violations);
    }

    /** A map of texts, such as template fields. */
    public Map<String, String> texts(String field, int most, int longestName, int longestValue) {
        Map<String, String> texts = new LinkedHashMap<>();
        Fields inner = within(field);
        if (inner == null) {
            return texts;
        }
        if (inner.object.size() > most) {
            wrong(field, "holds " + inner.object.size() + " entries; at most " + most + " are taken");
            return texts;
        }
        inner.object.fieldNames().forEachRemaining(name -> {
            if (name.isEmpty() || name.length() > longestName || textFault(name).isPresent()) {
                wrong(field, "has a name that is empty, unprintable or over " + longestName + " characters");
                return;
            }
            String value = inner.string(name, longestValue);
            if (value != null) {
                texts.put(name, value);
            }
        });
        return texts;
    }

    /** A map of lists of texts, such as active hours; null where the field is missing. */
    public Map<String, List<String>> lists(String field) {
        Fields inner = within(field);
        if (inner == null) {
            return null;
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        inner.object.fields().forEachRemaining(entry -> {
            List<String> items = new ArrayList<>();
            if (!entry.getValue().isArray()) {
                wrong(field, "must hold a list of texts for each name");
            }
            entry.getValue().forEach(item -> {
                if (item.isTextual()) {
                    items.add(item.textValue());
                } else {
                    wrong(field, "must hold texts in its lists; this is none: " + shortly(item));
                }
            });
            lists.put(entry.getKey(), items);
        });
        return lists;
    }

    /** A field as it came, for those that the caller reads itself; null where nothing was given. */
    public JsonNode raw(String field) {
        return node(field);
    }

    /** Whether a field is there, be it null: in a merge patch null says something. */
    public boolean has(String field) {
        return object.has(field);
    }

    /** Whether a field is missing or null: nothing was given. */
    public boolean lacks(String field) {
        return !object.hasNonNull(field);
    }

    /** Says that a field is against a rule. Always null, so that a caller can return it. */
    public <T> T wrong(String field, String message) {
        violations.add(new Problem.Violation(prefix + field, Problem.shown(message, LONGEST_MESSAGE)));
        return null;
    }

    public List<Problem.Violation> violations() {
        return violations;
    }

    /** Refuses the fields that nobody asked for. */
    public Fields done() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && told.add(name)) {
                violations.add(new Problem.Violation(
                        prefix + Problem.shown(name, 40),
                        "is not known here" + (told.size() > MOST_GUESSES ? "" : guess(name))));
            }
        });
        return this;
    }

    /** Throws the problem with every violation, if there is any. */
    public void orThrow() {
        done();
        if (!violations.isEmpty()) {
            throw Problem.of(Code.INVALID, violations);
        }
    }

    /** What makes a text impossible to keep: PostgreSQL holds no NUL, UTF-8 no lone surrogate. */
    public static Optional<String> textFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return Optional.of("holds a NUL character; leave it out");
            }
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return Optional.of("holds half a character (a lone surrogate); leave it out");
            }
        }
        return Optional.empty();
    }

    private String guess(String name) {
        return nearest(name).map(near -> "; do you mean " + near + "?").orElse("");
    }

    private Optional<String> nearest(String name) {
        String wanted = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return known.stream()
                .filter(candidate -> {
                    String lower = candidate.toLowerCase(Locale.ROOT);
                    return !wanted.isEmpty()
                            && (lower.equals(wanted)
                                    || wanted.length() > 3 && (lower.startsWith(wanted) || wanted.startsWith(lower)));
                })
                .findFirst();
    }

    private <T> T parsed(String field, T otherwise, Function<String, T> parser, String shape) {
        JsonNode node = node(field);
        if (node == null) {
            return otherwise;
        }
        try {
            if (node.isTextual() && node.textValue().length() <= 64) {
                return parser.apply(node.textValue());
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // told below, with the shape that is wanted
        }
        wrong(field, shape);
        return otherwise;
    }

    private JsonNode node(String field) {
        known.add(field);
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private static String shortly(JsonNode item) {
        return Problem.shown(item.toString(), 40);
    }

    private static String iso(Duration duration) {
        return duration.toHours() % 24 == 0 && duration.toDays() > 0
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }
}
