package dev.invitepacer.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * Lets the service's time go by in leaps, some twenty minutes a second, so that caps, cooldowns, nights and leases of people
 * are all in play. A time-lapse would not do: in one nothing is handed to a receiver. Nor would the service's own row of its
 * clock: a process does not start where that has been moved. So the function that tells the time is another one here.
 */
final class Tide implements Callable<Void> {
    private static final int LEAST_MINUTES = 10;
    private static final int MORE_MINUTES = 21;

    private final TestPostgres.Database database;
    private final Random random;
    private volatile boolean isToStop;

    Tide(TestPostgres.Database database, long seed) throws SQLException {
        this.database = database;
        this.random = new Random(seed);
        database.execute("""
            create table tide (only_row boolean primary key default true check (only_row), gone interval not null);
            insert into tide (gone) values (interval '0 seconds');
            create or replace function service_now() returns timestamptz language sql volatile as
            $$ select clock_timestamp() + gone from tide $$\
            """);
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
            database.execute("update tide set gone = gone + make_interval(secs => " + by.toSeconds() + ")");
        } catch (SQLException away) {
            // The next leap will do.
        }
    }
}
