package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

import dev.invitepacer.account.Text;
import dev.invitepacer.invitation.DraftCsv.Row;

/** What the columns of a list of drafts mean, as its header says. */
final class DraftColumns {

    static final int MAX_COLUMNS = 100;

    private static final List<String> DRAFT_FIELDS = List.of(
            "profile",
            "firstName",
            "lastName",
            "headline",
            "company",
            "note",
            "template",
            "degree",
            "priority",
            "campaign",
            "source",
            "notBefore",
            "lapsesAt",
            "memberUrn",
            "email");

    /** How many of a wrong header's columns an answer repeats, and how much of each. */
    private static final int COLUMNS_SHOWN = 20;

    private static final int CHARACTERS_SHOWN = 40;

    /** By position; empty for a column without a name. */
    private final List<String> names;

    private final Set<String> templateFields;

    private DraftColumns(List<String> names, Set<String> templateFields) {
        this.names = names;
        this.templateFields = templateFields;
    }

    /** @throws UnreadableCsv if the header is no header of drafts */
    static DraftColumns of(CSVRecord header) {
        if (header.size() > MAX_COLUMNS) {
            throw wrong("The header names " + header.size() + " columns: send at most " + MAX_COLUMNS + ".");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        Set<String> templateFields = new TreeSet<>();
        for (String heading : header) {
            String name = canonical(Text.bare(heading));
            names.add(name);
            if (name.isEmpty()) {
                continue;
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw wrong("The header names the column " + shown(name) + " twice: remove or rename one.");
            }
            if (!DRAFT_FIELDS.contains(name)) {
                requireTemplateField(name);
                templateFields.add(name);
            }
        }
        if (!seen.contains("profile")) {
            throw wrong("The first line names no column \"profile\". It names "
                    + (seen.isEmpty() ? "nothing" : shown(names)) + ": add the header profile,firstName,lastName,… .");
        }
        if (templateFields.size() > Inspection.MAX_FIELDS) {
            throw wrong(
                    "The header names " + templateFields.size() + " columns that are not part of a draft: send at most "
                            + Inspection.MAX_FIELDS + " template fields.");
        }
        return new DraftColumns(names, templateFields);
    }

    private static String canonical(String heading) {
        return DRAFT_FIELDS.stream()
                .filter(known -> known.equalsIgnoreCase(heading))
                .findFirst()
                .orElse(heading);
    }

    private static void requireTemplateField(String name) {
        Inspection.fieldNameObjection(name).ifPresent(objection -> {
            throw wrong("Column " + shown(name) + ": " + objection);
        });
    }

    private static UnreadableCsv wrong(String sentence) {
        return new UnreadableCsv(1, sentence);
    }

    private static String shown(List<String> names) {
        String shown = names.stream()
                .filter(name -> !name.isEmpty())
                .limit(COLUMNS_SHOWN)
                .map(DraftColumns::shown)
                .collect(Collectors.joining(", "));
        return names.size() > COLUMNS_SHOWN ? shown + ", …" : shown;
    }

    private static String shown(String name) {
        boolean isLong = name.codePointCount(0, name.length()) > CHARACTERS_SHOWN;
        return "\"" + (isLong ? name.substring(0, name.offsetByCodePoints(0, CHARACTERS_SHOWN)) + "…" : name) + "\"";
    }

    /** The draft in a row, or the refusal of a row that holds something outside the named columns. */
    Row row(long line, CSVRecord record) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int at = 0; at < record.size(); at++) {
            String cell = record.get(at);
            if (Text.bare(cell).isEmpty()) {
                continue;
            }
            if (at >= names.size() || names.get(at).isEmpty()) {
                return new Row.Refused(line, Refusal.DRAFT_INVALID, surplus(at, record.size()));
            }
            cells.put(names.get(at), cell);
        }
        Map<String, String> fields = new LinkedHashMap<>(cells);
        fields.keySet().retainAll(templateFields);
        return new Row.Filled(line, draft(cells, fields));
    }

    private String surplus(int at, int size) {
        return "Cell " + (at + 1) + " of " + size + " stands under no column name; the header names "
                + names.stream().filter(name -> !name.isEmpty()).count()
                + ": name its column, or put quotes around a cell that holds the delimiter.";
    }

    private static DraftInput draft(Map<String, String> cells, Map<String, String> fields) {
        return new DraftInput(
                cells.get("profile"),
                cells.get("firstName"),
                cells.get("lastName"),
                cells.get("headline"),
                cells.get("company"),
                cells.get("note"),
                cells.get("template"),
                fields,
                numeral(cells.get("degree")),
                numeral(cells.get("priority")),
                cells.get("campaign"),
                cells.get("source"),
                cells.get("notBefore"),
                cells.get("lapsesAt"),
                cells.get("memberUrn"),
                cells.get("email"));
    }

    private static Numeral numeral(String cell) {
        return cell == null ? null : new Numeral(cell);
    }
}
