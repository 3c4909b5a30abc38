package dev.invitepacer.faults.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is in the database at the end: the rows as they are. */
public record Remains(List<Booking> ledger, List<Invitation> invitations, List<Move> moves, List<OpenTask> openTasks) {
    /** A row of the ledger. */
    public record Booking(String account, Instant at, String kind, Long invitation, boolean counts) {}

    /** A row of the invitations. */
    public record Invitation(String account, long id, String profile, String state, String note) {}

    /** What the history tells of a change of an invitation's state; {@code from} is empty where it does not say. */
    public record Move(String account, long invitation, String event, String from, String to) {}

    /** A task that nobody has done. */
    public record OpenTask(String account, long id, String kind, String stage) {}

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Every row is read from one snapshot. */
    public static Remains read(Connection database) throws SQLException {
        database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            return new Remains(ledger(database), invitations(database), moves(database), openTasks(database));
        } finally {
            database.rollback();
            database.setAutoCommit(true);
        }
    }

    private static List<Booking> ledger(Connection database) throws SQLException {
        return rows(
                database,
                "select account, at, kind, invitation, returned_at is null from ledger order by id",
                row -> new Booking(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getObject(4, Long.class),
                        row.getBoolean(5)));
    }

    private static List<Invitation> invitations(Connection database) throws SQLException {
        return rows(
                database,
                "select account, id, profile, state, note from invitation order by id",
                row -> new Invitation(
                        row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    private static List<Move> moves(Connection database) throws SQLException {
        return rows(
                database,
                """
                select account, invitation, event, coalesce(detail ->> 'from', ''),
                       case event when 'invitation.queued' then 'QUEUED'
                                  when 'invitation.released' then 'RELEASED'
                                  when 'invitation.withdrawal-asked' then 'WITHDRAWING'
                                  when 'invitation.cancelled' then 'CANCELLED'
                                  when 'invitation.lapsed' then 'LAPSED'
                                  when 'invitation.expired' then 'EXPIRED'
                                  else detail ->> 'state' end
                  from history
                 where invitation is not null
                   and event in ('invitation.queued', 'invitation.released', 'invitation.withdrawal-asked',
                                 'invitation.cancelled', 'invitation.lapsed', 'invitation.expired', 'invitation.reported')
                 order by id\
                """,
                row -> new Move(
                        row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    private static List<OpenTask> openTasks(Connection database) throws SQLException {
        return rows(
                database,
                "select account, id, kind, stage from task where state = 'OPEN' order by id",
                row -> new OpenTask(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)));
    }

    private static <T> List<T> rows(Connection database, String sql, Reader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
        }
        return all;
    }
}
