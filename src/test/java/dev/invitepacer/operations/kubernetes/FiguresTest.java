package dev.invitepacer.operations.kubernetes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.Census;
import dev.invitepacer.operations.Survey;

/** What the reference, the alerts, their tests and the dashboard speak of, against what the running service answers. */
@QuarkusTest
class FiguresTest extends ServiceTest {
    private static final Path RULES = Path.of("k8s/components/monitoring/prometheus-rule.yaml");
    private static final Path DASHBOARD = Path.of("k8s/components/monitoring/dashboard.json");
    private static final Path ALERT_TESTS = Path.of("k8s/tests/alerts.yaml");
    private static final Path REFERENCE = Path.of("docs/reference/metrics.md");
    private static final Path RUNBOOKS = Path.of("docs/how-to/runbooks");
    private static final Path WORK = Path.of("target/k8s");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\| (\\w+) \\| ([^|]*?) ?\\| [^|]{3,} \\|$");
    private static final Pattern SERIES = Pattern.compile("- series: '([^']+)'");

    /** They appear when they have something to tell. */
    private static final Set<String> GROUPS =
            Set.of("agroal_", "http_server_", "jvm_", "netty_", "process_", "system_", "vertx_http_", "worker_pool_");

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Census census;

    @Inject
    Survey survey;

    private Scrape scrape;

    @BeforeEach
    void scrape() throws Exception {
        account("anna", "");
        enqueueMany("anna", 2);
        given().get("/api/v1/accounts").then().statusCode(200);
        // What tests before this one left behind is counted no longer.
        census.count();
        survey.countThresholds();
        survey.countAcceptance();
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(management.resolve("metrics"))
                                .header("Accept", "text/plain;version=0.0.4")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        scrape = Scrape.of(text);
        Files.createDirectories(WORK);
        Files.writeString(WORK.resolve("scrape.txt"), text);
        Files.writeString(WORK.resolve("scrape.yaml"), asPromtoolTest());
    }

    @Test
    void theReferenceTellsEveryMetricWithItsTypeAndLabels() throws Exception {
        Map<String, String> told = new TreeMap<>();
        ROW.matcher(Files.readString(REFERENCE))
                .results()
                .forEach(row -> told.put(
                        row.group(1),
                        row.group(2) + " " + row.group(3).replace("`", "").trim()));
        Map<String, String> known = new TreeMap<>();
        scrape.types().forEach((name, type) -> {
            if (name.startsWith("pacer_") || told.containsKey(name)) {
                known.put(name, type + " " + String.join(", ", scrape.labels(name)));
            }
        });

        assertThat(told).isEqualTo(known);
        assertThat(scrape.types().keySet())
                .allMatch(name -> name.startsWith("pacer_") || GROUPS.stream().anyMatch(name::startsWith));
    }

    @Test
    void everySeriesThatAnAlertAsksForIsThere() throws Exception {
        for (JsonNode rule : rules()) {
            assertThat(scrape.unanswered(rule.get("expr").asText()))
                    .as(rule.get("alert").asText())
                    .isEmpty();
        }
    }

    @Test
    void everySeriesThatAPanelAsksForIsThere() throws Exception {
        assertThat(panels()).hasSizeGreaterThan(20);
        panels().forEach((expression, panel) ->
                assertThat(scrape.unanswered(expression)).as(panel).isEmpty());
    }

    @Test
    void theAlertsAreTestedWithSeriesThatThereAre() throws Exception {
        List<String> series = SERIES.matcher(Files.readString(ALERT_TESTS))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("up"))
                // Any version will do.
                .map(name -> name.replaceAll(",version=\"\\d+\"", ""))
                .distinct()
                .toList();

        assertThat(series).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(scrape.unanswered(name))
                .isEmpty());
    }

    @Test
    void aSeriesThatIsNotThereIsFound() {
        assertThat(scrape.unanswered("sum by (namespace) (rate(pacer_releases_totl[5m])) > 0"))
                .containsExactly("pacer_releases_totl");
        assertThat(scrape.unanswered("max(pacer_accounts_by_reason{reason=\"BORED\"}) and on (pod) pacer_build"))
                .containsExactly("pacer_accounts_by_reason{reason=\"BORED\"}");
        assertThat(scrape.unanswered("max(pacer_accounts_by_reason{namespace=~\".*\",reason=\"PAUSED\"})"))
                .isEmpty();
    }

    @Test
    void everyAlertHasARunbookThatIsAboutItAndTestsThatItFiresAndStaysQuiet() throws Exception {
        String tests = Files.readString(ALERT_TESTS);
        Set<String> runbooks = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String alert = rule.get("alert").asText();
            Path runbook = Path.of(rule.at("/annotations/runbook").asText());
            runbooks.add(runbook.toString());
            assertThat(Files.readString(runbook)).as("%s in %s", alert, runbook).contains("`" + alert + "`");
            assertThat(tests).contains("name: " + alert + " fires\n", "name: " + alert + " stays quiet\n");
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        }
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            assertThat(files.map(Path::toString).filter(file -> !file.endsWith("README.md")))
                    .containsExactlyInAnyOrderElementsOf(runbooks);
        }
    }

    @Test
    void everyRunbookSaysWhatItMeansHowToLookAndWhatToDo() throws Exception {
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            for (Path file : files.filter(file -> !file.endsWith("README.md")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .contains("\n## What it means\n", "\n## Look\n", "\n## Do\n");
            }
        }
    }

    @Test
    void theDashboardIsOneThatGrafanaTakes() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.at("/uid").asText()).isEqualTo("invite-pacer");
        assertThat(dashboard.at("/schemaVersion").asInt()).isPositive();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
            assertThat(panel.get("type").asText().equals("row")
                            || !panel.get("description").asText().isBlank())
                    .isTrue();
        }
        Set<String> variables = new TreeSet<>(dashboard.at("/templating/list").findValuesAsText("name"));
        assertThat(variables).isEqualTo(Set.of("datasource", "namespace"));
    }

    /**
     * The scrape as a test for promtool: nothing fires on a service that is well, and every panel has an answer. {@code
     * k8s/check} runs it.
     */
    private String asPromtoolTest() throws Exception {
        List<String> lines =
                new ArrayList<>(List.of("rule_files:", "  - rules.yaml", "evaluation_interval: 1m", "tests:"));
        lines.addAll(List.of("  - name: a scrape of the running service", "    interval: 1m", "    input_series:"));
        scrape.samples().stream()
                .filter(sample -> Double.isFinite(sample.value()))
                .forEach(sample -> {
                    // YAML doubles a quote within quotes.
                    lines.add("      - series: '" + sample.series().replace("'", "''") + "'");
                    lines.add("        values: '" + sample.plainValue() + "x60'");
                });
        lines.addAll(List.of(
                "    promql_expr_test:", "      - expr: ALERTS", "        eval_time: 60m", "        exp_samples: []"));
        panels().keySet()
                .forEach(expression -> lines.addAll(List.of(
                        "      - expr: 'count(" + expression + ") > bool 0'",
                        "        eval_time: 60m",
                        "        exp_samples:",
                        "          - labels: '{}'",
                        "            value: 1")));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static JsonNode rules() throws Exception {
        JsonNode rules = Manifests.documents(Files.readString(RULES)).get(0).at("/spec/groups/0/rules");
        assertThat(rules).hasSizeGreaterThan(10);
        return rules;
    }

    /** Every expression of the dashboard, with its variables filled in, and the panel that it is from. */
    private static Map<String, String> panels() throws Exception {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.put(
                        target.get("expr").asText().replace("$namespace", ".*").replace("$__rate_interval", "5m"),
                        panel.get("title").asText());
            }
        }
        return expressions;
    }
}
