package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.invitepacer.faults.history.Call;

/**
 * A client that does what the documentation says, behind a balancer that knows nothing of who is well: a request that nobody
 * answered, or that was told "not now", it sends again after a while to the next process, under the same Idempotency-Key. It
 * takes down everything that it asks and is told.
 */
final class Client implements Asker {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration UNTIL_AN_ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final List<String> WHAT_IS_KEPT_OF_A_TASK =
            List.of("id", "account", "invitation", "kind", "attempt", "openedAt", "profile");

    private final String name;
    private final List<URI> processes;
    private final Transcript transcript;
    private final AtomicInteger turn = new AtomicInteger();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Client(String name, List<URI> processes, Transcript transcript) {
        this.name = name;
        this.processes = processes;
        this.transcript = transcript;
    }

    /** What one try came to: an answer, or in words why there is none and how long to wait. */
    private record Try(Door.Answer answer, String why, Duration pause) {}

    /** Status 0 where nobody gave an answer for five minutes: then nobody knows whether it was done. */
    @Override
    public Door.Answer insist(String method, String path, String type, String body) throws InterruptedException {
        String key = "\"" + UUID.randomUUID() + "\"";
        Instant began = Instant.now();
        List<String> tries = new ArrayList<>();
        Door.Answer answer = null;
        while (answer == null && Duration.between(began, Instant.now()).compareTo(PATIENCE) < 0) {
            Try one = once(method, path, type, body, key);
            answer = one.answer();
            if (answer == null) {
                tries.add(one.why());
                TimeUnit.MILLISECONDS.sleep(one.pause().toMillis());
            }
        }
        if (answer == null) {
            answer = new Door.Answer(0, null, json.nullNode());
        }
        transcript.add(new Call(
                name,
                method,
                path,
                body,
                began,
                Instant.now(),
                List.copyOf(tries),
                answer.status(),
                kept(answer.body())));
        return answer;
    }

    private Try once(String method, String path, String type, String body, String key) throws InterruptedException {
        URI process = processes.get(Math.floorMod(turn.getAndIncrement(), processes.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(process.resolve(path))
                .timeout(UNTIL_AN_ANSWER)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode told = response.body().isBlank() ? json.nullNode() : json.readTree(response.body());
            String code = told.path("code").asText();
            if (response.statusCode() >= 500 || code.equals("idempotency-key-running")) {
                long seconds =
                        response.headers().firstValueAsLong("Retry-After").orElse(1);
                String why = response.statusCode() + " " + (code.isEmpty() ? told : code);
                return new Try(null, why, Duration.ofSeconds(seconds));
            }
            return new Try(new Door.Answer(response.statusCode(), response.headers(), told), "", Duration.ZERO);
        } catch (IOException nobody) {
            return new Try(null, nobody.getClass().getSimpleName(), PAUSE);
        }
    }

    /** Lists are long and many; of their tasks the checkers need little. */
    private JsonNode kept(JsonNode answer) {
        if (!answer.path("items").isArray()) {
            return answer;
        }
        ObjectNode slim = json.createObjectNode();
        var items = slim.putArray("items");
        answer.path("items").forEach(item -> items.add(((ObjectNode) item.deepCopy()).retain(WHAT_IS_KEPT_OF_A_TASK)));
        return slim;
    }
}
