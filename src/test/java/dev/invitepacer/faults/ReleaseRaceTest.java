package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.release.ReleaseBatch;

/** One account of cap 10, and sixteen threads that all want its next release. Every round finds a full bucket and an empty
 * window. How many: {@code -Drace.rounds=100}.
 */
@QuarkusTest
class ReleaseRaceTest extends ServiceTest {
    private static final int THREADS = 16;
    private static final int CAP = 10;
    private static final int ROUNDS = Integer.getInteger("race.rounds", 20);
    private static final int FURTHER_TRIES = 3;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A cap of 10 with a burst of 10 gains a token a week. */
    private static final Duration UNTIL_THE_BUCKET_IS_FULL =
            Duration.ofHours(168).multipliedBy(CAP);

    @Inject
    ReleaseBatch batch;

    @Test
    void sixteenThreadsReleaseExactlyTheCap() throws Exception {
        account("anna", AllHours.CAP_10);
        enqueueMany("anna", (ROUNDS + 4) * CAP);
        try (Crowd crowd = new Crowd(THREADS, () -> advance(UNTIL_THE_BUCKET_IS_FULL))) {
            for (int round = 1; round <= ROUNDS; round++) {
                AtomicInteger released = new AtomicInteger();
                crowd.race(works(thread -> () -> {
                    for (int further = 0; further < FURTHER_TRIES; further += released.get() < CAP ? 0 : 1) {
                        int one = thread % 2 == 0
                                ? batch.release("anna")
                                : batch.claimAndRelease(CAP).released();
                        released.addAndGet(one);
                        if (one == 0) {
                            // Leaves the two or three processors to whoever holds the lock.
                            LockSupport.parkNanos(PAUSE_NANOS);
                        }
                    }
                    return null;
                }));
                assertThat(released).as("round %d", round).hasValue(CAP);
                assertThat(count("select count(*) from ledger"))
                        .as("round %d", round)
                        .isEqualTo((long) round * CAP);
            }
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void theDatabaseRefusesWhateverComesPastTheCode() throws Exception {
        account("anna", AllHours.CAP_10);
        try (Crowd crowd = new Crowd(THREADS, () -> advance(UNTIL_THE_BUCKET_IS_FULL))) {
            for (int round = 1; round <= ROUNDS; round++) {
                List<Integer> booked = crowd.race(works(thread -> this::bookTwice));
                assertThat(booked.stream().mapToInt(Integer::intValue).sum())
                        .as("round %d: %s", round, booked)
                        .isEqualTo(CAP);
            }
        }
        assertThat(count("select count(*) from ledger")).isEqualTo((long) ROUNDS * CAP);
    }

    @Test
    void aCapLoweredInTheRaceHoldsFromThenOn() throws Exception {
        account("anna", AllHours.CAP_10);
        enqueueMany("anna", 50);
        int rounds = Math.max(1, ROUNDS / 10);
        try (Crowd crowd = new Crowd(THREADS, () -> advance(UNTIL_THE_BUCKET_IS_FULL))) {
            for (int round = 1; round <= rounds; round++) {
                int week = round;
                AtomicBoolean over = new AtomicBoolean();
                List<List<Integer>> statuses = crowd.race(works(thread -> () -> switch (thread) {
                    case 0 -> lowerTheCap(over);
                    case 1, 2 -> reportWhatIsReleased(over, thread);
                    case 3, 4 -> enqueueUntil(over, week + "-" + thread);
                    default -> releaseUntil(over);
                }));
                assertThat(statuses).allSatisfy(those -> assertThat(those).isSubsetOf(200, 201));
                json("{\"weeklyCap\":10}").patch("/api/v1/accounts/anna").then().statusCode(200);
            }
        }
        assertThat(findings()).isEmpty();
        assertThat(count("select count(*) from ledger")).isBetween(5L * rounds, 10L * rounds);
    }

    private List<Integer> lowerTheCap(AtomicBoolean over) {
        int patched = json("{\"weeklyCap\":5}").patch("/api/v1/accounts/anna").statusCode();
        long atThatTime = lastWeek();
        try {
            Service.await(() -> lastWeek() >= 5);
            for (int i = 0; i < CAP; i++) {
                batch.release("anna");
            }
        } finally {
            over.set(true);
        }
        assertThat(lastWeek()).isEqualTo(Math.max(5, atThatTime));
        return List.of(patched);
    }

    private List<Integer> reportWhatIsReleased(AtomicBoolean over, int thread) {
        String type = thread == 1 ? "SENT" : "FAILED";
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            query("select id from invitation where state = 'RELEASED' and id % 2 = " + thread % 2 + " limit 1")
                    .forEach(id -> statuses.add(json("{\"type\":\"" + type + "\",\"invitation\":" + id + "}")
                            .post("/api/v1/accounts/anna/reports")
                            .statusCode()));
        }
        return statuses;
    }

    private static List<Integer> enqueueUntil(AtomicBoolean over, String name) {
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            statuses.add(json("{\"profile\":\"late-" + name + "-" + statuses.size() + "\"}")
                    .post("/api/v1/accounts/anna/invitations")
                    .statusCode());
        }
        return statuses;
    }

    private List<Integer> releaseUntil(AtomicBoolean over) {
        while (!over.get()) {
            batch.release("anna");
        }
        return List.of();
    }

    private long lastWeek() {
        return count("select count(*) from ledger where at > service_now() - interval '168 hours'");
    }

    /** Twice straight into the table, with a cap of its own choice: how many the database let in. */
    private int bookTwice() throws SQLException {
        int booked = 0;
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (int i = 0; i < 2; i++) {
                booked += statement.executeUpdate(
                        "insert into ledger (account, at, kind, cap) values ('anna', service_now(), 'RELEASE', 200)");
            }
        } catch (SQLException refused) {
            if (!"PC168".equals(refused.getSQLState())) {
                throw refused;
            }
        }
        return booked;
    }

    private interface Work<T> {
        Callable<T> of(int thread);
    }

    private static <T> List<Callable<T>> works(Work<T> work) {
        return IntStream.range(0, THREADS).mapToObj(work::of).toList();
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.findings(connection);
        }
    }
}
