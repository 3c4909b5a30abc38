package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * How fast a list goes in, beside PostgreSQL's own COPY of the same rows into the same tables with the same indexes and
 * triggers, in turn and on the same machine; and how much memory the service takes for it. docs/how-to/measure-import.md
 * tells how to run it: {@code -Dimport.rows=100000 -Dimport.rounds=3 -Dimport.heap=128m}.
 */
class ImportSpeedIT {
    private static final int ROWS = Integer.getInteger("import.rows", 100_000);
    private static final int ROUNDS = Integer.getInteger("import.rounds", 3);
    private static final String HEAP = System.getProperty("import.heap", "128m");

    private static final String COLUMNS =
            "account, id, profile, first_name, last_name, headline, company, note, fields, degree, priority, campaign,"
                    + " source, not_before, lapses_at, member_urn, email, state, queued_at, cooldown_until";
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

    @TempDir
    Path directory;

    private TestPostgres.Database database;
    private Service service;

    @Test
    void aListBesidesCopy() throws Exception {
        try (TestPostgres postgres = TestPostgres.in(directory)) {
            database = postgres.createDatabase();
            service = Service.launch(
                            database,
                            directory,
                            Map.of("PACER_RELEASE_PERIOD", "10m"),
                            "-XX:TieredStopAtLevel=4",
                            "-Xmx" + HEAP)
                    .awaitReady();
            try {
                measure();
            } finally {
                service.terminate();
            }
        }
    }

    private void measure() throws Exception {
        Path list = list();
        empty();
        upload(list);
        Path invitations = directory.resolve("invitations.copy");
        Path history = directory.resolve("history.copy");
        database.execute("copy (select " + COLUMNS + " from invitation order by id) to '" + invitations + "'");
        database.execute("copy (select account, invitation, at, event, actor from history where invitation is not null"
                + " order by id) to '" + history + "'");
        List<Double> shares = new ArrayList<>();
        List<Double> sharesOfBoth = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            empty();
            double copy = seconds(() -> copyIn(invitations, null));
            empty();
            double both = seconds(() -> copyIn(invitations, history));
            empty();
            double upload = seconds(() -> upload(list));
            assertThat(database.query("select count(*) from invitation")).isEqualTo(Integer.toString(ROWS));
            shares.add(copy / upload);
            sharesOfBoth.add(both / upload);
            System.out.printf(
                    "round %d: COPY invitation %.0f rows/s, COPY invitation and history %.0f rows/s, import %.0f rows/s;"
                            + " %.2f and %.2f of COPY; peak resident %d MB, -Xmx%s%n",
                    round, ROWS / copy, ROWS / both, ROWS / upload, copy / upload, both / upload, peak(), HEAP);
        }
        System.out.printf("median: %.2f of COPY, %.2f of COPY with history%n", median(shares), median(sharesOfBoth));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private void empty() throws Exception {
        database.execute("truncate account, ledger, import, idempotency cascade");
        assertThat(send(
                        "PUT",
                        "/api/v1/accounts/anna",
                        "application/json",
                        HttpRequest.BodyPublishers.ofString("{\"name\":\"Anna\"}")))
                .contains("\"anna\"");
        database.execute("checkpoint");
    }

    private void copyIn(Path invitations, Path history) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("copy invitation (" + COLUMNS + ") from '" + invitations + "'");
            if (history != null) {
                statement.execute("copy history (account, invitation, at, event, actor) from '" + history + "'");
            }
            connection.commit();
        }
    }

    private void upload(Path list) throws IOException, InterruptedException {
        String answer =
                send("POST", "/api/v1/accounts/anna/imports", "text/csv", HttpRequest.BodyPublishers.ofFile(list));
        assertThat(answer).contains("\"enqueued\":" + ROWS + ",", "\"state\":\"DONE\"");
    }

    private String send(String method, String path, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.api() + path))
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", type)
                .method(method, body)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Path list() throws IOException {
        StringBuilder list =
                new StringBuilder("profile,firstName,lastName,headline,company,note,degree,campaign,sharedContext\n");
        for (int i = 1; i <= ROWS; i++) {
            list.append("https://www.linkedin.com/in/person-")
                    .append(i)
                    .append("-1b5")
                    .append(i % 1_000)
                    .append(
                            "/,Kamala,Eriksen,Engineer at Fjord Robotics,Fjord Robotics,\"Hi Kamala, your talk at PGConf on queue number ")
                    .append(i)
                    .append(" stayed with me.\nHappy to compare notes.\",")
                    .append(1 + i % 3)
                    .append(",Oslo ")
                    .append(i % 5)
                    .append(",the Oslo Java user group\n");
        }
        return Files.writeString(directory.resolve("list.csv"), list);
    }

    private long peak() throws IOException {
        Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + service.pid() + "/status")));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1)) / 1_024;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }
}
