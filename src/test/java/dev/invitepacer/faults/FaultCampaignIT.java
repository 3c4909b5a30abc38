package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.faults.history.History;
import dev.invitepacer.faults.history.Remains;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * The fault campaign: docs/how-to/run-the-fault-campaign.md. Not part of a build; small unless it is told otherwise by
 * {@code -Dcampaign.faults=… -Dcampaign.minutes=… -Dcampaign.seed=…}.
 */
class FaultCampaignIT {
    private static final int FAULTS = Integer.getInteger("campaign.faults", 15);
    private static final int MINUTES = Integer.getInteger("campaign.minutes", 1);
    private static final long SEED = Long.getLong("campaign.seed", System.currentTimeMillis());

    private static final Path DIRECTORY = Path.of("target/fault-campaign").toAbsolutePath();
    private static final Path REPORT = Path.of("target/fault-campaign.md");
    private static final int PEOPLE = 3;
    private static final int DRAFTS_OF_A_PERSON = 30;
    private static final Duration LEAP = Duration.ofHours(3);
    private static final Duration DRAIN = Duration.ofMinutes(20);
    private static final int PATIENCE_SECONDS = 400;

    /** An account: a webhook's where it has an endpoint, else one whose tasks people do. */
    private record Member(String account, String endpoint, int cap, int burst) {}

    private static final List<Member> MEMBERS = List.of(
            new Member("hook-1", "crm", 10, 3),
            new Member("hook-2", "crm", 20, 5),
            new Member("hook-3", "crm", 100, 10),
            new Member("hook-4", "desk", 50, 10),
            new Member("hook-5", "desk", 20, 5),
            new Member("hook-6", "desk", 100, 10),
            new Member("hand-1", "", 10, 3),
            new Member("hand-2", "", 30, 3),
            new Member("hand-3", "", 50, 3),
            new Member("hand-4", "", 80, 3));

    private final Transcript transcript = new Transcript();
    private final Memory memory = new Memory();
    private final List<Caller> people = new ArrayList<>();
    private final List<Integrator> integrators = new ArrayList<>();
    private final List<Future<Void>> load = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> findings = new ArrayList<>();
    private Installation installation;
    private BackOffice backOffice;
    private Tide tide;

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(DIRECTORY);
        Path own = Files.createTempDirectory(DIRECTORY, "run");
        installation = new Installation(own, SEED, transcript);
        Client client = client("installer");
        for (String endpoint : List.of("crm", "desk")) {
            Door.Answer made = client.insist(
                    "PUT",
                    "/api/v1/endpoints/" + endpoint,
                    "{\"url\":\"http://127.0.0.1:" + installation.receiverWire().port() + "/" + endpoint + "\"}");
            assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
            installation.receiver().knows(endpoint, made.body().path("secret").asText());
        }
        for (Member member : MEMBERS) {
            make(client, member);
        }
        make(client, new Member(FaultInjector.PROBE, "", 1, 1));
    }

    private static void make(Client client, Member member) throws InterruptedException {
        String channel = member.endpoint().isEmpty()
                ? ""
                : "\"channel\":\"WEBHOOK\",\"endpoint\":\"" + member.endpoint() + "\",";
        Door.Answer made = client.insist(
                "PUT",
                "/api/v1/accounts/" + member.account(),
                "{\"name\":\"Member\",\"noteQuota\":1000,\"withdrawAfter\":\"P1D\"," + channel
                        + AllHours.settings(member.cap(), member.burst()) + "}");
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    }

    @AfterEach
    void endEverything() throws Exception {
        threads.shutdownNow();
        installation.close();
    }

    @Test
    void nothingIsLostOrDoubledAndTheCapHoldsWhateverGoesWrong() throws Exception {
        Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        if (installation.disk().isEmpty()) {
            kinds.remove(FaultKind.DISK);
        }
        List<Fault> plan = FaultPlan.draw(SEED, FAULTS, Duration.ofMinutes(MINUTES), Installation.REPLICAS, kinds);
        Instant began = Instant.now();
        beginTheLoad();
        List<FaultInjector.Happened> happened = new FaultInjector(installation, transcript).run(plan);
        happened.stream()
                .filter(one -> one.recovery() == null)
                .forEach(one -> findings.add("did not recover from " + one.fault()));

        Instant calm = Instant.now();
        tide.stop();
        integrators.forEach(Integrator::stop);
        people.forEach(Caller::enqueueNoMore);
        drain();
        Duration drained = Duration.between(calm, Instant.now());
        endTheLoad();
        for (Replica replica : installation.replicas()) {
            replica.terminate();
        }
        History history = look();
        Files.writeString(
                REPORT,
                new CampaignReport(SEED, began, calm, drained, happened, history, installation, findings).text());
        System.out.println(Files.readString(REPORT));

        assertThat(happened).hasSize(FAULTS);
        assertThat(findings).isEmpty();
    }

    private Client client(String name) {
        return new Client(name, installation.addresses(), transcript);
    }

    private void beginTheLoad() {
        List<String> byHand = accounts(true);
        for (int i = 0; i < PEOPLE; i++) {
            String name = "person-" + i;
            people.add(new Caller(client(name), memory, SEED + i, name, byHand, DRAFTS_OF_A_PERSON));
        }
        for (int i = 0; i < 2; i++) {
            int half = i;
            String name = "integrator-" + i;
            integrators.add(new Integrator(
                    client(name),
                    SEED + PEOPLE + i,
                    name,
                    MEMBERS.stream()
                            .filter(member -> MEMBERS.indexOf(member) % 2 == half)
                            .map(member -> new Integrator.Fed(
                                    member.account(), member.cap() / 2, Math.max(3, member.cap() / 8)))
                            .toList()));
        }
        backOffice = new BackOffice(client("back office"), installation.receiver(), memory, SEED, accounts(false));
        tide = new Tide(installation.database(), SEED);
        List<Callable<Void>> all = new ArrayList<>(people);
        all.addAll(integrators);
        all.add(backOffice);
        all.add(tide);
        all.forEach(one -> load.add(threads.submit(one)));
    }

    private static List<String> accounts(boolean byHand) {
        return MEMBERS.stream()
                .filter(member -> member.endpoint().isEmpty() == byHand)
                .map(Member::account)
                .toList();
    }

    /** Time goes on faster, and nothing new is queued, until everything has gone out. */
    private void drain() throws InterruptedException {
        Instant bound = Instant.now().plus(DRAIN);
        while (waiting() > 0) {
            if (Instant.now().isAfter(bound)) {
                findings.add("after " + DRAIN + " without a fault, " + waiting() + " invitations still wait");
                return;
            }
            tide.leap(LEAP);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private long waiting() {
        TestPostgres.Database database = installation.database();
        try {
            return Long.parseLong(database.query("""
                select (select count(*) from invitation where state in ('QUEUED', 'RELEASED'))
                     + (select count(*) from task where state = 'OPEN' and (kind = 'SEND' or stage = 'RUNNING'))\
                """));
        } catch (SQLException away) {
            throw new IllegalStateException("after the last fault", away);
        }
    }

    private void endTheLoad() throws InterruptedException {
        people.forEach(Caller::stop);
        backOffice.stop();
        for (Future<Void> one : load) {
            try {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException failure) {
                findings.add("a client ended with " + failure);
            }
        }
    }

    /** Everything that was seen, by each checker, by the audit of the tables, and by what callers remember. */
    private History look() throws SQLException {
        try (Connection connection = installation.database().connect()) {
            History history = transcript.with(Remains.read(connection));
            findings.addAll(history.findings());
            Audit.findings(connection).forEach(finding -> findings.add("Audit: " + finding));
            memory.broken(connection).forEach(finding -> findings.add("Memory: " + finding));
            return history;
        }
    }
}
