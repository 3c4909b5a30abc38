package dev.invitepacer.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a caller was told that the service has done. Whatever is in here has to be in the database, once. */
final class Memory {
    /** A draft that was taken. */
    record Enqueued(String account, String profile) {}

    /**
     * A report that was answered.
     *
     * @param words words of its own that the report carried as its detail
     * @param attempt which attempt of the invitation it was about; 0 where it was not about one
     * @param result {@code applied}, {@code already} or {@code ignored}
     */
    record Reported(String account, long invitation, int attempt, String type, String words, String result) {}

    private final Queue<Enqueued> enqueued = new ConcurrentLinkedQueue<>();
    private final Queue<Reported> reported = new ConcurrentLinkedQueue<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    void enqueued(String account, String profile) {
        enqueued.add(new Enqueued(account, profile));
    }

    void reported(Reported report) {
        reported.add(report);
    }

    /** An answer that no caller should get. */
    void strange(String answer) {
        strange.add(answer);
    }

    int drafts() {
        return enqueued.size();
    }

    int reports() {
        return reported.size();
    }

    /** Everything that was told and is not so, in sentences. */
    List<String> broken(Connection database) throws SQLException {
        List<String> broken = new ArrayList<>(strange);
        for (Enqueued draft : enqueued) {
            long there = count(
                    database,
                    "select count(*) from invitation where account = ? and profile = ?",
                    draft.account(),
                    draft.profile());
            if (there != 1) {
                broken.add(draft + " is there " + there + " times");
            }
        }
        for (Reported report : reported) {
            check(database, report, broken);
        }
        return broken;
    }

    private static void check(Connection database, Reported report, List<String> broken) throws SQLException {
        long told = count(
                database,
                "select count(*) from history where account = ? and invitation = ? and detail ->> 'detail' = ?",
                report.account(),
                report.invitation(),
                report.words());
        if (told > 1 || told == 0 && report.result().equals("applied")) {
            broken.add(report + " is in the history " + told + " times");
        }
        if (report.result().equals("ignored")) {
            return;
        }
        String undone =
                switch (report.type()) {
                    // Nothing leads back from "it was sent"; nothing at all leads away from an acceptance.
                    case "SENT" -> "state in ('QUEUED', 'RELEASED', 'FAILED')";
                    case "ACCEPTED" -> "state <> 'ACCEPTED'";
                    case "DECLINED", "WITHDRAWN" -> "state not in ('" + report.type() + "', 'ACCEPTED')";
                    case "FAILED" -> "state <> 'FAILED'";
                    case "REFUSED" ->
                        "attempt < " + report.attempt()
                                + " or (select returned_at is null from ledger l where l.account = i.account"
                                + " and l.invitation = i.id order by l.id offset " + (report.attempt() - 1)
                                + " limit 1)";
                    default -> "false";
                };
        if (count(
                        database,
                        "select count(*) from invitation i where account = ? and id = ? and (" + undone + ")",
                        report.account(),
                        report.invitation())
                > 0) {
            broken.add(report + " is without effect");
        }
    }

    private static long count(Connection database, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
