package dev.invitepacer.benchmark.release;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** What pgbench does, by JDBC, where there is no pgbench. */
record BareSqlPeer(int batch) implements Peer {
    private static final int CLIENTS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Override
    public void prepare(DataSource database) {
        // It works on the house.
    }

    @Override
    public void start(DataSource database) {
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> work(database), "client-" + i);
            client.setDaemon(true);
            client.start();
        }
    }

    private void work(DataSource database) {
        try {
            while (true) {
                if (!Rows.batch(database, batch)) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
