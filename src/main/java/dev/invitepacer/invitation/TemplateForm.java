package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.account.Text;
import dev.invitepacer.account.Tier;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/**
 * A template as callers send it.
 *
 * @param alternatives sources of notes, of which each person gets one
 * @param fallbacks what stands where a draft lacks a field
 */
@Schema(name = "TemplateForm")
public record TemplateForm(
        @Schema(required = true, minItems = 1, maxItems = NoteTemplate.MOST_ALTERNATIVES)
        List<String> alternatives,

        Map<String, String> fallbacks) {

    private static final Text SOURCE = Text.lines(NoteTemplate.LONGEST_SOURCE);
    private static final Text FALLBACK = Text.line(200);
    private static final int MOST_FALLBACKS = 50;

    /** Reads and checks one; a problem answer tells every violation. */
    static TemplateForm read(ObjectNode body, Tier tier) {
        Fields fields = new Fields(body);
        List<String> alternatives = sources(fields);
        Map<String, String> fallbacks = fields.texts("fallbacks", MOST_FALLBACKS, 63, 1_000);
        fields.done();
        boolean isMisshapen = !fields.violations().isEmpty();
        Set<String> variables = new TreeSet<>();
        for (int i = 0; i < alternatives.size(); i++) {
            check(fields, "alternatives[" + i + "]", alternatives.get(i), tier, variables);
        }
        fallbacks.forEach((name, text) -> {
            if (!isMisshapen && !variables.contains(name)) {
                fields.wrong("fallbacks." + name, "no alternative names this field; leave the fallback out");
            }
            FALLBACK.objection(text).ifPresent(fault -> fields.wrong("fallbacks." + name, fault));
            if (Text.bare(text).isEmpty()) {
                fields.wrong("fallbacks." + name, "must not be blank; to say nothing use a section");
            }
        });
        if (!fields.violations().isEmpty()) {
            throw Problem.of(isMisshapen ? Code.INVALID : Code.TEMPLATE_INVALID, fields.violations());
        }
        return new TemplateForm(alternatives, fallbacks);
    }

    private static List<String> sources(Fields fields) {
        JsonNode node = fields.raw("alternatives");
        List<String> sources = new ArrayList<>();
        if (node == null || !node.isArray() || node.isEmpty() || node.size() > NoteTemplate.MOST_ALTERNATIVES) {
            fields.wrong("alternatives", "must be a list of 1 to " + NoteTemplate.MOST_ALTERNATIVES + " texts");
            return sources;
        }
        for (JsonNode item : node) {
            if (!item.isTextual()) {
                fields.wrong("alternatives", "must hold texts; this is none: " + Problem.shown(item.toString(), 40));
                continue;
            }
            sources.add(item.textValue().replace("\r\n", "\n").replace('\r', '\n'));
        }
        return sources;
    }

    private static void check(Fields fields, String field, String source, Tier tier, Set<String> variables) {
        Optional<String> fault = SOURCE.objection(source);
        if (fault.isPresent()) {
            fields.wrong(field, fault.get());
            return;
        }
        if (Text.bare(source).isEmpty()) {
            fields.wrong(field, "must say something");
            return;
        }
        try {
            NoteText text = new NoteText(source);
            variables.addAll(text.variables());
            if (text.leastLength() > tier.noteLimit()) {
                fields.wrong(
                        field,
                        "its fixed text alone has " + text.leastLength() + " characters, and a " + tier
                                + " account may send " + tier.noteLimit() + ": shorten it");
            }
        } catch (InvalidTemplate wrong) {
            fields.wrong(field, wrong.getMessage());
        }
    }
}
