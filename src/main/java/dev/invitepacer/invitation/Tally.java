package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What has become of a list so far: everything is counted, the first refused and advised rows are listed by line. */
final class Tally {
    private final int mostListed;
    private final List<RefusedRow> refused = new ArrayList<>();
    private final List<AdvisedRow> advised = new ArrayList<>();
    private long rows;
    private long enqueued;
    private long refusedRows;
    private long advisedRows;
    private long beyondNotes;
    private long lastLine;

    Tally(int mostListed) {
        this.mostListed = mostListed;
    }

    /** Adds a batch that has been dealt with; its refusals may come in any order. */
    void add(SortedRows batch, int batchEnqueued, List<RefusedRow> batchRefused, List<AdvisedRow> batchAdvised) {
        rows += batch.size();
        enqueued += batchEnqueued;
        refusedRows += batchRefused.size();
        advisedRows += batchAdvised.size();
        lastLine = batch.lastLine();
        batchRefused.stream()
                .sorted(Comparator.comparingLong(RefusedRow::line))
                .limit(mostListed - refused.size())
                .forEach(refused::add);
        batchAdvised.stream().limit(mostListed - advised.size()).forEach(advised::add);
    }

    long rows() {
        return rows;
    }

    long enqueued() {
        return enqueued;
    }

    long refusedRows() {
        return refusedRows;
    }

    long advisedRows() {
        return advisedRows;
    }

    List<AdvisedRow> advised() {
        return advised;
    }

    /** @param many how many more were enqueued with a note for which the month's notes do not reach */
    void addBeyondNotes(long many) {
        beyondNotes += many;
    }

    long beyondNotes() {
        return beyondNotes;
    }

    long lastLine() {
        return lastLine;
    }

    List<RefusedRow> refused() {
        return refused;
    }
}
