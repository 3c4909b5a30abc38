package dev.invitepacer.faults;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.invitepacer.operations.embedded.TestPostgres;

/** Moves the service's clock on by two hours every second: a time-lapse for what may not be in one, such as webhooks. */
final class LeapingClock implements AutoCloseable {
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

    LeapingClock(TestPostgres.Database database) {
        ticks.scheduleWithFixedDelay(() -> leap(database), 1, 1, TimeUnit.SECONDS);
    }

    private static void leap(TestPostgres.Database database) {
        try {
            database.execute("update service_clock set anchor_service = anchor_service + interval '2 hours'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
