package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.List;

import dev.invitepacer.web.Problem;

/**
 * A batch of rows, looked at one by one: which are drafts, with which advice, and which are refused whatever the queue
 * holds. Needs nobody's lock.
 */
final class SortedRows {
    private final List<DraftCsv.Row> rows;
    private final DraftRules rules;
    private final long bytesRead;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final List<List<AdviceGiven>> advice = new ArrayList<>();
    private final List<RefusedRow> refused = new ArrayList<>();

    /** @param bytesRead how much of the list is read once these are dealt with */
    SortedRows(List<DraftCsv.Row> rows, DraftRules rules, long bytesRead) {
        this.rows = rows;
        this.rules = rules;
        this.bytesRead = bytesRead;
        rows.forEach(this::sort);
    }

    /** The same rows, sorted for an account whose rules may have changed since. */
    SortedRows forRules(DraftRules present) {
        return present.equals(rules) ? this : new SortedRows(rows, present, bytesRead);
    }

    int size() {
        return rows.size();
    }

    /** The line on which the last row begins. */
    long lastLine() {
        return rows.get(rows.size() - 1).line();
    }

    long bytesRead() {
        return bytesRead;
    }

    List<Draft> drafts() {
        return drafts;
    }

    List<RefusedRow> refused() {
        return refused;
    }

    /** The line of a draft. */
    long line(int at) {
        return lines.get(at);
    }

    /** The row of a draft, if there is any advice. */
    List<AdvisedRow> advised(int at) {
        return advice.get(at).isEmpty()
                ? List.of()
                : List.of(new AdvisedRow(lines.get(at), drafts.get(at).profile().slug(), advice.get(at)));
    }

    private void sort(DraftCsv.Row row) {
        if (row instanceof DraftCsv.Row.Refused unfit) {
            refused.add(new RefusedRow(unfit.line(), unfit.refusal().code(), unfit.sentence(), null, null));
            return;
        }
        DraftInput input = ((DraftCsv.Row.Filled) row).draft();
        Checked checked = input.check(rules);
        if (checked instanceof Checked.Refused wrong) {
            refused.add(
                    new RefusedRow(row.line(), wrong.refusal().code(), sentence(wrong), shown(input.profile()), null));
        } else {
            Draft draft = ((Checked.Accepted) checked).draft();
            drafts.add(draft);
            lines.add(row.line());
            advice.add(Advising.of(draft));
        }
    }

    private static String sentence(Checked.Refused wrong) {
        StringBuilder sentence = new StringBuilder();
        for (Violation violation : wrong.violations()) {
            sentence.append(sentence.isEmpty() ? "" : " ")
                    .append(violation.field())
                    .append(": ")
                    .append(violation.message());
        }
        return sentence.toString();
    }

    /** The slug, by which a person's rows can be found again; what is no profile as it stands. */
    private static String shown(String profile) {
        if (profile == null) {
            return null;
        }
        try {
            return Profile.parse(profile).slug();
        } catch (InvalidProfile none) {
            return Problem.shown(profile, 200);
        }
    }
}
