package dev.invitepacer.benchmark.enqueue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The process that puts drafts in, one after another in each client, and writes down how long each took, in microseconds. */
final class Load {
    static final int CLIENTS = 8;
    static final int ACCOUNTS = 1_000;

    private Load() {}

    private interface Client {
        void put(int draft) throws Exception;
    }

    private interface Clients {
        Client client() throws Exception;
    }

    /** {@code rest <address> <seconds of warm-up> <seconds> <file>}, or {@code sql <jdbc url> …}. */
    public static void main(String[] arguments) throws Exception {
        Clients clients = arguments[0].equals("rest") ? () -> rest(arguments[1]) : () -> sql(arguments[1]);
        AtomicInteger drafts = new AtomicInteger();
        run(clients, drafts, Duration.ofSeconds(Long.parseLong(arguments[2])));
        List<Long> micros = run(clients, drafts, Duration.ofSeconds(Long.parseLong(arguments[3])));
        Files.write(Path.of(arguments[4]), micros.stream().map(String::valueOf).toList());
    }

    private static List<Long> run(Clients clients, AtomicInteger drafts, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        long end = System.nanoTime() + length.toNanos();
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = clients.client();
            work.add(() -> {
                List<Long> micros = new ArrayList<>();
                while (System.nanoTime() < end) {
                    long began = System.nanoTime();
                    client.put(drafts.incrementAndGet());
                    micros.add((System.nanoTime() - began) / 1_000);
                }
                return micros;
            });
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> done : threads.invokeAll(work)) {
            all.addAll(done.get());
        }
        threads.shutdown();
        return all;
    }

    private static Client rest(String address) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return draft -> {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    address + "/api/v1/accounts/member-" + (1 + draft % ACCOUNTS) + "/invitations"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"profile\":\"draft-" + draft
                                    + "\",\"firstName\":\"Ada\",\"lastName\":\"Berg\",\"company\":\"Fjord AS\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
            }
        };
    }

    private static Client sql(String url) throws Exception {
        Connection connection = DriverManager.getConnection(url);
        var statement = connection.prepareStatement(Enqueue.INSERT.formatted("?", "?"));
        return draft -> {
            statement.setInt(1, 1 + draft % ACCOUNTS);
            statement.setInt(2, draft);
            statement.executeUpdate();
        };
    }
}
