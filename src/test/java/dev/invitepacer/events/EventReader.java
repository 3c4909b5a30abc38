package dev.invitepacer.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a stream of events over HTTP as a browser does: by lines, and with the last id in hand. */
final class EventReader implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An event as it came, or the end of the stream where the id is null. */
    record Told(String id, String type, JsonNode body) {}

    private final InputStream stream;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> signs = new LinkedBlockingQueue<>();
    private volatile String lastId;

    private EventReader(InputStream stream) {
        this.stream = stream;
        Thread reading = new Thread(this::read, "event-reader");
        reading.setDaemon(true);
        reading.start();
    }

    /** Opens the stream, and comes back once it has begun. */
    static EventReader open(int port, String query, String lastEventId) {
        HttpResponse<InputStream> answer = ask(port, query, lastEventId);
        if (answer.statusCode() != 200) {
            throw new AssertionError("No stream: " + answer.statusCode() + " " + text(answer));
        }
        EventReader reader = new EventReader(answer.body());
        reader.sign();
        return reader;
    }

    static HttpResponse<InputStream> ask(int port, String query, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/events" + query))
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    static String text(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The next event; fails after ten seconds without one. */
    Told next() {
        Told next = poll(told);
        if (next.id() == null) {
            throw new AssertionError("The stream ended");
        }
        return next;
    }

    List<Told> next(int many) {
        List<Told> some = new ArrayList<>();
        while (some.size() < many) {
            some.add(next());
        }
        return some;
    }

    /** Waits for the end of the stream; what comes before it is passed over. */
    void awaitEnd() {
        while (poll(told).id() != null) {
            // the end is further on
        }
    }

    /** Waits for a sign of life; answers the id in it. */
    String sign() {
        return poll(signs);
    }

    boolean hasMore() {
        return !told.isEmpty();
    }

    String lastId() {
        return lastId;
    }

    private static <T> T poll(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing came for ten seconds");
            }
            return next;
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private void read() {
        String id = null;
        String type = null;
        String data = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && id != null) {
                    lastId = id;
                    if (data == null) {
                        signs.add(id);
                    } else {
                        told.add(new Told(id, type, JSON.readTree(data)));
                    }
                    type = null;
                    data = null;
                }
            }
        } catch (IOException closed) {
            // told below
        }
        told.add(new Told(null, null, null));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
