package dev.invitepacer.benchmark.release;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Somebody else's software that releases what is due, in a process of its own; all have as many threads and connections. */
interface Peer {
    int THREADS = 16;
    int CONNECTIONS = THREADS + 4;

    /** Its own tables, and a job for each account of {@code stage} that is due in the year 2100. */
    void prepare(DataSource database) throws Exception;

    /** Releases from now on, until the process ends. */
    void start(DataSource database) throws Exception;

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Peer named(String name) {
        return switch (name) {
            case "bare-sql" -> new BareSqlPeer(Release.BATCH);
            case "bare-sql-1" -> new BareSqlPeer(1);
            case "db-scheduler" -> new DbSchedulerPeer();
            case "jobrunr" -> new JobRunrPeer();
            case "quartz" -> new QuartzPeer();
            case "bucket4j" -> new Bucket4jPeer();
            default -> throw new IllegalArgumentException("no peer is called " + name);
        };
    }

    /** The process: prepares, says that it is ready, and works until it is told to end. */
    static void main(String[] arguments) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(arguments[2]);
        pool.setPassword(System.getenv("BENCHMARK_PASSWORD"));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        DataSource database = new HikariDataSource(pool);
        Peer peer = named(arguments[0]);
        peer.prepare(database);
        execute(database, "analyze");
        execute(database, "checkpoint");
        peer.start(database);
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
