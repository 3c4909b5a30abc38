package dev.invitepacer.invitation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import dev.invitepacer.account.Text;

/**
 * The records of a CSV file one by one, in bounded memory: neither a long file nor an endless cell is ever held as a
 * whole.
 *
 * <p>Commas, semicolons and tabs delimit, whichever the first line holds most of. The file is UTF-8, with or without a
 * byte order mark; quoted cells may hold line breaks; lines may end in any way. Blank records are given out too.
 */
public final class CsvRecords {
    private static final String MISQUOTED =
            "In the row that begins here a quote is opened and never closed, or something follows a closing quote:"
                    + " write a quote inside a quoted cell twice.";

    private final CsvLines lines;
    private final Iterator<CSVRecord> records;

    /**
     * @param csv stays open; it is the caller's to close
     * @throws UnreadableCsv if the first bytes are those of another kind of file
     * @throws UncheckedIOException if the stream cannot be read, here and later
     */
    public CsvRecords(InputStream csv) {
        this.lines = new CsvLines(csv);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(lines.delimiter())
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try {
            this.records = CSVParser.parse(lines, format).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next record; nothing at the file's end.
     *
     * @throws UnreadableCsv if what follows cannot be read
     */
    public Optional<CSVRecord> next() {
        lines.beginRecord();
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new UnreadableCsv(lines.recordLine(), MISQUOTED);
            }
            throw e;
        }
    }

    /** The physical line on which the record given out last begins, from 1. */
    public long line() {
        return lines.recordLine();
    }

    public static boolean isBlank(CSVRecord record) {
        return record.stream().allMatch(cell -> Text.bare(cell).isEmpty());
    }
}
