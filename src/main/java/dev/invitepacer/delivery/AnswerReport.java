package dev.invitepacer.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import dev.invitepacer.web.Fields;

/**
 * The report that the body of a 2xx may carry. Pure. Whatever is no report of a kind that answers this task means that the
 * receiver has the task and will report; where it was meant as a report and is broken, the outcome says how.
 */
final class AnswerReport {
    private static final int DEEPEST = 8;
    private static final int LONGEST_DETAIL = 1_000;
    private static final int LONGEST_REFERENCE = 200;

    /** How far each refusal reaches. */
    private static final Map<String, Outcome.Reach> REACHES = Map.of(
            "WEEKLY_LIMIT", Outcome.Reach.ACCOUNT,
            "RESTRICTED", Outcome.Reach.ACCOUNT,
            "NOTE_QUOTA", Outcome.Reach.PERSON,
            "COOLDOWN", Outcome.Reach.PERSON,
            "ALREADY_INVITED", Outcome.Reach.PERSON,
            "ALREADY_CONNECTED", Outcome.Reach.PERSON);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AnswerReport() {}

    static Outcome outcome(TaskKind kind, byte[] body) {
        ObjectNode object = object(body);
        if (object == null || !object.hasNonNull("type")) {
            return new Outcome.Taken();
        }
        Fields fields = new Fields(object);
        String type = fields.string("type", 40);
        Instant at = fields.instant("at");
        Instant until = fields.instant("until");
        String refusal = fields.string("refusal", 40);
        String reference = fields.string("reference", LONGEST_REFERENCE);
        String detail = fields.string("detail", LONGEST_DETAIL);
        String said = detail == null ? "The receiver says " + type + "." : detail;
        if (type == null) {
            return broken(fields);
        }
        Outcome outcome = null;
        if (type.equals(doneBy(kind))) {
            outcome = new Outcome.Done(at, reference);
        } else if (type.equals(failedBy(kind))) {
            outcome = new Outcome.Failed(said);
        } else if (type.equals("REFUSED") && kind != TaskKind.FOLLOW) {
            if (refusal != null && REACHES.containsKey(refusal)) {
                outcome = new Outcome.Refused(REACHES.get(refusal), refusal, until, said);
            } else {
                fields.wrong(
                        "refusal",
                        "must be one of " + REACHES.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
        } else {
            fields.wrong("type", "of an answer to a " + kind + " task is " + typesOf(kind));
        }
        return fields.violations().isEmpty() ? outcome : broken(fields);
    }

    /** A report that says something must not be lost without a word: it can be sent again to the reports. */
    private static Outcome broken(Fields fields) {
        return new Outcome.Taken("The answer's report was not understood: "
                + fields.violations().stream()
                        .map(violation -> violation.field() + " " + violation.message())
                        .collect(Collectors.joining("; "))
                + ".");
    }

    private static String doneBy(TaskKind kind) {
        return switch (kind) {
            case SEND -> "SENT";
            case WITHDRAW -> "WITHDRAWN";
            case FOLLOW -> "FOLLOWED";
        };
    }

    private static String failedBy(TaskKind kind) {
        return switch (kind) {
            case SEND -> "FAILED";
            case WITHDRAW -> "NOT_WITHDRAWN";
            case FOLLOW -> "NOT_FOLLOWED";
        };
    }

    private static String typesOf(TaskKind kind) {
        return doneBy(kind) + (kind == TaskKind.FOLLOW ? "" : ", REFUSED") + " or " + failedBy(kind);
    }

    private static ObjectNode object(byte[] body) {
        try {
            return body.length > 0 && JSON.readTree(body) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException unreadable) {
            return null;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
