package dev.invitepacer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.faults.AllHours;
import dev.invitepacer.faults.Audit;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;
import dev.invitepacer.scan.Requests.Asked;
import dev.invitepacer.web.Answer;

/**
 * Asks the packaged service for everything that its own OpenAPI document describes, with keys of every role and without, by
 * values that are right, nearly right and hostile, while time races and invitations are released.
 *
 * <p>How much: {@code -Dfuzz.requests=50000}; with the same requests as another run: {@code -Dfuzz.seed=…}, which every
 * failure tells.
 */
class ApiScanIT {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    private static final int AT_ONCE = 3;
    private static final int LONGEST_BODY = 1 << 20;
    private static final String ADMIN_KEY = "pk_scan-scan-scan-scan-scan-scan-scan-scan-sca";
    private static final String SECRETS_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final Pattern SECRET = Pattern.compile("pk_[A-Za-z0-9_-]{43}|whsec_[A-Za-z0-9+/=]{20,}");
    /** The only calls that tell a secret, once, to whoever may make it. */
    private static final Set<String> TELLING = Set.of(
            "POST /api/v1/keys",
            "POST /api/v1/keys/{id}/rotate",
            "PUT /api/v1/endpoints/{endpoint}",
            "POST /api/v1/endpoints/{endpoint}/secret");
    /** In the names and notes of an account that only those may see who see all. */
    private static final String HIDDEN = "Zqhiddenqz";

    @TempDir
    Path directory;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private TestPostgres.Database database;
    private Service service;
    private Contract contract;
    private volatile List<Asker> askers;

    @BeforeEach
    void launch() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        database = TestPostgres.shared().createDatabase();
        service = Service.launch(Service.jar(), directory, environment(), "-Dpacer.security.enabled=true")
                .awaitReady();
        contract = new Contract(
                json.readTree(ask("GET", "/q/openapi?format=json", null, 200).body()));
        furnish();
        letThemIn();
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        service.kill();
        receiver.stop(0);
    }

    @Test
    void everyCallKeepsItsFormWhateverItIsAskedAndByWhom() throws Exception {
        scan();

        System.out.printf(
                "%d requests with -Dfuzz.seed=%d to %d calls; answers by status: %s; findings: %d%n",
                REQUESTS, SEED, contract.calls().size(), statuses, findings.size());
        assertThat(findings).as("-Dfuzz.seed=%d", SEED).isEmpty();
        assertThat(contract.calls().stream().map(Contract.Call::toString).filter(call -> !taken.containsKey(call)))
                .as("calls that were never asked for")
                .isEmpty();
        assertThat(service.output())
                .as("the log tells no secret, and nobody's note; -Dfuzz.seed=%d", SEED)
                .doesNotContain("A request failed", ADMIN_KEY, SECRETS_KEY, HIDDEN)
                .doesNotContainPattern(SECRET);
        try (var connection = database.connect()) {
            List<String> deleted = deletedMeanwhile();
            assertThat(Audit.findings(connection).stream().filter(finding -> !isOfOne(deleted, finding)))
                    .as("-Dfuzz.seed=%d", SEED)
                    .isEmpty();
        }
    }

    /** Accounts that some admin deleted, and perhaps made anew: their ledger outlives the history that told of its bookings. */
    private List<String> deletedMeanwhile() throws SQLException {
        return List.of(database.query("""
                        select coalesce(string_agg(distinct l.account, ','), '')
                          from ledger l
                         where not exists (select from account a where a.account = l.account and a.created_at <= l.at)""").split(","));
    }

    private static boolean isOfOne(List<String> accounts, String finding) {
        return accounts.stream().anyMatch(account -> finding.startsWith(account + ": booking "))
                && (finding.endsWith(" is not told") || finding.contains(" is told as "));
    }

    private void scan() throws Exception {
        AtomicInteger left = new AtomicInteger(REQUESTS);
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> scans = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Requests requests = new Requests(service.api(), contract, SEED + i, receiverAddress());
                scans.add(threads.submit(() -> {
                    for (int rest = left.getAndDecrement(); rest > 0; rest = left.getAndDecrement()) {
                        if (rest % 500 == 0) {
                            furnish();
                        }
                        send(requests.next(askers));
                    }
                    return null;
                }));
            }
            for (Future<?> scan : scans) {
                scan.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(Asked asked) throws InterruptedException {
        Answer answer;
        try {
            HttpResponse<InputStream> response =
                    client.send(asked.request(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                // A stream of events does not end by itself.
                String text = type.startsWith("text/event-stream")
                        ? ""
                        : new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
                answer = new Answer(asked.toString(), response.statusCode(), type, text);
                judgeHeaders(asked, response);
            }
        } catch (IOException unanswered) {
            findings.add(asked + " -> no answer: " + unanswered);
            return;
        }
        statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
        taken.computeIfAbsent(asked.call().toString(), call -> new AtomicInteger())
                .incrementAndGet();
        judge(asked, answer);
        if (answer.status() == 401 && !asked.asker().headers().isEmpty()) {
            letThemIn();
        }
    }

    private void judge(Asked asked, Answer answer) {
        boolean hasBody = !asked.request().method().equals("HEAD");
        // An address over the HTTP layer's limit is refused before there is anybody to explain it.
        boolean isBeyondHttp =
                answer.status() == 414 && asked.request().uri().toString().length() > 4_096;
        if (hasBody && !isBeyondHttp) {
            findings.addAll(answer.faults());
        } else if (answer.status() >= 500) {
            findings.add(asked + " -> " + answer.status());
        }
        boolean mayTell = answer.status() < 300
                && TELLING.contains(asked.call().toString())
                && asked.asker().seesAll();
        if (!mayTell
                && SECRET.matcher(answer.body().replace(asked.body(), "")).find()
                && !SECRET.matcher(asked.body()).find()) {
            findings.add(asked + " -> tells a secret: " + answer.body());
        }
        if (answer.body().contains(SECRETS_KEY) || answer.body().contains(database.password())) {
            findings.add(asked + " -> tells what the operator keeps");
        }
        if (!asked.asker().seesAll() && answer.body().contains(HIDDEN)) {
            findings.add(asked + " -> tells of another account: " + answer.body());
        }
    }

    private void judgeHeaders(Asked asked, HttpResponse<?> response) {
        response.headers().map().forEach((name, values) -> {
            if (name.equalsIgnoreCase("Server")
                    || name.equalsIgnoreCase("X-Powered-By")
                    || name.equalsIgnoreCase("X-Evil")) {
                findings.add(asked + " -> has a header " + name + ": " + values);
            }
        });
        if (!response.headers().firstValue("X-Content-Type-Options").orElse("").equals("nosniff")
                && response.statusCode() != 414) {
            findings.add(asked + " -> may be sniffed, " + response.statusCode());
        }
    }

    /** What there is to be seen and changed. It is made again now and then, since much is deleted. */
    private void furnish() throws IOException, InterruptedException {
        String settings = "{\"name\":\"Anna\",\"noteQuota\":1000," + AllHours.settings(100, 5) + "}";
        ask("PUT", "/api/v1/accounts/anna", settings);
        ask("PUT", "/api/v1/accounts/bert", "{\"name\":\"Bert " + HIDDEN + "\"," + AllHours.settings(50, 2) + "}");
        ask("PUT", "/api/v1/endpoints/crm", "{\"url\":\"" + receiverAddress() + "/hook\"}");
        ask("PUT", "/api/v1/accounts/anna/templates/t", "{\"alternatives\":[\"Hi {{firstName}}\"]}");
        for (int i = 0; i < 20; i++) {
            ask(
                    "POST",
                    "/api/v1/accounts/anna/invitations",
                    "{\"profile\":\"person-" + i + "\",\"note\":\"Hi, Grace\"}");
            ask(
                    "POST",
                    "/api/v1/accounts/bert/invitations",
                    "{\"profile\":\"person-" + (30 + i) + "\",\"firstName\":\"" + HIDDEN + "\",\"note\":\"Hi " + HIDDEN
                            + "\"}");
        }
    }

    /** A key for every role, one that is nobody's, a session of the console, and none. */
    private synchronized void letThemIn() throws InterruptedException {
        try {
            List<Asker> all = new ArrayList<>(List.of(Asker.withKey("ADMIN", ADMIN_KEY, true)));
            for (String role : List.of("OWNER", "INTEGRATOR", "SENDER", "READER")) {
                all.add(Asker.withKey(role, key(role, ",\"accounts\":[\"anna\"]"), false));
            }
            all.add(Asker.withKey("READER of all", key("READER", ""), true));
            all.add(session());
            all.add(Asker.withKey("nobody", "pk_nobody", false));
            all.add(new Asker("without a key", Map.of(), false));
            askers = all;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String key(String role, String accounts) throws IOException, InterruptedException {
        return json.readTree(ask(
                                "POST",
                                "/api/v1/keys",
                                "{\"name\":\"scan\",\"role\":\"" + role + "\"" + accounts + "}",
                                201)
                        .body())
                .path("key")
                .asText();
    }

    private Asker session() throws IOException, InterruptedException {
        HttpResponse<String> signedIn =
                ask("POST", "/api/v1/session", "{\"key\":\"" + key("OWNER", ",\"accounts\":[\"anna\"]") + "\"}", 200);
        JsonNode session = json.readTree(signedIn.body());
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return new Asker(
                "OWNER in the console",
                Map.of("Cookie", cookie, "X-CSRF-Token", session.path("csrf").asText()),
                false);
    }

    private HttpResponse<String> ask(String method, String path, String body, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = ask(method, path, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isEqualTo(status);
        return response;
    }

    private HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(service.api() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + ADMIN_KEY)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String receiverAddress() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort();
    }

    /** Nothing leads out of this machine. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        environment.put("PACER_BOOTSTRAP_KEY", ADMIN_KEY);
        environment.put("PACER_SECRETS_KEY", SECRETS_KEY);
        environment.put("PACER_SECURITY_FAILURES_MOST", "10000");
        environment.put("PACER_TIME_LAPSE", "2000");
        environment.put("PACER_WEBHOOKS_ALLOW_HTTP", "true");
        environment.put("PACER_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8");
        environment.put("PACER_LINKEDIN_BASE_URL", receiverAddress());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        return environment;
    }
}
