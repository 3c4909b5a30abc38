package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * A receiver of webhooks that remembers every id: it sends an invitation when it hears an id for the first time, and answers
 * 2xx whenever. Now and then it acts and hangs up before it has answered.
 */
final class Receiver implements AutoCloseable {
    private static final byte[] SENT = "{\"type\":\"SENT\"}".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Long> acted = new ConcurrentHashMap<>();
    private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final int hangUpEvery;
    private final ToLongFunction<String> delay;

    /**
     * @param hangUpEvery it hangs up on every so manieth new id; 0: never
     * @param delay milliseconds that it takes for a call to this path
     */
    Receiver(int hangUpEvery, ToLongFunction<String> delay) throws IOException {
        this.hangUpEvery = hangUpEvery;
        this.delay = delay;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** All calls, whether they were heard for the first time or again. */
    int calls() {
        return calls.get();
    }

    /** The calls that it is at now. */
    int running() {
        return running.get();
    }

    /** The invitations that it sent, in order; one that it sent twice would be in it twice. */
    List<Long> sent() {
        return List.copyOf(sent);
    }

    private void take(HttpExchange exchange) throws IOException {
        running.incrementAndGet();
        calls.incrementAndGet();
        try (exchange) {
            JsonNode body = json.readTree(exchange.getRequestBody());
            long invitation = body.path("data").path("invitation").asLong();
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            boolean isNew = acted.putIfAbsent(id, invitation) == null;
            if (isNew) {
                sent.add(invitation);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    delay.applyAsLong(exchange.getRequestURI().getPath())));
            if (isNew && hangUpEvery > 0 && acted.size() % hangUpEvery == 0) {
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, SENT.length);
            exchange.getResponseBody().write(SENT);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
