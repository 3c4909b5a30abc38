package dev.invitepacer.simulation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A connection of the simulation's own, from which it sets the database's time and sees who waits for whom. */
final class Lookout implements AutoCloseable {
    /** The last line of the cap's defence, which is switched off where the code has to hold the cap alone. */
    enum Guard {
        ON,
        OFF
    }

    private final Connection connection;
    private final PreparedStatement setTime;
    private final PreparedStatement isBlocked;

    /** Empties the database, but for two endpoints. */
    Lookout(DataSource database, Guard guard) throws SQLException {
        this.connection = database.getConnection();
        SteppedDriver.devote(connection);
        execute("truncate account, ledger, note_use, suppression, idempotency, endpoint, event,"
                + " subscription restart identity cascade");
        execute("insert into endpoint (name, url, secret, created_at, changed_at)"
                + " select 'hook-' || n, 'http://127.0.0.1:9/', decode('00', 'hex'), service_now(), service_now()"
                + " from generate_series(0, 1) as n");
        execute("alter table ledger " + (guard == Guard.OFF ? "disable" : "enable") + " trigger ledger_holds_the_cap");
        this.setTime = connection.prepareStatement(
                "update service_clock set anchor_database = clock_timestamp(), anchor_service = ?, factor = 0");
        this.isBlocked = connection.prepareStatement("select cardinality(pg_blocking_pids(?)) > 0");
    }

    void timeIs(Instant now) {
        try {
            setTime.setTimestamp(1, Timestamp.from(now));
            setTime.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whether this process of the database waits for a lock. */
    boolean isBlocked(int backend) {
        try {
            isBlocked.setInt(1, backend);
            try (ResultSet result = isBlocked.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void terminate(int backend) {
        execute("select pg_terminate_backend(" + backend + ")");
    }

    void addCampaigns(String account) {
        execute("insert into campaign (account, name, weight, created_at) select '" + account
                + "', 'c' || n, 1 + 2 * n, service_now() from generate_series(0, 2) as n");
    }

    /** Lets leases end, unless somebody is just at their tasks. */
    void runOut(List<UUID> runs) {
        try (PreparedStatement statement = connection.prepareStatement("""
                update task
                   set run_until = clock_timestamp() - interval '1 second'
                 where id in (select id from task where run = any(?) for update skip locked)""")) {
            statement.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** @param due null for never */
    void wakeAt(String account, Instant due) {
        try (PreparedStatement statement =
                connection.prepareStatement("update pace set due_at = ? where account = ?")) {
            statement.setTimestamp(1, due == null ? null : Timestamp.from(due));
            statement.setString(2, account);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            execute("alter table ledger enable trigger ledger_holds_the_cap");
        }
    }
}
