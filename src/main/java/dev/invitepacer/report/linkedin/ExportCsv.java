package dev.invitepacer.report.linkedin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVRecord;

import dev.invitepacer.account.Text;
import dev.invitepacer.invitation.CsvRecords;
import dev.invitepacer.invitation.UnreadableCsv;
import dev.invitepacer.web.Problem;

/**
 * One CSV file of an export: which of the two it is, and its rows by the columns' names. The header is the first row
 * among the first {@value #SEARCHED} that names the file's columns; what stands before it is passed over.
 */
public final class ExportCsv {
    /** Far more than LinkedIn lets a member have; a file that goes on is no export. */
    static final int MOST_ROWS = 1_000_000;

    private static final int SEARCHED = 50;
    private static final int PEEKED = 512;
    private static final int HEADINGS_SHOWN = 10;
    private static final int FEWEST_COLUMNS = 3;

    private final CsvRecords records;
    private final ExportFile file;
    private final Map<String, Integer> columns;
    private long rows;

    private ExportCsv(CsvRecords records, ExportFile file, Map<String, Integer> columns) {
        this.records = records;
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads up to the header.
     *
     * @param csv stays open; it is the caller's to close
     * @throws NotAnExport if it is neither of the two files
     * @throws UnreadableCsv if it is no CSV file at all, here and later
     */
    public static ExportCsv open(InputStream csv) {
        InputStream stream = new BufferedInputStream(csv);
        refuseOtherKinds(beginning(stream));
        CsvRecords records = new CsvRecords(stream);
        CSVRecord widest = null;
        for (int i = 0; i < SEARCHED; i++) {
            Optional<CSVRecord> record = records.next();
            if (record.isEmpty()) {
                break;
            }
            Map<String, Integer> columns = columns(record.get());
            for (ExportFile file : ExportFile.values()) {
                if (file.headings().stream().allMatch(heading -> columns.containsKey(key(heading)))) {
                    return new ExportCsv(records, file, columns);
                }
            }
            boolean isWider = widest == null || record.get().size() > widest.size();
            widest = isWider && !CsvRecords.isBlank(record.get()) ? record.get() : widest;
        }
        throw unknown(widest);
    }

    /** As {@link #open}, where only one of the two files will do. */
    static ExportCsv open(InputStream csv, ExportFile wanted) {
        ExportCsv opened = open(csv);
        if (opened.file != wanted) {
            throw new NotAnExport("The file named " + wanted.fileName() + " holds the columns of "
                    + opened.file.fileName() + ": send the zip as LinkedIn made it.");
        }
        return opened;
    }

    public ExportFile file() {
        return file;
    }

    /** One row; a cell that is missing is empty. */
    final class Row {
        private final CSVRecord record;
        private final long line = records.line();

        private Row(CSVRecord record) {
            this.record = record;
        }

        /** The physical line on which the row begins, from 1. */
        long line() {
            return line;
        }

        String cell(String heading) {
            Integer at = columns.get(key(heading));
            return at == null || at >= record.size() ? "" : Text.bare(record.get(at));
        }
    }

    /** The next row that is not blank; nothing at the end. */
    Optional<Row> next() {
        Optional<CSVRecord> record = records.next();
        while (record.isPresent()) {
            if (++rows > MOST_ROWS) {
                throw new NotAnExport(String.format(
                        Locale.ROOT, "%s has more than %,d rows: no export has.", file.fileName(), MOST_ROWS));
            }
            if (!CsvRecords.isBlank(record.get())) {
                return record.map(Row::new);
            }
            record = records.next();
        }
        return Optional.empty();
    }

    private static Map<String, Integer> columns(CSVRecord record) {
        Map<String, Integer> columns = new HashMap<>();
        for (int at = 0; at < record.size(); at++) {
            columns.putIfAbsent(key(Text.bare(record.get(at))), at);
        }
        return columns;
    }

    private static String key(String heading) {
        return heading.toLowerCase(Locale.ROOT);
    }

    private static String beginning(InputStream stream) {
        try {
            stream.mark(PEEKED);
            byte[] bytes = stream.readNBytes(PEEKED);
            stream.reset();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3).strip() : text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseOtherKinds(String beginning) {
        if (beginning.isEmpty()) {
            throw new NotAnExport(
                    "The file is empty: send LinkedIn's zip, or its Invitations.csv and Connections.csv.");
        }
        String kind = beginning.startsWith("<")
                ? "a web page"
                : beginning.startsWith("{") || beginning.startsWith("[")
                        ? "JSON"
                        : beginning.startsWith("%PDF")
                                ? "a PDF"
                                : beginning.startsWith("\u001F\u008B")
                                        ? "a gzip archive"
                                        : beginning.startsWith("\u00D0\u00CF\u0011\u00E0")
                                                ? "a spreadsheet workbook"
                                                : null;
        if (kind != null) {
            throw new NotAnExport("The file is " + kind
                    + ": send the zip that LinkedIn made, or the Invitations.csv and Connections.csv in it.");
        }
    }

    private static NotAnExport unknown(CSVRecord widest) {
        if (widest == null) {
            return new NotAnExport("The file holds nothing: send LinkedIn's zip as it came.");
        }
        List<String> headings = StreamSupport.stream(widest.spliterator(), false)
                .map(Text::bare)
                .toList();
        if (headings.stream().anyMatch("profile"::equalsIgnoreCase)) {
            return new NotAnExport("This is a list of drafts, not LinkedIn's export: send it to …/imports.");
        }
        if (widest.size() < FEWEST_COLUMNS) {
            return new NotAnExport(
                    "The file has no header of LinkedIn's export: send the zip that LinkedIn made, or the"
                            + " Invitations.csv and Connections.csv in it.");
        }
        return new NotAnExport("The columns are named "
                + headings.stream()
                        .limit(HEADINGS_SHOWN)
                        .map(heading -> "\"" + Problem.shown(heading, 40) + "\"")
                        .collect(Collectors.joining(", "))
                + (headings.size() > HEADINGS_SHOWN ? ", …" : "")
                + ", and in an English export they are "
                + Arrays.stream(ExportFile.values())
                        .map(file -> String.join(", ", file.headings()) + " (" + file.fileName() + ")")
                        .collect(Collectors.joining(" or "))
                + ". An export comes in the language of the member's LinkedIn: set that to English under Settings,"
                + " Account preferences, Language, and ask for the export again.");
    }
}
