package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.invitepacer.faults.history.Delivery;

/**
 * A receiver of webhooks as the documentation wants it: checks the signature on the bytes, remembers ids, acts once, and
 * takes down every call. It sends most invitations at once, some later, and some not; and it has its moods.
 */
final class Witness implements AutoCloseable {
    /** How it is at the moment. */
    enum Mood {
        WELL,
        /** It takes a second for everything. */
        SLOW,
        /** It hears nothing until the mood is over: calls wait. */
        PAUSED,
        /** It does nothing and answers 500. */
        BROKEN,
        /** It does nothing, answers 503 and asks for a second. */
        BUSY,
        /** It does everything and hangs up before it has answered. */
        HANGS_UP
    }

    /** An invitation that it has, and whose sending it reports by itself. */
    record Taken(String account, long task, long invitation, int attempt) {}

    private static final Duration COOLDOWN = Duration.ofHours(6);
    private static final long SLOW_MILLIS = 1_000;
    private static final int OF_A_HUNDRED_TAKEN = 10;
    private static final int OF_A_HUNDRED_REFUSED = 8;
    private static final int OF_A_HUNDRED_FAILED = 2;

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Transcript transcript;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Webhook> secrets = new ConcurrentHashMap<>();
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private Mood mood = Mood.WELL;

    Witness(Transcript transcript) throws IOException {
        this.transcript = transcript;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What is posted to {@code /endpoint} is signed with this. */
    void knows(String endpoint, String secret) {
        secrets.put(endpoint, new Webhook(secret));
    }

    synchronized void is(Mood now) {
        mood = now;
        notifyAll();
    }

    /** What it has taken and not reported yet, oldest first; whoever polls it reports. */
    Queue<Taken> taken() {
        return taken;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            Mood now = awaitHearing();
            if (now == Mood.BROKEN || now == Mood.BUSY) {
                takeDown(exchange, bytes, Delivery.NOTHING, now == Mood.BUSY ? "503" : "500");
                exchange.getResponseHeaders().add("Retry-After", "1");
                exchange.sendResponseHeaders(now == Mood.BUSY ? 503 : 500, -1);
                return;
            }
            String answer = act(exchange, bytes);
            if (now == Mood.SLOW) {
                TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
            }
            if (now == Mood.HANGS_UP) {
                return;
            }
            byte[] report =
                    report(answer, json.readTree(bytes).path("timestamp").asText());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(report.length == 0 ? 202 : 200, report.length == 0 ? -1 : report.length);
            if (report.length > 0) {
                exchange.getResponseBody().write(report);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Mood awaitHearing() throws InterruptedException {
        while (mood == Mood.PAUSED) {
            wait();
        }
        return mood;
    }

    /** Acts if it hears the id for the first time; the answer is always that of the first time. */
    private String act(HttpExchange exchange, byte[] bytes) throws IOException {
        JsonNode message = json.readTree(bytes);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String decided = decide(id, message.path("type").asText());
        boolean isNew = answers.putIfAbsent(id, decided) == null;
        boolean sends = isNew && (decided.equals("SENT") || decided.equals("TAKEN"));
        takeDown(exchange, bytes, sends ? Delivery.SENT : Delivery.NOTHING, decided);
        if (isNew && decided.equals("TAKEN")) {
            JsonNode data = message.path("data");
            taken.add(new Taken(
                    data.path("account").asText(),
                    data.path("task").asLong(),
                    data.path("invitation").asLong(),
                    data.path("attempt").asInt()));
        }
        return decided;
    }

    /** By the id alone, so that it does not depend on the order in which calls come. */
    private static String decide(String id, String type) {
        if (type.equals("task.withdraw")) {
            return "WITHDRAWN";
        }
        int draw = Math.floorMod(id.hashCode(), 100);
        if (draw < OF_A_HUNDRED_TAKEN) {
            return "TAKEN";
        }
        if (draw < OF_A_HUNDRED_TAKEN + OF_A_HUNDRED_REFUSED) {
            return "REFUSED";
        }
        return draw < OF_A_HUNDRED_TAKEN + OF_A_HUNDRED_REFUSED + OF_A_HUNDRED_FAILED ? "FAILED" : "SENT";
    }

    private static byte[] report(String answer, String opened) {
        String text =
                switch (answer) {
                    case "TAKEN" -> "";
                    case "REFUSED" ->
                        "{\"type\":\"REFUSED\",\"refusal\":\"COOLDOWN\",\"until\":\""
                                + Instant.parse(opened).plus(COOLDOWN) + "\"}";
                    default -> "{\"type\":\"" + answer + "\"}";
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void takeDown(HttpExchange exchange, byte[] bytes, String act, String answer) throws IOException {
        JsonNode message = json.readTree(bytes);
        JsonNode data = message.path("data");
        transcript.add(new Delivery(
                Instant.now(),
                exchange.getRequestHeaders().getFirst("webhook-id"),
                isSigned(exchange, bytes),
                data.path("kind").asText(),
                data.path("account").asText(),
                data.path("task").asLong(),
                data.path("invitation").asLong(),
                data.path("attempt").asInt(),
                data.path("profile").asText(),
                data.path("note").asText(null),
                Instant.parse(message.path("timestamp").asText()),
                new String(bytes, StandardCharsets.UTF_8),
                act,
                answer));
    }

    private boolean isSigned(HttpExchange exchange, byte[] bytes) {
        Webhook secret = secrets.get(exchange.getRequestURI().getPath().substring(1));
        try {
            secret.verify(
                    new String(bytes, StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().entrySet().stream()
                            .collect(Collectors.toMap(
                                    header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)));
            return true;
        } catch (WebhookVerificationException | NullPointerException notOurs) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
