package dev.invitepacer.benchmark.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import dev.invitepacer.benchmark.Processor;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** One contender on one house: lets parts of it become due, and watches from outside, by one connection. */
final class Stage implements AutoCloseable {
    private static final long POLL_MILLIS = 50;
    private static final Duration LEAD = Duration.ofSeconds(2);
    /** Who books nothing for so long has finished what was begun; and so long is waited for it at most. */
    private static final Duration REST = Duration.ofSeconds(6);

    private static final Duration LONGEST_REST = Duration.ofMinutes(2);
    /** Longer than the longest polling interval of a contender. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Server server;
    private final Connection house;
    private final Contender contender;
    private final Contender.Runner runner;

    Stage(Server server, Database house, Contender contender, Contender.Runner runner) throws SQLException {
        this.server = server;
        this.house = house.connect();
        this.contender = contender;
        this.runner = runner;
    }

    /**
     * @param counted releases
     * @param rate a second, from the first to the last; null where all came in one transaction
     * @param process processor time of the contender for each release, in microseconds
     * @param server PostgreSQL's, likewise
     */
    record Stretch(long counted, Double rate, double process, double server) {}

    /** Percentiles in milliseconds. */
    record Lateness(double middle, double last) {}

    /** Lets a part become due at once, and counts until all of it is released or the window is over. */
    Stretch release(String part, Duration window) throws Exception {
        int expected = expected(part);
        long before = booked();
        house.setAutoCommit(false);
        execute(contender.makeDue(part, "clock_timestamp()"));
        // What the preparations cost is not counted, and nobody begins before they are committed.
        Duration process = Processor.of(runner.process());
        Duration postgres = server.processorTime();
        house.commit();
        house.setAutoCommit(true);
        // Whoever polls gets the time to look first.
        await(part, before, expected, window.plus(GRACE), window);
        Duration processSpent = Processor.of(runner.process()).minus(process);
        Duration serverSpent = server.processorTime().minus(postgres);
        return figures(part, processSpent, serverSpent);
    }

    /** Nothing of a part is due any more, and what was begun is over: whoever is slow does not drag it along. */
    void putOff(String part) throws Exception {
        execute(contender.makeDue(part, "'2100-01-01'"));
        long deadline = System.nanoTime() + LONGEST_REST.toNanos();
        long before = -1;
        while (booked() != before && System.nanoTime() < deadline) {
            before = booked();
            Thread.sleep(REST.toMillis());
        }
    }

    private void await(String part, long before, int expected, Duration patience, Duration window) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean hasBegun = false;
        while (System.nanoTime() < deadline) {
            long booked = booked() - before;
            if (booked > 0 && !hasBegun) {
                hasBegun = true;
                deadline = System.nanoTime() + window.toNanos();
            }
            if (booked >= expected && released(part) == expected && isDone()) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Stretch figures(String part, Duration process, Duration postgres) throws SQLException {
        try (PreparedStatement statement = house.prepareStatement("""
                        select count(*) as counted, count(*) filter (where at > first) as later, extract(epoch from max(at) - min(first)) as seconds
                          from (select l.at, min(l.at) over () as first
                                  from ledger l
                                  join stage s on s.account = l.account
                                 where s.part = ? and l.at >= s.due) as booked""")) {
            statement.setString(1, part);
            try (var rows = statement.executeQuery()) {
                rows.next();
                long counted = rows.getLong("counted");
                double seconds = rows.getDouble("seconds");
                return new Stretch(
                        counted,
                        seconds > 0 ? rows.getLong("later") / seconds : null,
                        process.toMillis() * 1_000.0 / Math.max(1, counted),
                        postgres.toMillis() * 1_000.0 / Math.max(1, counted));
            }
        }
    }

    /** Lets the accounts of the steady load become due one after another. */
    Lateness steady(int rate, Duration length) throws Exception {
        int expected = expected("steady");
        long before = booked();
        execute(contender.makeDue(
                "steady",
                "clock_timestamp() + interval '%d seconds' + n * interval '1 second' / %d"
                        .formatted(LEAD.toSeconds(), rate)));
        await(
                "steady",
                before,
                expected,
                LEAD.plus(length).plus(GRACE),
                LEAD.plus(length).plus(GRACE));
        try (PreparedStatement statement = house.prepareStatement("""
                        select percentile_cont(array[0.5, 0.99]) within group (order by extract(epoch from coalesce(l.at, clock_timestamp()) - s.due) * 1000)
                          from stage s
                          left join ledger l on l.account = s.account and l.at > clock_timestamp() - interval '1 day'
                         where s.part = 'steady'""");
                var rows = statement.executeQuery()) {
            rows.next();
            Double[] late = (Double[]) rows.getArray(1).getArray();
            return new Lateness(late[0], late[1]);
        }
    }

    private long booked() throws SQLException {
        return Long.parseLong(query("select case when is_called then last_value else 0 end from ledger_id_seq"));
    }

    private int expected(String part) throws SQLException {
        return Integer.parseInt(query("select count(*) from stage where part = '" + part + "'"));
    }

    private int released(String part) throws SQLException {
        return Integer.parseInt(query(
                "select count(*) from ledger l join stage s on s.account = l.account and l.at >= s.due where s.part = '"
                        + part + "'"));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = house.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = house.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        house.close();
    }

    private boolean isDone() throws SQLException {
        return "t".equals(query(contender.isDone()));
    }
}
