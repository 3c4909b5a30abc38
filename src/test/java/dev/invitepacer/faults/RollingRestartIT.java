package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * Two processes on one database are replaced one after the other, as in a rolling upgrade, while drafts come in, tasks are
 * claimed and reported, and a receiver of webhooks is called.
 *
 * <p>How often: {@code -Drolling.restarts=20}.
 */
class RollingRestartIT {
    private static final int RESTARTS = Integer.getInteger("rolling.restarts", 2);

    private static final int SIGTERM = 143;
    private static final String JSON = "application/json";
    private static final int BURST = 10;
    private static final long BETWEEN_ACCOUNTS_MILLIS = 500;
    private static final int CALL_MILLIS = 500;
    private static final Duration DELAY = Duration.ofSeconds(3);
    /** What the manifests give a pod, without the time that it waits for the load balancer to notice. */
    private static final Duration GRACE = Duration.ofSeconds(55);

    @TempDir
    Path directory;

    private final Balancer client = new Balancer();
    private final Service[] processes = new Service[2];
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger drafts = new AtomicInteger();
    private final AtomicInteger reports = new AtomicInteger();
    private final List<Future<Void>> load = new ArrayList<>();
    private TestPostgres.Database database;
    private Receiver receiver;

    @BeforeEach
    void startBoth() throws Exception {
        database = TestPostgres.shared().createDatabase();
        receiver = new Receiver(0, path -> CALL_MILLIS);
        for (int i = 0; i < processes.length; i++) {
            processes[i] = start();
        }
        for (Service process : processes) {
            client.add(process.awaitReady().api());
        }
        Door door = new Door();
        door.leadTo(processes[0].api());
        Door.Answer endpoint =
                door.insist("PUT", "/api/v1/endpoints/crm", "{\"url\":\"" + receiver.url("/crm") + "\"}");
        assertThat(endpoint.status()).as("%s", endpoint.body()).isEqualTo(201);
        account("hook-0");
        account("hand-0");
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        isOver.set(true);
        threads.shutdownNow();
        for (Service process : processes) {
            process.kill();
        }
        receiver.close();
    }

    @Test
    void whatAWellBehavedClientAsksForIsDoneOnceWhileEachProcessIsReplaced() throws Exception {
        load.add(threads.submit(this::fillUntilOver));
        load.add(threads.submit(() -> enqueueUntilOver("hook-0")));
        load.add(threads.submit(() -> enqueueUntilOver("hand-0")));
        load.add(threads.submit(this::sendUntilOver));

        List<Long> stops = new ArrayList<>();
        for (int restart = 0; restart < RESTARTS; restart++) {
            int released = count("select count(*) from ledger");
            int victim = restart % 2;
            Service.await(() -> receiver.running() > 0 && count("select count(*) from ledger") > released);
            stops.add(stop(processes[victim]).toMillis());
            launch(victim);
        }
        isOver.set(true);
        for (Future<Void> work : load) {
            work.get(60, TimeUnit.SECONDS);
        }
        everythingIsDone(stops);
    }

    /** Readiness goes down while everything still works; then the process ends by itself. How long it took after that. */
    private Duration stop(Service process) throws Exception {
        Door management = new Door();
        Door api = new Door();
        URI address = process.api();
        management.leadTo(process.management());
        api.leadTo(address);
        assertThat(management.get("/q/health/ready").status()).isEqualTo(200);

        Future<Integer> end = threads.submit((Callable<Integer>) process::terminate);
        long began = System.nanoTime();
        Service.await(() -> status(management, "/q/health/ready") != 200);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("until readiness is down")
                .isLessThan(DELAY);
        assertThat(api.get("/api/v1/accounts/hand-0").status())
                .as("an answer of a process that is about to stop")
                .isEqualTo(200);
        client.remove(address);

        assertThat(end.get()).isEqualTo(SIGTERM);
        Duration took = Duration.ofNanos(System.nanoTime() - began).minus(DELAY);
        assertThat(took).as("%s", process.output()).isLessThan(GRACE);
        assertThat(process.output()).doesNotContain("ERROR");
        assertThat(status(api, "/api/v1/accounts/hand-0")).isZero();
        return took;
    }

    private void everythingIsDone(List<Long> stops) throws Exception {
        Service.await(
                () -> count("select count(*) from invitation where state = 'RELEASED' and account like 'hook-%'") == 0);
        for (Service process : processes) {
            process.terminate();
        }
        String figures = RESTARTS + " processes replaced: " + client.requests() + " requests, of which "
                + client.sentAgain().size() + " were sent again " + client.sentAgain() + "; " + drafts + " drafts, "
                + reports
                + " reports, " + count("select count(*) from ledger") + " releases, " + receiver.calls()
                + " webhooks; milliseconds to stop: " + stops;
        System.out.println(figures);
        try (Connection connection = database.connect()) {
            assertThat(Audit.findings(connection)).as(figures).isEmpty();
        }
        assertThat(count("select count(*) from invitation")).as(figures).isEqualTo(drafts.get());
        assertThat(count("select count(*) from task where outcome = 'SENT' and account like 'hand-%'"))
                .as(figures)
                .isEqualTo(reports.get());
        assertThat(receiver.sent()).as(figures).doesNotHaveDuplicates().hasSize(receiver.calls());
        assertThat(count("select count(*) from task where run is not null"))
                .as(figures)
                .isZero();
        assertThat(count("select count(*) from history where detail ->> 'outcome' in ('IN_DOUBT', 'LOST')"))
                .as("what was under way was finished, %s", figures)
                .isZero();
    }

    /** One account after another, whose tasks go to a webhook or to people; each may release its whole list at once. */
    private Void fillUntilOver() throws Exception {
        for (int number = 1; !isOver.get(); number++) {
            String account = (number % 2 == 0 ? "hand-" : "hook-") + number;
            account(account);
            Door.Answer list =
                    client.post("/api/v1/accounts/" + account + "/imports", "text/csv", DatabaseAwayIT.drafts(BURST));
            assertThat(list.body().path("enqueued").asInt())
                    .as("%s", list.body())
                    .isEqualTo(BURST);
            drafts.addAndGet(BURST);
            TimeUnit.MILLISECONDS.sleep(BETWEEN_ACCOUNTS_MILLIS);
        }
        return null;
    }

    private void account(String account) throws InterruptedException {
        String channel = account.startsWith("hook-") ? "\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\"," : "";
        Door.Answer made = client.put(
                "/api/v1/accounts/" + account, "{\"name\":\"Member\"," + channel + AllHours.settings(100, BURST) + "}");
        assertThat(made.status()).as("%s", made.body()).isIn(200, 201);
    }

    /** Each draft is new, so that only one that was done twice can be refused. */
    private Void enqueueUntilOver(String account) throws InterruptedException {
        int many = 0;
        while (!isOver.get()) {
            drafts.incrementAndGet();
            String profile = account + "-" + ++many;
            Door.Answer answer = client.post(
                    "/api/v1/accounts/" + account + "/invitations", JSON, "{\"profile\":\"" + profile + "\"}");
            assertThat(answer.status()).as("%s: %s", profile, answer.body()).isEqualTo(201);
        }
        return null;
    }

    /** A sender who claims every task that people do, and reports that it was sent. */
    private Void sendUntilOver() throws InterruptedException {
        while (!isOver.get()) {
            for (JsonNode task :
                    client.get("/api/v1/tasks?limit=20&kind=SEND").body().path("items")) {
                if (!task.path("delivery").isMissingNode()
                        && !task.path("delivery").isNull()) {
                    continue;
                }
                String path = "/api/v1/tasks/" + task.path("id").asLong();
                Door.Answer claim = client.post(path + "/claim", JSON, null);
                assertThat(claim.status()).as("%s", claim.body()).isEqualTo(200);
                Door.Answer report = client.post(
                        path + "/report",
                        JSON,
                        "{\"type\":\"SENT\",\"lease\":\""
                                + claim.body().path("lease").asText() + "\"}");
                assertThat(report.status()).as("%s", report.body()).isEqualTo(200);
                assertThat(report.body().path("result").asText()).isEqualTo("applied");
                reports.incrementAndGet();
            }
        }
        return null;
    }

    private void launch(int number) throws IOException {
        processes[number] = start().awaitReady();
        client.add(processes[number].api());
    }

    private Service start() throws IOException {
        Map<String, String> environment = new HashMap<>(DeliveryKillIT.environment(database));
        environment.put("QUARKUS_SHUTDOWN_DELAY", DELAY.toString());
        environment.put("PACER_DELIVERY_LEASE", "PT60S");
        environment.put("PACER_TASKS_LEASE", "P2D");
        return Service.launch(Service.jar(), directory, environment);
    }

    private static int status(Door door, String path) {
        try {
            return door.get(path).status();
        } catch (IOException nobodyThere) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private int count(String sql) {
        try {
            return Integer.parseInt(database.query(sql));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
