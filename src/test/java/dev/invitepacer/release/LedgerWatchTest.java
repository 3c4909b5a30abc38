package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** When the ledger refuses what the bucket would let go, somebody is told, unless that had to come. */
@QuarkusTest
class LedgerWatchTest extends ServiceTest {
    @Inject
    MeterRegistry metrics;

    @Test
    void clocksThatGoForwardAheadExplainThatTheWeekIsAnHourLongerThanItsActiveHours() {
        setTime(Instant.parse("2027-03-08T08:00:00Z"));
        account("ada", "\"timeZone\":\"Europe/Oslo\",\"weeklyCap\":5,\"spread\":\"CAP\"");
        for (int i = 0; i < 6; i++) {
            enqueue("ada", "person-" + i, "\"notBefore\":\"2027-03-22T08:00:00Z\"");
        }
        setTime(Instant.parse("2027-03-22T08:00:00Z"));
        double explained = refusals(true);
        double unexplained = refusals(false);

        run(Duration.ofMinutes(10), Instant.parse("2027-03-26T16:00:00Z"));

        // Monday's slot is free at ten by the clock that went forward, and the bucket would let the next one go at
        // nine.
        assertThat(pacing("ada").getString("reason")).isEqualTo("WEEKLY_CAP");
        assertThat(refusals(true) - explained).isPositive();
        assertThat(refusals(false) - unexplained).isZero();
    }

    private double refusals(boolean isExplained) {
        return metrics.get("pacer.ledger.refusals")
                .tag("explained", String.valueOf(isExplained))
                .counter()
                .count();
    }
}
