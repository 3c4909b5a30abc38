package dev.invitepacer.invitation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import dev.invitepacer.account.Text;
import dev.invitepacer.web.CsvCells;

/**
 * The suppression list as CSV: the columns {@code profile} and {@code reason}; on the way in further columns are passed
 * over, and only {@code profile} must be there.
 *
 * <p>What a spreadsheet would run as a formula goes out with an apostrophe before it, and comes in without: reading what
 * was written gives what was there. A profile goes out as its address, which is no formula.
 */
final class SuppressionCsv {
    static final String HEADER = "profile,reason\r\n";

    /** The most rows of one list. */
    static final int MOST_ROWS = 100_000;

    private static final String MISQUOTED =
            "In the row that begins here a quote is opened and never closed, or something follows a closing quote.";

    private final CsvLines lines;
    private final Iterator<CSVRecord> records;

    /** A row that says nothing usable, and why. */
    record Refused(long line, String profile, String detail) {}

    /**
     * A list that was read to its end.
     *
     * @param reasons by slug, each person once; of several rows the first holds
     */
    record Read(long rows, Map<String, String> reasons, List<Refused> refused) {}

    private SuppressionCsv(CsvLines lines) throws IOException {
        this.lines = lines;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(lines.delimiter())
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
        this.records = CSVParser.parse(lines, format).iterator();
    }

    /** @throws UnreadableCsv where it is no such list, or does not end as one */
    static Read read(InputStream csv) {
        try {
            return new SuppressionCsv(new CsvLines(csv)).read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Read read() {
        List<String> header = cells(next());
        int profile = column(header, "profile");
        int reason = column(header, "reason");
        if (profile < 0) {
            throw new UnreadableCsv(1, "The first line names no column \"profile\": add the header profile,reason.");
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        List<Refused> refused = new ArrayList<>();
        long rows = 0;
        for (CSVRecord record = next(); record != null; record = next()) {
            List<String> cells = cells(record);
            if (cells.stream().allMatch(String::isEmpty)) {
                continue;
            }
            if (++rows > MOST_ROWS) {
                throw new UnreadableCsv(
                        lines.recordLine(), "A list holds at most " + MOST_ROWS + " rows; send it in parts.");
            }
            take(cell(cells, profile), cell(cells, reason), reasons, refused);
        }
        return new Read(rows, reasons, refused);
    }

    private void take(String profile, String reason, Map<String, String> reasons, List<Refused> refused) {
        String why = Suppression.tidy(CsvCells.read(reason));
        Optional<String> objection = Suppression.objection(why);
        try {
            String slug = Profile.parse(profile).slug();
            if (objection.isPresent()) {
                refused.add(new Refused(lines.recordLine(), slug, "reason: " + objection.get()));
            } else {
                reasons.putIfAbsent(slug, why);
            }
        } catch (InvalidProfile unfit) {
            refused.add(new Refused(lines.recordLine(), profile, "profile: " + unfit.getMessage()));
        }
    }

    private CSVRecord next() {
        lines.beginRecord();
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException broken) {
            if (broken.getCause() instanceof CSVException) {
                throw new UnreadableCsv(lines.recordLine(), MISQUOTED);
            }
            throw broken;
        }
    }

    private static List<String> cells(CSVRecord record) {
        return record == null ? List.of() : record.stream().map(Text::bare).toList();
    }

    private static int column(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String cell(List<String> cells, int column) {
        return column < 0 || column >= cells.size() ? "" : cells.get(column);
    }

    static String line(Suppression suppression) {
        return CsvCells.line(suppression.profileUrl(), suppression.reason());
    }
}
