package dev.invitepacer.invitation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

import dev.invitepacer.web.Slice;
import dev.invitepacer.web.Spool;
import dev.invitepacer.web.StrictJson;

/** A list of drafts that has been taken in whole, and can be read as often as wanted. */
final class DraftList implements AutoCloseable {
    private final Spool body;
    private final ListFormat format;
    private final long from;
    private final long length;

    /** The {@code length} bytes of the body after the first {@code from}. */
    DraftList(Spool body, ListFormat format, long from, long length) {
        this.body = body;
        this.format = format;
        this.from = from;
        this.length = length;
    }

    ListFormat format() {
        return format;
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /** The list from its beginning. */
    Slice open() throws IOException {
        return new Slice(body.open(), from, length);
    }

    /** Its rows. @throws UnreadableCsv here and later, if it cannot be read */
    Iterator<DraftCsv.Row> rows(InputStream opened, StrictJson json) {
        return format == ListFormat.CSV ? DraftCsv.read(opened) : new DraftNdjson(opened, json);
    }

    @Override
    public void close() {
        body.close();
    }
}
