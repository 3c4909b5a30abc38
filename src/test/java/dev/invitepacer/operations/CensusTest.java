package dev.invitepacer.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** What is counted in the whole database, for the alerts. */
@QuarkusTest
class CensusTest extends ServiceTest {
    private static final String ALL_HOURS =
            "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"]}";

    @Inject
    MeterRegistry metrics;

    @Inject
    Census census;

    @Inject
    Survey survey;

    @Inject
    SessionCensus sessions;

    @Test
    void accountsAreToldByWhyTheyReleaseNothing() {
        account("anna", "");
        account("bela", "");
        releases.round();
        census.count();

        assertThat(gauge("pacer.accounts")).isEqualTo(2);
        assertThat(metrics.get("pacer.accounts.by.reason")
                        .tag("reason", "QUEUE_EMPTY")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(metrics.get("pacer.accounts.by.reason")
                        .tag("reason", "PAUSED")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void anAccountIsNearItsThresholdFromNineTenthsOn() {
        account("anna", "\"pendingThreshold\":10");
        sent("anna", 8, "PENDING", 3, null);
        survey.countThresholds();
        assertThat(gauge("pacer.accounts.near.threshold")).isZero();

        sent("anna", 1, "WITHDRAWING", 3, null);
        survey.countThresholds();
        assertThat(gauge("pacer.accounts.near.threshold")).isEqualTo(1);
    }

    @Test
    void anAccountIsStuckWhenANightHasMadeNoRoom() {
        account("anna", "");
        execute("update pace set reason = 'PENDING_THRESHOLD', reason_since = service_now() - interval '25 hours'");
        census.count();
        assertThat(gauge("pacer.accounts.stuck")).isZero();

        advance(Duration.ofHours(2));
        census.count();
        assertThat(gauge("pacer.accounts.stuck")).isEqualTo(1);
    }

    @Test
    void acceptanceIsComparedBetweenGroupsThatHadTheSameTimeToAnswer() {
        account("anna", "");
        sent("anna", 30, "ACCEPTED", 50, 13);
        sent("anna", 20, "ACCEPTED", 50, 15);
        sent("anna", 10, "EXPIRED", 50, 10);
        sent("anna", 6, "ACCEPTED", 20, 3);
        sent("anna", 54, "PENDING", 20, null);
        // Too young to be judged, too old to be compared.
        sent("anna", 40, "PENDING", 13, null);
        sent("anna", 40, "ACCEPTED", 71, 1);
        survey.countAcceptance();

        assertThat(cohort("pacer.acceptance.sent", "BEFORE")).isEqualTo(60);
        assertThat(cohort("pacer.acceptance.accepted", "BEFORE")).isEqualTo(30);
        assertThat(cohort("pacer.acceptance.sent", "RECENT")).isEqualTo(60);
        assertThat(cohort("pacer.acceptance.accepted", "RECENT")).isEqualTo(6);
        assertThat(gauge("pacer.accounts.acceptance.fallen")).isEqualTo(1);
    }

    @Test
    void whatMayBeChanceIsNoFall() {
        account("few", "");
        sent("few", 20, "ACCEPTED", 50, 3);
        sent("few", 20, "EXPIRED", 50, 3);
        sent("few", 40, "PENDING", 20, null);
        account("steady", "");
        sent("steady", 18, "ACCEPTED", 50, 3);
        sent("steady", 42, "EXPIRED", 50, 3);
        sent("steady", 11, "ACCEPTED", 20, 3);
        sent("steady", 49, "PENDING", 20, null);
        survey.countAcceptance();

        assertThat(gauge("pacer.accounts.acceptance.fallen")).isZero();
    }

    @Test
    void theLongestTransactionIsSeenWhoeversItIs() throws Exception {
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1");
            sessions.count();
            assertThat(gauge("pacer.database.transaction.seconds")).isPositive();
            other.rollback();
        }
        sessions.count();

        assertThat(gauge("pacer.database.transaction.seconds")).isZero();
    }

    @Test
    void aReleaseThatTheDatabaseItselfRefusesIsCounted() {
        double before = metrics.get("pacer.ledger.last.line").counter().count();
        account("anna", ALL_HOURS + ",\"weeklyCap\":100,\"burst\":5,\"spread\":\"CAP\"");
        enqueueMany("anna", 3);
        execute("update pace set weekly_cap = 1");
        releases.round();
        releases.round();

        assertThat(count("select count(*) from ledger")).isEqualTo(1);
        assertThat(metrics.get("pacer.ledger.last.line").counter().count()).isGreaterThan(before);
    }

    @Test
    void theAgeOfADoubtIsTold() {
        account("anna", "");
        enqueue("anna", "kamala-eriksen");
        advance(Duration.ofHours(2));
        releases.round();
        execute("update task set lane = 'LINKEDIN', stage = 'IN_DOUBT'");
        advance(Duration.ofMinutes(90));
        census.count();

        assertThat(gauge("pacer.delivery.doubtful.seconds")).isEqualTo(5400);
    }

    private void sent(String account, int many, String state, int daysAgo, Integer endedAfterDays) {
        execute("""
                insert into invitation (account, profile, degree, priority, state, queued_at, released_at, sent_at, pending_since, ended_at)
                select '%1$s', '%1$s-%2$s-%3$d-' || coalesce(%4$s, 0) || '-' || n, 2, 0, '%2$s', at, at, at, at, at + make_interval(days => %4$s)
                  from generate_series(1, %5$d) as n,
                       (select service_now() - make_interval(hours => 24 * %3$d) as at) as sending
                """.formatted(account, state, daysAgo, endedAfterDays == null ? "null::int" : endedAfterDays, many));
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private double cohort(String name, String cohort) {
        return metrics.get(name).tag("cohort", cohort).gauge().value();
    }
}
