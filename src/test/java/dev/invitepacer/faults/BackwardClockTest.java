package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The release loop, under a clock that is set back. */
@QuarkusTest
class BackwardClockTest extends ServiceTest {
    private static final long SEED = Long.getLong("fault.seed", System.nanoTime());
    /** 168 hours over a cap of 20. */
    private static final Duration INTERVAL = Duration.ofHours(168).dividedBy(20);

    private static final Duration SLACK = Duration.ofSeconds(1);

    @Test
    void nothingIsReleasedTwiceOrEarlyAndItGoesOn() throws SQLException {
        Random random = new Random(SEED);
        account("even", AllHours.settings(20, 1));
        account("bursting", AllHours.settings(20, 8));
        account("by-cap", AllHours.settings(5, 5));
        List<String> accounts = List.of("even", "bursting", "by-cap");
        accounts.forEach(account -> enqueueMany(account, 300));
        Instant latest = now();
        int jumps = 0;
        for (int step = 0; step < 400; step++) {
            if (random.nextInt(5) == 0) {
                jumps++;
                setTime(now().minus(Duration.ofMinutes(1 + random.nextInt(random.nextInt(4) == 0 ? 7_200 : 120))));
            } else {
                advance(Duration.ofMinutes(random.nextInt(1_200)));
            }
            releases.round();
            latest = now().isAfter(latest) ? now() : latest;
        }

        setTime(latest);
        releases.round();
        long before = count("select count(*) from ledger where account = 'even'");
        advance(INTERVAL);
        releases.round();

        String seed = "seed " + SEED + ", " + jumps + " jumps";
        assertThat(findings()).as(seed).isEmpty();
        assertThat(query("select max(attempt) from invitation")).as(seed).containsExactly("1");
        assertThat(count("select count(*) from ledger where account = 'even'"))
                .as("it goes on, %s", seed)
                .isEqualTo(before + 1);
        assertThat(gaps("even")).as(seed).allSatisfy(gap -> assertThat(gap)
                .isGreaterThanOrEqualTo(INTERVAL.minus(SLACK)));
        assertThat(gaps("even").size()).as(seed).isGreaterThan(50);
    }

    @Test
    void aReleaseThatAJumpOfDaysMadeAFutureOneCountsUntilItsWeekIsOver() throws SQLException {
        account("anna", AllHours.settings(5, 5));
        enqueueMany("anna", 20);
        assertThat(releases.round()).isEqualTo(5);
        Instant released = now();

        setTime(released.minus(Duration.ofDays(30)));
        assertThat(releases.round()).isZero();
        setTime(released.plus(Duration.ofHours(168)).minusMillis(1));
        assertThat(releases.round()).isZero();
        setTime(released.plus(Duration.ofHours(168)));
        assertThat(releases.round()).isPositive();
        assertThat(findings()).isEmpty();
    }

    private List<Duration> gaps(String account) {
        return query("select extract(epoch from at - lag(at) over (order by at))::text from ledger where account = '"
                        + account + "' order by at offset 1")
                .stream()
                .map(seconds -> Duration.ofNanos(
                        new BigDecimal(seconds).movePointRight(9).longValue()))
                .toList();
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.findings(connection);
        }
    }
}
