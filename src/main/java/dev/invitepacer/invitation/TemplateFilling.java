package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.invitepacer.web.Problem;

/** One draft and the template that it names: the draft with its note, or why there is none. */
final class TemplateFilling {
    private static final int NAMES_SHOWN = 20;

    /** @param sentence says how to mend it */
    record Refused(Refusal refusal, String sentence) {}

    private final List<Refused> refusals = new ArrayList<>();
    private final Draft draft;

    TemplateFilling(Draft draft, DraftRules rules) {
        Optional<NoteTemplate> template = rules.templates().named(draft.template());
        if (template.isEmpty()) {
            refusals.add(new Refused(Refusal.DRAFT_INVALID, unknown(draft.template(), rules.templates())));
            this.draft = draft;
            return;
        }
        NoteTemplate.Filled filled = template.get().filled(draft.profile(), values(draft));
        filled.missing().forEach(field -> refusals.add(new Refused(Refusal.DRAFT_INVALID, missing(field, draft))));
        if (refusals.isEmpty() && filled.length() > rules.tier().noteLimit()) {
            refusals.add(new Refused(Refusal.NOTE_TOO_LONG, tooLong(filled, draft, rules)));
        }
        this.draft = with(draft, filled);
    }

    /** Empty where the draft has its note. */
    List<Refused> refusals() {
        return refusals;
    }

    Draft draft() {
        return draft;
    }

    /** What a template may insert; the draft's own words go before fields of the same name. */
    private static Map<String, String> values(Draft draft) {
        Map<String, String> values = new LinkedHashMap<>(draft.fields());
        Map<String, String> own = new LinkedHashMap<>();
        own.put("firstName", draft.firstName());
        own.put("lastName", draft.lastName());
        own.put("headline", draft.headline());
        own.put("company", draft.company());
        own.values().removeIf(value -> value == null);
        values.putAll(own);
        return values;
    }

    private static String unknown(String name, TemplateShelf shelf) {
        List<String> names = shelf.names();
        String known = names.isEmpty()
                ? "The account has none: PUT one at /api/v1/accounts/{account}/templates/{name}."
                : "There are " + names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                        + (names.size() > NAMES_SHOWN ? ", …." : ".");
        return "There is no template “" + Problem.shown(name, 63) + "”. " + known;
    }

    private static String missing(String field, Draft draft) {
        return "The template " + draft.template() + " needs " + field
                + ", which this draft does not give: give it, or give"
                + " the template a fallback for it, or put it into {{#" + field + "}}…{{/" + field + "}}.";
    }

    private static String tooLong(NoteTemplate.Filled filled, Draft draft, DraftRules rules) {
        boolean isCut = filled.length() > NoteText.LONGEST_RESULT;
        return "With this draft's values, alternative " + filled.longest() + " of the template " + draft.template()
                + " has "
                + (isCut ? "more than " + NoteText.LONGEST_RESULT : filled.length()) + " characters and a "
                + rules.tier() + " account may send " + rules.tier().noteLimit()
                + ": shorten the template, or a value.";
    }

    private static Draft with(Draft draft, NoteTemplate.Filled filled) {
        return new Draft(
                draft.profile(),
                draft.firstName(),
                draft.lastName(),
                draft.headline(),
                draft.company(),
                filled.note(),
                draft.template(),
                filled.alternative(),
                draft.fields(),
                draft.degree(),
                draft.priority(),
                draft.campaign(),
                draft.source(),
                draft.notBefore(),
                draft.lapsesAt(),
                draft.memberUrn(),
                draft.email());
    }
}
