package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/**
 * Reads a draft, or a change of one, from JSON. Only the shape is looked at here; the rules are {@link DraftInput#check}'s,
 * and what breaks either is told in one answer.
 */
final class DraftBody {
    private static final int LONGEST = 20_000;

    private final Fields fields;

    DraftBody(ObjectNode object) {
        this.fields = new Fields(object);
    }

    Fields fields() {
        return fields;
    }

    DraftInput draft() {
        DraftInput input = new DraftInput(
                text("profile"),
                text("firstName"),
                text("lastName"),
                text("headline"),
                text("company"),
                text("note"),
                text("template"),
                fields.texts("fields", 1_000, 1_000, LONGEST),
                numeral("degree"),
                numeral("priority"),
                text("campaign"),
                text("source"),
                text("notBefore"),
                text("lapsesAt"),
                text("memberUrn"),
                text("email"));
        fields.done();
        return input;
    }

    /** What a merge patch sets; the present values only where a rule needs both, so that nothing else is judged again. */
    DraftInput patch(Invitation present) {
        boolean isRendered = !fields.lacks("template");
        boolean isTimed = fields.has("notBefore") || fields.has("lapsesAt");
        return new DraftInput(
                present.profile,
                isRendered ? present.firstName : null,
                isRendered ? present.lastName : null,
                isRendered ? present.headline : null,
                isRendered ? present.company : null,
                text("note"),
                text("template"),
                isRendered ? StoredFields.of(present.fields) : null,
                null,
                numeral("priority"),
                text("campaign"),
                null,
                fields.has("notBefore") || !isTimed ? text("notBefore") : written(present.notBefore),
                fields.has("lapsesAt") || !isTimed ? text("lapsesAt") : written(present.lapsesAt),
                null,
                null);
    }

    /** Throws the problem with every violation of shape and rules, if there is any; otherwise the draft. */
    Draft checked(DraftInput input, DraftRules rules) {
        Set<String> misshapen =
                fields.violations().stream().map(Problem.Violation::field).collect(Collectors.toSet());
        Checked checked = input.check(rules);
        if (checked instanceof Checked.Refused refused) {
            refused.violations().stream()
                    .filter(violation -> !misshapen.contains(violation.field()))
                    .forEach(violation -> fields.wrong(violation.field(), violation.message()));
            throw Problem.of(
                    misshapen.isEmpty() ? Code.valueOf(refused.refusal().name()) : Code.INVALID, fields.violations());
        }
        fields.orThrow();
        return ((Checked.Accepted) checked).draft();
    }

    private String text(String field) {
        return fields.string(field, LONGEST);
    }

    private Numeral numeral(String field) {
        JsonNode node = fields.raw(field);
        if (node == null) {
            return null;
        }
        return node.isNumber() ? new Numeral(node.asText()) : fields.wrong(field, "must be a whole number");
    }

    private static String written(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
