package dev.invitepacer.invitation;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import dev.invitepacer.account.Advice;
import dev.invitepacer.account.Text;

/** One look over one incoming draft, which notes everything that is wrong with it. */
final class Inspection {

    static final int MAX_FIELDS = 50;
    static final Text FIELD_NAME = Text.line(63);

    private static final Text NAME = Text.line(100);
    private static final Text HEADLINE = Text.line(300);
    private static final Text COMPANY = Text.line(200);
    private static final Text RAW_NOTE = Text.lines(2_000);
    private static final Text LABEL = Text.line(63);
    private static final Text MEMBER_URN = Text.line(200);
    private static final Text EMAIL = Text.line(254);
    private static final Text FIELD_VALUE = Text.lines(500);

    /** The wide forms are what Japanese and Chinese spreadsheets take for the plain ones. */
    private static final Pattern FORMULA = Pattern.compile("[=+@\t\r＝＋＠].*", Pattern.DOTALL);

    static final Pattern ONLY_DOTS = Pattern.compile("\\.+");
    static final Pattern CAMPAIGN = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._-]*");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TOO_LATE =
            Instant.parse("9999-12-31T23:59:59.999999Z").plus(1, ChronoUnit.MICROS);

    private final DraftInput input;
    private final DraftRules rules;
    private final List<Violation> violations = new ArrayList<>();
    private Refusal refusal;

    Inspection(DraftInput input, DraftRules rules) {
        this.input = input;
        this.rules = rules;
    }

    Checked result() {
        Profile profile = profile();
        String firstName = name("firstName", input.firstName());
        String lastName = name("lastName", input.lastName());
        String headline = text("headline", input.headline(), HEADLINE);
        String company = text("company", input.company(), COMPANY);
        String note = note();
        Map<String, String> fields = fields();
        int degree = number("degree", input.degree(), 2, 1, 3);
        int priority = number("priority", input.priority(), 0, -10, 10);
        String campaign = campaign();
        String source = text("source", input.source(), LABEL);
        Instant notBefore = instant("notBefore", input.notBefore());
        Instant lapsesAt = instant("lapsesAt", input.lapsesAt());
        if (notBefore != null && lapsesAt != null && !lapsesAt.isAfter(notBefore)) {
            refuse("lapsesAt", "Let it lapse after notBefore: as it is, it could never be released.");
        }
        String memberUrn = text("memberUrn", input.memberUrn(), MEMBER_URN);
        String email = email();
        requireInvitee(memberUrn, email);
        String template = template();
        if (refusal != null) {
            return new Checked.Refused(refusal, violations);
        }
        return judged(filled(new Draft(
                profile, firstName, lastName, headline, company, note, template, null, fields, degree, priority,
                campaign, source, notBefore, lapsesAt, memberUrn, email)));
    }

    private String template() {
        String template = text("template", input.template(), FIELD_NAME);
        if (template != null
                && input.note() != null
                && Note.written(input.note()).isPresent()) {
            refuse("template", "Give a note or a template, not both.");
        }
        return template;
    }

    /** The draft with the note that its template makes; null where that refuses it. */
    private Draft filled(Draft draft) {
        if (draft.template() == null) {
            return draft;
        }
        TemplateFilling filling = new TemplateFilling(draft, rules);
        filling.refusals().forEach(wrong -> refuse("template", wrong.sentence(), wrong.refusal()));
        return refusal == null ? filling.draft() : null;
    }

    private Checked judged(Draft draft) {
        if (draft != null) {
            for (AdviceGiven given : rules.refusals(draft)) {
                refuse(fieldOf(given.advice()), given.message(), Refusal.of(given.advice()));
            }
        }
        return refusal == null ? new Checked.Accepted(draft) : new Checked.Refused(refusal, violations);
    }

    static String fieldOf(Advice advice) {
        return switch (advice) {
            case THIRD_DEGREE -> "degree";
            case SOURCE_BOUGHT_LIST -> "source";
            default -> "note";
        };
    }

    private Profile profile() {
        try {
            return Profile.parse(input.profile());
        } catch (InvalidProfile e) {
            refuse("profile", e.getMessage(), Refusal.PROFILE_INVALID);
            return null;
        }
    }

    private String name(String field, String raw) {
        if (raw != null
                && (FORMULA.matcher(raw).matches()
                        || FORMULA.matcher(Text.bare(raw)).matches())) {
            refuse(
                    field,
                    "Begin a name with a letter, not with =, +, @ or a tab: a spreadsheet would run it as a formula.");
            return null;
        }
        return text(field, raw, NAME);
    }

    private String campaign() {
        String campaign = text("campaign", input.campaign(), LABEL);
        if (campaign != null && !CAMPAIGN.matcher(campaign).matches()) {
            refuse("campaign", "Name a campaign with letters, digits, spaces, hyphens, underscores and dots only.");
        }
        if (Campaign.NONE.equals(campaign)) {
            refuse("campaign", "Name it otherwise: " + Campaign.NONE + " stands for the drafts of no campaign.");
        }
        if (campaign != null && ONLY_DOTS.matcher(campaign).matches()) {
            refuse("campaign", "Name it otherwise: what is nothing but dots cannot stand in an address.");
        }
        return campaign;
    }

    private String email() {
        String email = text("email", input.email(), EMAIL);
        if (email != null && !ADDRESS.matcher(email).matches()) {
            refuse("email", "Write one e-mail address, such as jane@example.com.");
        }
        return email;
    }

    private void requireInvitee(String memberUrn, String email) {
        boolean isToldWrong = input.email() != null
                && email == null
                && !Text.bare(input.email()).isEmpty();
        if (rules.needsInvitee()
                && !isToldWrong
                && InviteeUrn.of(memberUrn, email).isEmpty()) {
            refuse(
                    "memberUrn",
                    "Give urn:li:person:… with the member's id, or an email: LinkedIn's API knows people by nothing else.",
                    Refusal.INVITEE_MISSING);
        }
    }

    private String note() {
        if (input.note() == null) {
            return null;
        }
        String lines = input.note().replace("\r\n", "\n").replace('\r', '\n');
        Optional<String> unreadable = RAW_NOTE.objection(lines);
        if (unreadable.isPresent()) {
            refuse("note", unreadable.get());
            return null;
        }
        Optional<Note> note = Note.written(lines);
        note.flatMap(n -> n.objection(rules.tier()))
                .ifPresent(tooLong -> refuse("note", tooLong, Refusal.NOTE_TOO_LONG));
        return note.map(Note::text).orElse(null);
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (input.fields() == null) {
            return fields;
        }
        if (input.fields().size() > MAX_FIELDS) {
            refuse(
                    "fields",
                    "Give at most " + MAX_FIELDS + " template fields; these are "
                            + input.fields().size() + ".");
            return fields;
        }
        input.fields().forEach((name, raw) -> {
            Optional<String> objection = fieldNameObjection(name);
            if (objection.isPresent()) {
                refuse("fields", objection.get());
                return;
            }
            String value = text("fields." + name, raw, FIELD_VALUE);
            if (value != null) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    /** Says what is wrong with the name of a template field, which a column's heading may be too. */
    static Optional<String> fieldNameObjection(String name) {
        if (Text.bare(name).isEmpty()) {
            return Optional.of("Give every template field a name.");
        }
        return FIELD_NAME.objection(name).map(objection -> "The name of a template field is wrong. " + objection);
    }

    /** Normal form C, so that what looks the same is the same; nothing where there is nothing to see. */
    private String text(String field, String raw, Text kind) {
        if (raw == null) {
            return null;
        }
        String lines = kind.multiLine() ? raw.replace("\r\n", "\n").replace('\r', '\n') : raw;
        String text = Normalizer.normalize(Text.bare(lines), Normalizer.Form.NFC);
        Optional<String> objection = kind.objection(text);
        objection.ifPresent(sentence -> refuse(field, sentence));
        return text.isEmpty() || objection.isPresent() ? null : text;
    }

    private int number(String field, Numeral raw, int missing, int least, int most) {
        if (raw == null) {
            return missing;
        }
        OptionalInt number = raw.value();
        if (number.isEmpty() || number.getAsInt() < least || number.getAsInt() > most) {
            refuse(field, "Write a whole number from " + least + " to " + most + " in plain digits.");
        }
        return number.orElse(missing);
    }

    private Instant instant(String field, String raw) {
        if (raw == null || Text.bare(raw).isEmpty()) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(Text.bare(raw)).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!instant.isBefore(EARLIEST) && instant.isBefore(TOO_LATE)) {
                return instant;
            }
            refuse(field, "Give a time in the years 1970 to 9999.");
        } catch (DateTimeException e) {
            refuse(field, "Write a time as 2026-11-23T09:00:00Z, with Z or an offset such as +02:00.");
        }
        return null;
    }

    private void refuse(String field, String message) {
        refuse(field, message, Refusal.DRAFT_INVALID);
    }

    private void refuse(String field, String message, Refusal why) {
        violations.add(new Violation(field, message));
        refusal = refusal == null || why.compareTo(refusal) < 0 ? why : refusal;
    }
}
