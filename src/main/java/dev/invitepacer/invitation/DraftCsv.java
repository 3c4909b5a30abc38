package dev.invitepacer.invitation;

import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

public final class DraftCsv implements Iterator<DraftCsv.Row> {
    private DraftCsv() {}

    public sealed interface Row {
        long line();

        record Filled(long line, DraftInput draft) implements Row {}

        record Refused(long line, Refusal refusal, String sentence) implements Row {}
    }

    public static DraftCsv read(InputStream csv) {
        return new DraftCsv();
    }

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public Row next() {
        throw new NoSuchElementException();
    }
}
