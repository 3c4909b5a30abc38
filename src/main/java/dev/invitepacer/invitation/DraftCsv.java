package dev.invitepacer.invitation;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

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

    private final CsvRecords records;
    private final DraftColumns columns;
    private Row next;
    private boolean ended;

    private DraftCsv(CsvRecords records) {
        this.records = records;
        CSVRecord header = records.next()
                .filter(first -> !CsvRecords.isBlank(first))
                .orElseThrow(() -> new UnreadableCsv(
                        1, "The first line is empty: let it name the columns, profile,firstName,lastName,… ."));
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
        return new DraftCsv(new CsvRecords(csv));
    }

    /** @throws UnreadableCsv if what follows cannot be read */
    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            ended = true;
            Optional<CSVRecord> record = records.next();
            if (record.isPresent()) {
                ended = false;
                next = CsvRecords.isBlank(record.get()) ? null : columns.row(records.line(), record.get());
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
}
