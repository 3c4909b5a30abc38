package dev.invitepacer.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.invitepacer.config.PacerConfig;

/**
 * Reads JSON bodies: one value in UTF-8, no field twice, nothing after it, at most {@code pacer.limits.json-body} bytes
 * and 32 levels deep. Whatever else comes is a problem answer that says what is wrong and where.
 */
@ApplicationScoped
public class StrictJson {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 40;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final long limit;

    public StrictJson(PacerConfig config) {
        this.limit = config.limits().jsonBody().asLongValue();
    }

    /** The object that the body holds; an empty body is no object. */
    public ObjectNode object(InputStream body) {
        JsonNode node = read(body);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.of(Code.UNREADABLE, "The body must be one JSON object: {…}.");
    }

    /** The object that the body holds; nothing where the body is empty. */
    public Optional<ObjectNode> objectIfAny(InputStream body) {
        JsonNode node = read(body);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (node instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw Problem.of(Code.UNREADABLE, "The body must be one JSON object {…}, or nothing.");
    }

    /** The array that the body holds; a single object is taken as an array of one. */
    public ArrayNode array(InputStream body, int most) {
        JsonNode node = read(body);
        ArrayNode array =
                node instanceof ArrayNode many ? many : mapper.createArrayNode().add(node);
        if (node.isMissingNode() || !(node.isObject() || node.isArray())) {
            throw Problem.of(Code.UNREADABLE, "The body must be a JSON object, or an array of them.");
        }
        if (array.size() > most) {
            throw Problem.of(
                    Code.TOO_LARGE, "The array holds " + array.size() + " items; at most " + most + " are taken.");
        }
        return array;
    }

    /** The object in one line of a list; the problem of a line that holds none says so in its detail. */
    public ObjectNode line(byte[] line) {
        if (parse(line, "line") instanceof ObjectNode object) {
            return object;
        }
        throw Problem.of(Code.UNREADABLE, "The line must be one JSON object: {…}.");
    }

    private JsonNode read(InputStream body) {
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE));
            if (bytes.length > limit) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "A JSON body may hold " + limit + " bytes here (setting pacer.limits.json-body).");
            }
            return parse(bytes, "body");
        } catch (IOException broken) {
            throw Problem.of(Code.UNREADABLE, "The body ended before it was complete.");
        }
    }

    private JsonNode parse(byte[] bytes, String what) {
        try {
            JsonNode node = mapper.readTree(text(bytes));
            return node == null ? mapper.missingNode() : node;
        } catch (CharacterCodingException notText) {
            throw Problem.of(Code.UNREADABLE, "The " + what + " is not UTF-8; send JSON in UTF-8.");
        } catch (JsonProcessingException unreadable) {
            throw Problem.of(Code.UNREADABLE, sentence(unreadable, what));
        }
    }

    /** The parser would guess the encoding and take UTF-16 too; RFC 8259 knows UTF-8 only. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** In our own words: the parser's speak of its classes and repeat what came in. */
    private static String sentence(JsonProcessingException unreadable, String what) {
        String cause = String.valueOf(unreadable.getOriginalMessage());
        if (unreadable instanceof StreamConstraintsException) {
            return cause.contains("depth")
                    ? "The " + what + " is nested more than " + DEEPEST + " levels deep."
                    : "The " + what + " holds a number of more than " + LONGEST_NUMBER
                            + " digits, or a name or text too long.";
        }
        JsonLocation at = unreadable.getLocation();
        String where = at == null
                ? ""
                : what.equals("line")
                        ? " at column " + at.getColumnNr()
                        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (cause.startsWith("Duplicate field")) {
            return "The " + what + " names a field twice" + where + ".";
        }
        if (unreadable instanceof MismatchedInputException) {
            return "Something follows the JSON value" + where + "; send one value.";
        }
        if (unreadable instanceof JsonEOFException) {
            return "The " + what + " ends" + where + " in the midst of JSON.";
        }
        return "The " + what + " is not JSON" + where + ".";
    }
}
