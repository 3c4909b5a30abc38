package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

import dev.invitepacer.web.Problem;
import dev.invitepacer.web.StrictJson;

/**
 * A list of drafts as {@code application/x-ndjson}: one JSON object a line, with the strict fields of a single draft, read
 * line by line in bounded memory. Lines end in LF or CRLF; blank ones are passed over.
 *
 * <p>A line that cannot be read (not JSON, not UTF-8, a field that is none, more than {@value #MAX_LINE} bytes) is a
 * {@link DraftCsv.Row.Refused}, and reading goes on with the next. So nothing in a list makes it unreadable but being of
 * another kind altogether.
 */
final class DraftNdjson implements Iterator<DraftCsv.Row> {
    static final int MAX_LINE = 65_536;

    private static final int BUFFER = 8_192;

    private final InputStream in;
    private final StrictJson json;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private int at;
    private int end;
    private long line;
    private boolean isTooLong;
    private DraftCsv.Row next;

    /** @throws UnreadableCsv if the first bytes are those of another kind of file */
    DraftNdjson(InputStream in, StrictJson json) {
        this.in = in;
        this.json = json;
        load();
        CsvLines.requireText(buffer, end);
    }

    @Override
    public boolean hasNext() {
        while (next == null && readLine()) {
            if (isTooLong) {
                next = refused("The line has more than " + MAX_LINE + " bytes; a draft never needs as many.");
            } else if (!isBlank()) {
                next = row(bytes.toByteArray());
            }
        }
        return next != null;
    }

    @Override
    public DraftCsv.Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DraftCsv.Row row = next;
        next = null;
        return row;
    }

    private DraftCsv.Row row(byte[] text) {
        try {
            ObjectNode object = json.line(text);
            DraftBody body = new DraftBody(object);
            DraftInput input = body.draft();
            List<Problem.Violation> violations = body.fields().violations();
            return violations.isEmpty()
                    ? new DraftCsv.Row.Filled(line, input)
                    : refused(violations.stream()
                            .map(violation -> violation.field() + ": " + violation.message() + ".")
                            .collect(Collectors.joining(" ")));
        } catch (HttpProblem unreadable) {
            return refused(unreadable.getDetail());
        }
    }

    private DraftCsv.Row refused(String sentence) {
        return new DraftCsv.Row.Refused(line, Refusal.DRAFT_INVALID, sentence);
    }

    private boolean isBlank() {
        byte[] text = bytes.toByteArray();
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Whether there is another line; what is beyond the limit is passed over up to its end. */
    private boolean readLine() {
        bytes.reset();
        isTooLong = false;
        if (at == end && !load()) {
            return false;
        }
        line++;
        while (at < end || load()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int length = at - from;
            isTooLong |= bytes.size() + length > MAX_LINE;
            if (!isTooLong) {
                bytes.write(buffer, from, length);
            }
            if (at < end) {
                at++;
                return true;
            }
        }
        return true;
    }

    private boolean load() {
        try {
            at = 0;
            end = in.readNBytes(buffer, 0, BUFFER);
            return end > 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
