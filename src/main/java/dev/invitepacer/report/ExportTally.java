package dev.invitepacer.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.report.linkedin.ExportFile;

/** What a reconciliation has come to so far. */
final class ExportTally {
    /** How many rows an answer lists of each kind; all are counted. */
    static final int MOST_LISTED = 1_000;

    final List<ExportAnswer.Row> doubtful = new ArrayList<>();
    final List<ExportAnswer.Row> refused = new ArrayList<>();

    /** How often an instant came up for what belongs to no invitation: as often it has to be booked. */
    private final Map<Instant, Integer> withoutInvitation = new HashMap<>();

    /** How often an instant came up for people who are not known. */
    private final Map<Instant, Integer> unknown = new HashMap<>();

    String member;
    long accepted;
    long sent;
    long sentByHand;
    long earlier;
    long leftQueue;
    long already;
    long candidates;
    long unseen;
    long incoming;
    long neverInvited;
    long withoutUse;
    long doubtfulRows;
    long refusedRows;

    void doubt(ExportFile file, long line, String name, String profile, String why) {
        doubtfulRows++;
        if (doubtful.size() < MOST_LISTED) {
            doubtful.add(new ExportAnswer.Row(file.fileName(), line, name, profile, why));
        }
    }

    void refuse(ExportFile file, long line, String name, String profile, String why) {
        refusedRows++;
        if (refused.size() < MOST_LISTED) {
            refused.add(new ExportAnswer.Row(file.fileName(), line, name, profile, why));
        }
    }

    /** How many at this instant belong to no invitation, this one included. */
    int nextWithoutInvitation(Instant at) {
        return withoutInvitation.merge(at, 1, Integer::sum);
    }

    /** How many people who are not known were invited at this instant, this one included. */
    int nextUnknown(Instant at) {
        return unknown.merge(at, 1, Integer::sum);
    }

    ExportAnswer answer(boolean dryRun, ExportAnswer.Window window) {
        return new ExportAnswer(
                dryRun,
                member,
                accepted,
                sent,
                sentByHand,
                earlier,
                leftQueue,
                already,
                candidates,
                unseen,
                incoming,
                neverInvited,
                withoutUse,
                doubtfulRows,
                doubtful,
                refusedRows,
                refused,
                window);
    }
}
