package dev.invitepacer.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * Lets the service's time go by in leaps, some twenty minutes a second, so that caps, cooldowns, nights and leases of people
 * are all in play. A time-lapse would not do: in one nothing is handed to a receiver.
 */
final class Tide implements Callable<Void> {
    private static final int LEAST_MINUTES = 10;
    private static final int MORE_MINUTES = 21;

    private final TestPostgres.Database database;
    private final Random random;
    private volatile boolean isToStop;

    Tide(TestPostgres.Database database, long seed) {
        this.database = database;
        this.random = new Random(seed);
    }

    void stop() {
        isToStop = true;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!isToStop) {
            leap(Duration.ofMinutes(LEAST_MINUTES + random.nextInt(MORE_MINUTES)));
            TimeUnit.SECONDS.sleep(1);
        }
        return null;
    }

    /** Not while the database is away. */
    void leap(Duration by) {
        try {
            database.execute("update service_clock set anchor_service = anchor_service + make_interval(secs => "
                    + by.toSeconds() + ")");
        } catch (SQLException away) {
            // The next leap will do.
        }
    }
}
