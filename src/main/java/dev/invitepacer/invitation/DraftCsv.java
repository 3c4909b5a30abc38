package dev.invitepacer.invitation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import dev.invitepacer.account.Text;

/**
 * A list of drafts as {@code text/csv}, read row by row in bounded memory: neither a long list nor an endless cell is
 * ever held as a whole.
 *
 * <p>The first line names the columns. The names of a draft's fields are known in any letter case; every other named
 * column is a template field; a column without a name must stay empty. Commas, semicolons and tabs delimit, whichever
 * the header holds most of. The file is UTF-8, with or without a byte order mark; quoted cells may hold line breaks;
 * lines may end in any way; rows in which every cell is blank are passed over.
 *
 * <p>A row that makes no sense by itself is a {@link Row.Refused}, and reading goes on. Where the file as a whole makes
 * no sense any more, every row before that place is given out, then {@link UnreadableCsv} is thrown, and nothing
 * follows.
 */
public final class DraftCsv implements Iterator<DraftCsv.Row> {

    /** One row. */
    public sealed interface Row {
        /** The physical line on which the row begins; the header is line 1. */
        long line();

        /** A draft, not yet checked. */
        record Filled(long line, DraftInput draft) implements Row {}

        /**
         * A row that cannot be read as a draft.
         *
         * @param sentence says how to mend it
         */
        record Refused(long line, Refusal refusal, String sentence) implements Row {}
    }

    private static final String MISQUOTED =
            "In the row that begins here a quote is opened and never closed, or something follows a closing quote:"
                    + " write a quote inside a quoted cell twice.";

    private final CsvLines lines;
    private final Iterator<CSVRecord> records;
    private final DraftColumns columns;
    private Row next;
    private boolean ended;

    private DraftCsv(CsvLines lines) throws IOException {
        this.lines = lines;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(lines.delimiter())
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
        this.records = CSVParser.parse(lines, format).iterator();
        CSVRecord header = nextRecord();
        if (header == null || isBlank(header)) {
            throw new UnreadableCsv(
                    1, "The first line is empty: let it name the columns, profile,firstName,lastName,… .");
        }
        this.columns = DraftColumns.of(header);
    }

    /**
     * Reads the header.
     *
     * @param csv stays open; it is the caller's to close
     * @throws UnreadableCsv if this is no list of drafts
     * @throws UncheckedIOException if the stream cannot be read, here and later
     */
    public static DraftCsv read(InputStream csv) {
        try {
            return new DraftCsv(new CsvLines(csv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UnreadableCsv if what follows cannot be read */
    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            ended = true;
            CSVRecord record = nextRecord();
            if (record != null) {
                ended = false;
                next = isBlank(record) ? null : columns.row(lines.recordLine(), record);
            }
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
    }

    private CSVRecord nextRecord() {
        lines.beginRecord();
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new UnreadableCsv(lines.recordLine(), MISQUOTED);
            }
            throw e;
        }
    }

    private static boolean isBlank(CSVRecord record) {
        return record.stream().allMatch(cell -> Text.bare(cell).isEmpty());
    }
}
