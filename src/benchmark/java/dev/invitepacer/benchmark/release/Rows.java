package dev.invitepacer.benchmark.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The rows that a release writes, as SQL without a decision: the invitation's state, the ledger, the task, the line of history and the account's pace. Triggers, foreign keys
 * and indexes are the service's own, so the ledger's trigger locks the account and counts its week for everybody.
 */
final class Rows {
    private static final String WRITE = """
            with released as (
              update invitation i
                 set state = 'RELEASED', released_at = d.now, pending_since = d.now, attempt = i.attempt + 1, sent_bare = false
                from (select account, draft.id, clock_timestamp() as now
                        from unnest(%s) as due (account)
                       cross join lateral (
                             select id
                               from invitation
                              where account = due.account
                                and state = 'QUEUED'
                                and coalesce(campaign, '') = ''
                              order by rank_at, id
                              limit 1) as draft) as d
               where i.account = d.account and i.id = d.id
              returning i.account, i.id, i.attempt, i.released_at as now),
            booked as (
              insert into ledger (account, at, kind, invitation, cap)
              select account, now, 'RELEASE', id, 100 from released),
            opened as (
              insert into task (account, invitation, kind, state, attempt, opened_at)
              select account, id, 'SEND', 'OPEN', attempt, now from released)
            insert into history (account, invitation, at, event, actor)
            select account, id, now, 'invitation.released', 'benchmark' from released""";

    private static final String REMEMBER = """
            update pace
               set due_at = null, reason = 'QUEUE_EMPTY', reason_since = clock_timestamp(),
                   bucket_anchor = clock_timestamp(), bucket_offset = 0, bucket_interval = 6048000000000
             where account = any (%s)""";

    private static final String CLAIM = """
            select coalesce(array_agg(account), '{}') as accounts
              from (select account
                      from pace
                     where due_at <= (select clock_timestamp())
                     order by due_at
                     limit %s
                       for update skip locked) as due""";

    private Rows() {}

    /** The script of a client of pgbench: one transaction of up to {@code :batch} releases. */
    static String script() {
        String accounts = ":accounts::text[]";
        return "begin;\n" + CLAIM.formatted(":batch") + " \\gset\n" + WRITE.formatted(accounts) + ";\n"
                + REMEMBER.formatted(accounts) + ";\ncommit;\n";
    }

    /** The same by JDBC; says how many accounts it took. */
    static int batch(DataSource database, int most) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            String[] accounts;
            try (PreparedStatement claim = connection.prepareStatement(CLAIM.formatted("?"))) {
                claim.setInt(1, most);
                try (var rows = claim.executeQuery()) {
                    rows.next();
                    accounts = (String[]) rows.getArray(1).getArray();
                }
            }
            write(connection, accounts);
            return accounts.length;
        }
    }

    /** One release of one account, in a transaction of its own. */
    static void release(DataSource database, String account) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            write(connection, account);
        }
    }

    private static void write(Connection connection, String... accounts) throws SQLException {
        var array = connection.createArrayOf("text", accounts);
        for (String sql : new String[] {WRITE, REMEMBER}) {
            try (PreparedStatement statement = connection.prepareStatement(sql.formatted("?"))) {
                statement.setArray(1, array);
                statement.executeUpdate();
            }
        }
        connection.commit();
    }
}
