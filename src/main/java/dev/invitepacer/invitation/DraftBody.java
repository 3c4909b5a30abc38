package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.invitepacer.web.Fields;

/** Reads a draft from JSON. Only its shape is looked at here; the rules are {@link DraftInput#check}'s. */
final class DraftBody {
    private static final int LONGEST = 20_000;

    private DraftBody() {}

    static DraftInput read(ObjectNode object) {
        Fields fields = new Fields(object);
        DraftInput input = new DraftInput(
                fields.string("profile", LONGEST),
                fields.string("firstName", LONGEST),
                fields.string("lastName", LONGEST),
                fields.string("headline", LONGEST),
                fields.string("company", LONGEST),
                fields.string("note", LONGEST),
                fields.texts("fields", 1_000, 1_000, LONGEST),
                numeral(fields, object, "degree"),
                numeral(fields, object, "priority"),
                fields.string("campaign", LONGEST),
                fields.string("source", LONGEST),
                fields.string("notBefore", LONGEST),
                fields.string("lapsesAt", LONGEST),
                fields.string("memberUrn", LONGEST),
                fields.string("email", LONGEST));
        fields.orThrow();
        return input;
    }

    private static Numeral numeral(Fields fields, ObjectNode object, String field) {
        fields.expect(field);
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        return node.isNumber() ? new Numeral(node.asText()) : fields.wrong(field, "must be a whole number");
    }
}
