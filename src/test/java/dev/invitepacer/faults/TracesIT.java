package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** What the packaged service tells a collector of traces, and its log in JSON. */
class TracesIT {
    private static final String PERSON = "anna-of-the-traces";
    private static final String HOOK = "/hook-as-good-as-a-password";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<String> parents = new ConcurrentLinkedQueue<>();
    private final Door api = new Door();
    private HttpServer collector;
    private TestPostgres postgres;
    private Service service;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.setExecutor(Executors.newCachedThreadPool());
        collector.createContext("/v1/traces", exchange -> take(exchange, traces));
        collector.createContext(HOOK, exchange -> {
            parents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            take(exchange, new ConcurrentLinkedQueue<>());
        });
        collector.start();
        postgres = TestPostgres.in(directory);
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        if (service != null) {
            service.kill();
        }
        postgres.close();
        collector.stop(0);
    }

    @Test
    void requestsAndCallsAreTracedByTheirRouteAndNobodyIsNamed() throws Exception {
        launch(Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector().toString(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "50ms"));

        ask("PUT", "/api/v1/suppressions/" + PERSON, "{\"reason\":\"" + PERSON + "\"}", 201);
        ask("GET", "/api/v1/suppressions/" + PERSON, null, 200);
        ask("PUT", "/api/v1/accounts/anna", "{\"name\":\"" + PERSON + "\"}", 201);
        ask("GET", "/api/v1/accounts/anna/invitations?profile=" + PERSON, null, 200);
        ask("GET", "/nowhere/" + PERSON, null, 404);
        ask("PUT", "/api/v1/endpoints/hook", "{\"url\":\"" + collector().resolve(HOOK) + "\"}", 201);
        ask("POST", "/api/v1/endpoints/hook/test", null, 200);
        Service.await(() -> told().contains("/api/v1/endpoints/{endpoint}/test"));
        Service.await(() -> told().contains("/api/v1/suppressions/{profile}"));

        assertThat(told()).contains("invite-pacer").doesNotContain(PERSON).doesNotContain(HOOK.substring(1));
        assertThat(parents).isNotEmpty().allMatch(parent -> parent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
        postgres.close();
        ask("GET", "/api/v1/accounts", null, 503);
        Service.await(() -> service.output().contains("answered with 503"));
        assertThat(lineOf("answered with 503").path("mdc").path("traceId").asText())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void withoutAnEndpointNothingIsTracedAndEveryLineOfTheLogIsStillJson() throws Exception {
        launch(Map.of());

        postgres.close();
        ask("GET", "/api/v1/accounts", null, 503);
        Service.await(() -> service.output().contains("answered with 503"));

        assertThat(lineOf("answered with 503").path("mdc").has("traceId")).isFalse();
        assertThat(traces).isEmpty();
        assertThat(service.terminate()).isIn(0, 143);
        for (String line : service.output().lines().toList()) {
            assertThat(JSON.readTree(line).path("level").asText()).isNotEmpty();
        }
    }

    private void launch(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(DeliveryKillIT.environment(postgres.createDatabase()));
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        environment.putAll(more);
        service = Service.launch(Service.jar(), directory, environment).awaitReady();
        api.leadTo(service.api());
    }

    private void ask(String method, String path, String body, int status) throws Exception {
        assertThat(api.ask(method, path, "application/json", body).status())
                .as("%s %s", method, path)
                .isEqualTo(status);
    }

    private URI collector() {
        return URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
    }

    /** Protocol buffers hold texts as they are. */
    private String told() {
        return String.join("\n", traces);
    }

    private JsonNode lineOf(String text) throws IOException {
        List<String> lines =
                service.output().lines().filter(line -> line.contains(text)).toList();
        return JSON.readTree(lines.get(0));
    }

    private static void take(HttpExchange exchange, Queue<String> bodies) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
