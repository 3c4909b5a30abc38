package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.release.ReleaseBatch;

/**
 * Two processes of the packaged service and sixteen threads, all on one database and after the same releases. The processes
 * look for due accounts once a second, so half of the rounds are run at a time: the race is long enough that everybody
 * takes part all the while. The clock is the starting gun: it stands until it is set to the instant at which all are due.
 */
@QuarkusTest
class ProcessRaceIT extends ServiceTest {
    private static final int THREADS = 16;
    private static final int CAP = 10;
    private static final int VOLLEYS = 2;
    private static final int ACCOUNTS = Integer.getInteger("race.rounds", 40) / VOLLEYS;
    private static final Duration UNTIL_THE_BUCKET_IS_FULL =
            Duration.ofHours(168).multipliedBy(CAP);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Inject
    ReleaseBatch batch;

    @TempDir
    Path directory;

    private final List<Service> processes = new ArrayList<>();

    @BeforeEach
    void launchTwoProcessesOnTheSameDatabase() throws Exception {
        var config = ConfigProvider.getConfig();
        var environment = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", config.getValue("quarkus.datasource.jdbc.url", String.class),
                "QUARKUS_DATASOURCE_USERNAME", config.getValue("quarkus.datasource.username", String.class),
                "QUARKUS_DATASOURCE_PASSWORD", config.getValue("quarkus.datasource.password", String.class),
                "PACER_RELEASE_BATCH", "1");
        for (int i = 0; i < 2; i++) {
            processes.add(Service.launch(Service.jar(), directory, environment));
        }
        for (Service process : processes) {
            process.awaitReady();
        }
    }

    @AfterEach
    void endThem() throws InterruptedException {
        for (Service process : processes) {
            process.kill();
        }
    }

    @Test
    void sixteenThreadsAndTwoProcessesReleaseExactlyTheCapInEveryRound() throws Exception {
        List<String> accounts =
                IntStream.rangeClosed(1, ACCOUNTS).mapToObj(i -> "member-" + i).toList();
        accounts.forEach(account -> account(account, AllHours.CAP_10));
        execute("update pace set paused_at = service_now(), paused_until = '" + MONDAY_8.plus(UNTIL_THE_BUCKET_IS_FULL)
                + "'");
        accounts.forEach(account -> enqueueMany(account, 50));
        int byThreads = 0;
        try (Crowd crowd = new Crowd(THREADS + 1, () -> advance(UNTIL_THE_BUCKET_IS_FULL))) {
            for (int volley = 1; volley <= VOLLEYS; volley++) {
                byThreads += race(crowd, (long) volley * CAP * ACCOUNTS);
                assertThat(query("select account || ' ' || count(*) from ledger group by account having count(*) <> "
                                + volley * CAP))
                        .as("accounts with another number of releases than %d after volley %d", volley * CAP, volley)
                        .isEmpty();
            }
        }

        try (Connection connection = database.getConnection()) {
            assertThat(Audit.findings(connection)).isEmpty();
        }
        List<Integer> byProcesses = processes.stream()
                .map(process -> metric(process, "pacer_releases_total"))
                .toList();
        System.out.printf(
                "%d rounds: %d releases by threads, %s by processes%n", VOLLEYS * ACCOUNTS, byThreads, byProcesses);
        assertThat(byProcesses).as("releases by each process").allSatisfy(released -> assertThat(released)
                .isPositive());
        assertThat(byThreads + byProcesses.get(0) + byProcesses.get(1)).isEqualTo(VOLLEYS * CAP * ACCOUNTS);
        assertThat(processes).allSatisfy(process -> {
            assertThat(metric(process, "pacer_release_failures_total")).isZero();
            assertThat(process.output()).doesNotContain("ERROR");
        });
    }

    /** Until there are as many releases as there may be, and both processes have looked twice more; how many are ours. */
    private int race(Crowd crowd, long most) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Callable<Integer> judge = () -> {
            try {
                Service.await(() -> count("select count(*) from ledger") >= most);
                for (Service process : processes) {
                    int seen = metric(process, "pacer_release_round_seconds_count");
                    Service.await(() -> metric(process, "pacer_release_round_seconds_count") >= seen + 2);
                }
                return 0;
            } finally {
                over.set(true);
            }
        };
        Callable<Integer> racer = () -> {
            int released = 0;
            while (!over.get()) {
                int one = batch.claimAndRelease(1).released();
                released += one;
                if (one == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            return released;
        };
        List<Callable<Integer>> works = new ArrayList<>(List.of(judge));
        IntStream.rangeClosed(1, THREADS).forEach(i -> works.add(racer));
        return crowd.race(works).stream().mapToInt(Integer::intValue).sum();
    }

    private static int metric(Service process, String name) {
        return RestAssured.get(process.management() + "/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
