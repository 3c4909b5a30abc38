package dev.invitepacer.benchmark.release;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * The script that a user would write: a loop that reads who is due, a page at a time, asks each one's bucket in PostgreSQL for a token, and releases where it gets one. There
 * can be one such loop only: a second one would release the same.
 */
final class Bucket4jPeer implements Peer {
    private static final int PAGE = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final BucketConfiguration WEEK = BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(100).refillGreedy(100, Duration.ofDays(7)))
            .build();

    @Override
    public void prepare(DataSource database) throws SQLException {
        Peer.execute(database, "create table bucket (id varchar primary key, state bytea, expires_at bigint)");
    }

    @Override
    public void start(DataSource database) {
        // Select-for-update is the backend that its manual recommends; the state is a row for each account.
        ProxyManager<String> buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "release");
            thread.setDaemon(true);
            return thread;
        });
        Thread loop = new Thread(() -> loop(database, buckets, threads), "loop");
        loop.setDaemon(true);
        loop.start();
    }

    private static void loop(DataSource database, ProxyManager<String> buckets, ExecutorService threads) {
        try {
            while (true) {
                List<Callable<Void>> work = new ArrayList<>();
                for (String account : due(database)) {
                    work.add(() -> {
                        if (buckets.builder().build(account, () -> WEEK).tryConsume(1)) {
                            Rows.release(database, account);
                        }
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
                if (work.isEmpty()) {
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<String> due(DataSource database) throws SQLException {
        List<String> due = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select account
                          from pace
                         where due_at <= (select clock_timestamp())
                         order by due_at
                         limit ?""")) {
            statement.setInt(1, PAGE);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getString(1));
                }
            }
        }
        return due;
    }
}
