package dev.invitepacer.benchmark.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
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
                        from %s as due (account)
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
             where account %s""";

    private static final String CLAIM = """
            select %s as accounts
              from (select account
                      from pace
                     where due_at <= (select clock_timestamp())
                     order by due_at
                     limit %s
                       for update skip locked) as due""";

    /**
     * How accounts are handed to the statements. One alone is no array: PostgreSQL would take a plan for an array of ten to be worse than one for this array, and plan anew for each
     * release.
     */
    private enum Form {
        ONE("coalesce(max(account), '')", "(values (cast(%s as text)))", "= cast(%s as text)"),
        MANY("coalesce(array_agg(account), '{}')", "unnest(cast(%s as text[]))", "= any (cast(%s as text[]))");

        private final String claimed;
        private final String due;
        private final String among;

        Form(String claimed, String due, String among) {
            this.claimed = claimed;
            this.due = due;
            this.among = among;
        }

        static Form of(int most) {
            return most == 1 ? ONE : MANY;
        }

        String claim(String most) {
            return CLAIM.formatted(claimed, most);
        }

        String write(String accounts) {
            return WRITE.formatted(due.formatted(accounts));
        }

        String remember(String accounts) {
            return REMEMBER.formatted(among.formatted(accounts));
        }
    }

    private Rows() {}

    /** The script of a client of pgbench: one transaction of up to this many releases. */
    static String script(int most) {
        Form form = Form.of(most);
        return "begin;\n" + form.claim(String.valueOf(most)) + " \\gset\n" + form.write(":accounts") + ";\n"
                + form.remember(":accounts") + ";\ncommit;\n";
    }

    /** The same by JDBC; says whether anybody was due. */
    static boolean batch(DataSource database, int most) throws SQLException {
        Form form = Form.of(most);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Object accounts;
            boolean isAny;
            try (PreparedStatement claim = connection.prepareStatement(form.claim("?"))) {
                claim.setInt(1, most);
                try (var rows = claim.executeQuery()) {
                    rows.next();
                    accounts = rows.getObject(1);
                    isAny = !List.of("", "{}").contains(accounts.toString());
                }
            }
            write(connection, form, accounts);
            return isAny;
        }
    }

    /** One release of one account, in a transaction of its own. */
    static void release(DataSource database, String account) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            write(connection, Form.ONE, account);
        }
    }

    private static void write(Connection connection, Form form, Object accounts) throws SQLException {
        for (String sql : List.of(form.write("?"), form.remember("?"))) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, accounts);
                statement.executeUpdate();
            }
        }
        connection.commit();
    }
}
