package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import dev.invitepacer.web.Slice;

/** Reads and sorts the next batch of a list while the database works on the present one: one thread, one batch ahead. */
final class ReadAhead implements AutoCloseable {
    private static final int MOST_ROWS = 2_000;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final Iterator<DraftCsv.Row> rows;
    private final Slice bytes;
    private final DraftRules rules;
    private FutureTask<SortedRows> ahead;

    ReadAhead(Iterator<DraftCsv.Row> rows, Slice bytes, DraftRules rules) {
        this.rows = rows;
        this.bytes = bytes;
        this.rules = rules;
        begin();
    }

    /** The next batch; an empty one, once, after the last. */
    SortedRows next() {
        SortedRows batch = await();
        if (batch.size() > 0) {
            begin();
        }
        return batch;
    }

    private void begin() {
        ahead = new FutureTask<>(this::read);
        Thread thread = new Thread(ahead, "import-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private SortedRows read() {
        List<DraftCsv.Row> batch = new ArrayList<>();
        long before = bytes.bytesRead();
        while (batch.size() < MOST_ROWS && bytes.bytesRead() - before < MOST_BYTES && rows.hasNext()) {
            batch.add(rows.next());
        }
        return new SortedRows(batch, rules, bytes.bytesRead());
    }

    private SortedRows await() {
        try {
            return ahead.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    /** Waits until nothing is read any more. */
    @Override
    public void close() {
        try {
            await();
        } catch (RuntimeException told) {
            // Whoever asked for the batch has been told; nobody else needs it.
        }
    }
}
