package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Leads to whichever process is the service now, on whatever port. */
final class Door implements Asker {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile URI base;

    /** What came back. */
    record Answer(int status, HttpHeaders headers, JsonNode body) {}

    void leadTo(URI service) {
        base = service;
    }

    /** How many requests nobody answered, or answered with "not now". */
    int unanswered() {
        return unanswered.get();
    }

    /** Asks once. */
    Answer ask(String method, String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers(),
                response.body().isBlank() ? json.nullNode() : json.readTree(response.body()));
    }

    /** What is there, where it is no JSON. */
    String text(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return ask("GET", path, null, null);
    }

    @Override
    public Answer insist(String method, String path, String type, String body) throws InterruptedException {
        while (true) {
            try {
                Answer answer = ask(method, path, type, body);
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (IOException nobodyThere) {
                // The process is gone, before or after it did what it was asked for. Only asking again tells.
            }
            unanswered.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
