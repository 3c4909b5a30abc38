package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A well-behaved client behind a simple load balancer: requests go round the processes that are ready, and one that nobody
 * answered, or that was told "not now", goes to the next, under the same Idempotency-Key.
 */
final class Balancer {
    private static final int MOST_TRIES = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final List<URI> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> sentAgain = new ConcurrentLinkedQueue<>();

    void add(URI process) {
        ready.add(process);
    }

    void remove(URI process) {
        ready.remove(process);
    }

    int requests() {
        return requests.get();
    }

    /** Why requests were sent a second time. */
    List<String> sentAgain() {
        return List.copyOf(sentAgain);
    }

    /** Posts until somebody answers with more than "not now"; the answer's status and body. */
    Door.Answer post(String path, String type, String body) throws InterruptedException {
        return send("POST", path, type, body);
    }

    Door.Answer put(String path, String body) throws InterruptedException {
        return send("PUT", path, "application/json", body);
    }

    Door.Answer get(String path) throws InterruptedException {
        return send("GET", path, null, null);
    }

    private Door.Answer send(String method, String path, String type, String body) throws InterruptedException {
        String key = "\"" + UUID.randomUUID() + "\"";
        requests.incrementAndGet();
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            String why;
            try {
                Door.Answer answer = ask(method, path, type, body, key);
                boolean isNotNow = answer.status() == 503
                        || answer.body().path("code").asText().equals("idempotency-key-running");
                if (!isNotNow) {
                    return answer;
                }
                why = answer.status() + " " + answer.body().path("code").asText();
            } catch (IOException nobody) {
                why = nobody.getClass().getSimpleName();
            }
            sentAgain.add(why);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IllegalStateException(method + " " + path + " was answered by nobody");
    }

    private Door.Answer ask(String method, String path, String type, String body, String key)
            throws IOException, InterruptedException {
        List<URI> now = List.copyOf(ready);
        if (now.isEmpty()) {
            throw new IOException("nobody is ready");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(now.get(Math.floorMod(turn.getAndIncrement(), now.size()))
                        .resolve(path))
                .timeout(Duration.ofSeconds(20));
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", key);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = response.body().isBlank() ? json.nullNode() : json.readTree(response.body());
        return new Door.Answer(response.statusCode(), response.headers(), answer);
    }
}
