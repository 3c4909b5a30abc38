package dev.invitepacer.benchmark.enqueue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.invitepacer.benchmark.ClassPath;
import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Page;
import dev.invitepacer.benchmark.Pgbench;
import dev.invitepacer.benchmark.Run;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.benchmark.Spread;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** Measures single drafts over REST, and the same rows by bare SQL. */
public final class Enqueue {
    public static final String REST = "Invite Pacer, REST";
    public static final String SQL = "bare SQL";

    /** What a draft leaves in the tables that grow with it. */
    static final String INSERT = """
            with queued as (
              insert into invitation (account, profile, first_name, last_name, company, degree, priority, state, queued_at)
              select 'member-' || cast(%s as integer), 'draft-' || cast(%s as integer), 'Ada', 'Berg', 'Fjord AS', 2, 0, 'QUEUED', clock_timestamp()
              returning account, id, queued_at)
            insert into history (account, invitation, at, event, actor)
            select account, id, queued_at, 'invitation.queued', 'benchmark' from queued""";

    private static final String HOUSE = """
            insert into account (account, settings, created_at, changed_at)
            select 'member-' || n, jsonb_build_object('name', 'member-' || n, 'weeklyCap', 100, 'timeZone', 'UTC'), service_now(), service_now()
              from generate_series(1, %d) as n;
            insert into campaign (account, name, created_at)
            select account, '', service_now() from account;
            insert into pace (account, weekly_cap, due_at, nightly_at)
            select account, 100, 'infinity', service_now() + interval '100 hours' from account;
            insert into invitation (account, profile, degree, priority, state, queued_at)
            select account, 'first-of-' || account, 2, 0, 'QUEUED', service_now() from account;
            insert into history (account, invitation, at, event, actor)
            select account, id, queued_at, 'invitation.queued', 'benchmark' from invitation;
            """.formatted(Load.ACCOUNTS);

    private final Server server;
    private final Options options;

    private Enqueue(Server server, Options options) {
        this.server = server;
        this.options = options;
    }

    public static List<Enqueued> run(Server server, Options options) throws Exception {
        Enqueue enqueue = new Enqueue(server, options);
        Database house = server.emptyHouse();
        house.execute(HOUSE);
        house.execute("vacuum analyze");
        List<Enqueued> all = new ArrayList<>();
        for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
            all.add(enqueue.onCopyOf(house, enqueue::rest, REST, repetition));
            all.add(enqueue.onCopyOf(house, enqueue::sql, SQL, repetition));
        }
        server.drop(house);
        enqueue.page(all).write(options.out().resolve("reference/benchmarks/enqueue.md"));
        return all;
    }

    private interface Way {
        long[] micros(Database house) throws Exception;
    }

    private Enqueued onCopyOf(Database origin, Way way, String name, int repetition) throws Exception {
        Database house = server.copyOf(origin);
        try {
            Enqueued one = Enqueued.of(name, repetition, options.enqueueFor().toSeconds(), way.micros(house));
            System.out.println(one);
            return one;
        } finally {
            server.drop(house);
        }
    }

    private long[] rest(Database house) throws Exception {
        Service service =
                server.launch(house, Map.of("PACER_RELEASE_PERIOD", "10m")).awaitReady();
        try {
            return load("rest", service.api().toString());
        } finally {
            service.terminate();
        }
    }

    private long[] sql(Database house) throws Exception {
        Optional<Path> pgbench = Pgbench.onPath();
        if (pgbench.isEmpty()) {
            return load("sql", house.url() + "?user=" + house.user() + "&password=" + house.password());
        }
        Path script = Files.writeString(
                server.work().resolve("enqueue.sql"),
                "\\set account random(1, " + Load.ACCOUNTS + ")\n\\set draft random(1, 2000000000)\n"
                        + INSERT.formatted(":account", ":draft") + ";\n");
        Path log = server.work().resolve("enqueue-log");
        Process process = Pgbench.start(
                pgbench.get(),
                server,
                house,
                script,
                List.of(
                        "-c",
                        String.valueOf(Load.CLIENTS),
                        "-j",
                        "2",
                        "-T",
                        String.valueOf(options.enqueueFor().toSeconds()),
                        "-l",
                        "--log-prefix=" + log));
        await(process);
        List<String> lines = new ArrayList<>();
        try (var files = Files.newDirectoryStream(server.work(), "enqueue-log.*")) {
            for (Path file : files) {
                lines.addAll(Files.readAllLines(file));
                Files.delete(file);
            }
        }
        // A line is: client, transaction, time in microseconds, …
        return lines.stream()
                .mapToLong(line -> Long.parseLong(line.split(" ")[2]))
                .sorted()
                .toArray();
    }

    private long[] load(String way, String address) throws Exception {
        Path micros = server.work().resolve("enqueue-" + way + ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ClassPath.own(),
                        Load.class.getName(),
                        way,
                        address,
                        String.valueOf(options.enqueueWarmUp().toSeconds()),
                        String.valueOf(options.enqueueFor().toSeconds()),
                        micros.toString())
                .redirectErrorStream(true)
                .redirectOutput(server.work().resolve("enqueue.log").toFile())
                .start();
        await(process);
        return Files.readAllLines(micros).stream()
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
    }

    private void await(Process process) throws InterruptedException {
        Duration patience = options.enqueueWarmUp().plus(options.enqueueFor()).plusMinutes(1);
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the load did not end well; see " + server.work());
        }
    }

    private Page page(List<Enqueued> all) throws IOException {
        double limit = spread(all, SQL, Enqueued::perSecond).middle();
        List<List<String>> rows = new ArrayList<>();
        for (String way : List.of(REST, SQL)) {
            Spread rate = spread(all, way, Enqueued::perSecond);
            rows.add(List.of(
                    way,
                    rate.told(0),
                    String.format(Locale.ROOT, "%.2f", rate.middle() / limit),
                    spread(all, way, Enqueued::middle).told(1),
                    spread(all, way, Enqueued::last).told(1)));
        }
        return new Page("Enqueuing")
                .paragraph(
                        "How many drafts a second go in one by one, each in a request and a transaction of its own, from "
                                + Load.CLIENTS + " clients in a process of their own, into " + Load.ACCOUNTS
                                + " accounts? After " + options.enqueueWarmUp().toSeconds()
                                + " s that are not counted. Made by `mvn -Pbenchmark verify`.")
                .list(Run.told(options, server))
                .table(List.of("way", "drafts a second", "of bare SQL", "median, ms", "99 %, ms"), rows)
                .list(
                        List.of(
                                "Over REST: JSON is read and checked, the account locked, the person looked up among invitations, suppressions and teammates, advice given, the draft and its"
                                        + " line of history written, and the answer says when it will go.",
                                "Bare SQL is "
                                        + (Pgbench.onPath().isPresent() ? "pgbench" : "JDBC, since there is no pgbench")
                                        + ": the draft and its line of history in one prepared statement, and no look at anything.",
                                "Lists go in by import, which is measured beside `COPY` by a command of its own: [Measure an import](../../how-to/measure-import.md).",
                                "What more accounts, drafts and processes change: [Measure how it grows](../../how-to/measure-growth.md)."));
    }

    private static Spread spread(List<Enqueued> all, String way, ToDoubleFunction<Enqueued> figure) {
        return Spread.of(all.stream()
                .filter(one -> one.way().equals(way))
                .mapToDouble(figure)
                .boxed()
                .toList());
    }
}
