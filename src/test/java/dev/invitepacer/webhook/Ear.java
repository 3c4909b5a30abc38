package dev.invitepacer.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A receiver of webhooks on a plain socket, so that it can misbehave in every way. Remembers what it heard. */
public final class Ear implements AutoCloseable {
    /** One request, as it came. */
    public record Heard(String line, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What it does after it has read a request: writes to the connection, or not. The connection is closed afterwards. */
    public interface Behaviour {
        void answer(Heard heard, Socket connection) throws Exception;
    }

    private static final int DRIP_MILLIS = 50;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "ear");
        thread.setDaemon(true);
        return thread;
    });
    private final ServerSocket server;
    private final Future<?> listening;
    private volatile Behaviour behaviour = answers(200, "", "");

    public Ear() {
        this("127.0.0.1");
    }

    public Ear(String address) {
        try {
            server = new ServerSocket(0, 100, InetAddress.getByName(address));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        listening = threads.submit(this::listen);
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hooks?from=pacer";
    }

    public List<Heard> heard() {
        return heard;
    }

    /** How many connections were made to it. */
    public int connections() {
        return open.size();
    }

    public void does(Behaviour what) {
        behaviour = what;
    }

    /** A whole answer; header lines end in CRLF. */
    public static Behaviour answers(int status, String headers, String body) {
        return (heard, connection) -> write(
                connection,
                "HTTP/1.1 " + status + " Whatever\r\n" + headers + "Connection: close\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    public static Behaviour says(String raw) {
        return (heard, connection) -> write(connection, raw);
    }

    /** Keeps the connection open and says nothing until it is closed. */
    public static Behaviour isSilent() {
        return (heard, connection) -> connection.getInputStream().read();
    }

    /** Answers so once the latch is down. */
    public static Behaviour waits(CountDownLatch latch, Behaviour then) {
        return (heard, connection) -> {
            latch.await();
            then.answer(heard, connection);
        };
    }

    /** Begins like this, and goes on byte by byte until it is hung up on. */
    public static Behaviour drips(String beginning) {
        return (heard, connection) -> {
            write(connection, beginning);
            connection.setSoTimeout(DRIP_MILLIS);
            for (boolean isHeard = true; isHeard; ) {
                write(connection, "x");
                try {
                    isHeard = connection.getInputStream().read() >= 0;
                } catch (SocketTimeoutException stillThere) {
                    // the next drop
                }
            }
        };
    }

    public static Behaviour hangsUp() {
        return (heard, connection) -> {};
    }

    public static void write(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Heard request = read(connection.getInputStream());
            heard.add(request);
            behaviour.answer(request, connection);
        } catch (Exception gone) {
            // Whoever called has gone, which some tests are about.
        }
    }

    private static Heard read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("nothing came");
            }
            head.append((char) one);
        }
        String[] lines = head.toString().split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].trim());
        }
        return new Heard(
                lines[0], headers, in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }

    /** Goes away in the midst of everything. */
    @Override
    public void close() {
        try {
            server.close();
            // Until the listener has noticed, the port still takes connections, to which nobody answers.
            listening.get(5, TimeUnit.SECONDS);
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException already) {
            // closed
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
        threads.shutdownNow();
    }
}
