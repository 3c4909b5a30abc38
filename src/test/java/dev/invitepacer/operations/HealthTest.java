package dev.invitepacer.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.delivery.DispatchLoop;
import dev.invitepacer.events.EventBacklog;

@QuarkusTest
class HealthTest extends ServiceTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Census census;

    @Inject
    DispatchLoop dispatch;

    @Inject
    EventBacklog backlog;

    @Test
    void aliveTellsTheVersionAndThatTimeIsReal() throws Exception {
        JsonPath live = answer("health/live", 200);

        assertThat(live.getString("checks.find { it.name == 'process' }.data.timeLapse"))
                .isEqualTo("off");
        assertThat(live.getString("checks.find { it.name == 'process' }.data.version"))
                .isEqualTo("0.1.0");
    }

    @Test
    void readyMeansThatTheSchemaIsThere() throws Exception {
        assertThat(answer("health/ready", 200).getString("checks.find { it.name == 'database schema' }.data.version"))
                .isEqualTo(latestMigration());
    }

    private static String latestMigration() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            return migrations
                    .map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                    .max(Comparator.comparing(Integer::valueOf))
                    .orElseThrow();
        }
    }

    @Test
    void wellTellsAnOverdueAccountAndForHowLong() throws Exception {
        account("anna", "");
        releases.round();
        census.count();
        answer("health/well", 200);

        execute("update pace set due_at = service_now() - interval '5 minutes'");
        census.count();

        JsonPath unwell = answer("health/well", 503);
        assertThat(unwell.getString("checks.find { it.name == 'release loop' }.status"))
                .isEqualTo("DOWN");
        assertThat(unwell.getInt("checks.find { it.name == 'release loop' }.data.overdueAccounts"))
                .isEqualTo(1);
        assertThat(unwell.getInt("checks.find { it.name == 'release loop' }.data.oldestOverdueSeconds"))
                .isEqualTo(300);
    }

    @Test
    void wellTellsAMissedNight() throws Exception {
        account("anna", "");
        setTime(Instant.parse("2026-11-24T05:00:00Z"));
        releases.round();
        census.count();

        JsonPath unwell = answer("health/well", 503);
        assertThat(unwell.getInt("checks.find { it.name == 'nightly run' }.data.accountsWaiting"))
                .isEqualTo(1);
        assertThat(unwell.getInt("checks.find { it.name == 'nightly run' }.data.longestWaitSeconds"))
                .isEqualTo(7200);
        nights.round();
        census.count();
        assertThat(answer("health/well", 200).getString("checks.find { it.name == 'nightly run' }.data.lastSuccess"))
                .isEqualTo("2026-11-24T05:00:00Z");
    }

    @Test
    void wellTellsWhatIsDueInDoubtAndFailed() throws Exception {
        dispatch.round();
        account("anna", "");
        execute("update account set settings = settings || '{\"channel\":\"LINKEDIN\"}'");
        enqueue("anna", "kamala-eriksen", "\"memberUrn\":\"urn:li:person:a1\"");
        setTime(Instant.parse("2026-11-23T09:00:00Z"));
        releases.round();
        advance(Duration.ofMinutes(15));
        census.count();
        assertThat(delivery(answer("health/well", 200), "due")).isEqualTo(1);

        advance(Duration.ofMinutes(1));
        census.count();
        assertThat(delivery(answer("health/well", 503), "oldestDueSeconds")).isEqualTo(960);

        execute("update task set stage = 'IN_DOUBT', next_try_at = null");
        census.count();
        assertThat(delivery(answer("health/well", 200), "inDoubt")).isEqualTo(1);
        assertThat(metric("pacer_delivery_doubtful")).isEqualTo(1);

        advance(Duration.ofHours(1));
        census.count();
        assertThat(delivery(answer("health/well", 503), "oldestInDoubtSeconds")).isEqualTo(4560);

        execute("update task set stage = 'FAILED'");
        census.count();
        assertThat(delivery(answer("health/well", 503), "failed")).isEqualTo(1);
        assertThat(metric("pacer_delivery_failed")).isEqualTo(1);
    }

    @Test
    void wellTellsEventsThatReachNobody() throws Exception {
        account("anna", "");
        releases.round();
        census.count();
        backlog.count();
        answer("health/well", 200);

        advance(Duration.ofMinutes(16));
        backlog.count();
        JsonPath unwell = answer("health/well", 503);
        assertThat(unwell.getString("checks.find { it.name == 'events' }.status"))
                .isEqualTo("DOWN");
        assertThat(unwell.getInt("checks.find { it.name == 'events' }.data.oldestWaitingSeconds"))
                .isEqualTo(960);

        execute("truncate event");
        releases.round();
        census.count();
        backlog.count();
        assertThat(answer("health/well", 200).getString("checks.find { it.name == 'events' }.status"))
                .isEqualTo("UP");
    }

    private static int delivery(JsonPath well, String figure) {
        return well.getInt("checks.find { it.name == 'delivery' }.data." + figure);
    }

    @Test
    void theMetricsCountWhatIsReleasedAndWhatIsOpen() throws Exception {
        double before = metric("pacer_releases_total");
        account("anna", "");
        enqueue("anna", "kamala-eriksen");
        advance(Duration.ofHours(2));
        releases.round();
        census.count();

        assertThat(metric("pacer_releases_total")).isEqualTo(before + 1);
        assertThat(metric("pacer_tasks_send_open")).isEqualTo(1);
    }

    @Test
    void healthAndMetricsAreNotOnTheApisPort() throws Exception {
        URI api = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/q/");

        assertThat(get(api.resolve("health")).statusCode()).isEqualTo(404);
        assertThat(get(api.resolve("metrics")).statusCode()).isEqualTo(404);
        assertThat(answer("health/started", 200).getString("status")).isEqualTo("UP");
    }

    private JsonPath answer(String path, int status) throws Exception {
        HttpResponse<String> answer = get(management.resolve(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonPath(answer.body());
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private double metric(String name) throws Exception {
        return get(management.resolve("metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
