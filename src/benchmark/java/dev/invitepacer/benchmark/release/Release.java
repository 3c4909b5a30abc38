package dev.invitepacer.benchmark.release;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Pgbench;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** Measures releases: every contender, at every size, as often as asked for. */
public final class Release {
    public static final String SERVICE = "Invite Pacer";

    /** Accounts in a transaction of the service, by default, and of bare SQL. */
    static final int BATCH = 100;

    /** So long at most: by then a Java process has compiled what it needs. */
    static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final String DUE_IN_PACE =
            "update pace p set due_at = s.due from stage s where s.account = p.account and s.part = :part";

    private Release() {}

    static String bareSql(int batch) {
        return "bare SQL, " + batch + " in a transaction";
    }

    /** Whose figures are the limit that others are compared with. */
    public static String limit() {
        return bareSql(BATCH);
    }

    public static List<Measured> run(Server server, Options options) throws Exception {
        List<Contender> contenders = contenders(options);
        List<Measured> measured = new ArrayList<>();
        for (int accounts : options.accounts()) {
            Database house = House.furnish(server, options, accounts);
            // The steady load depends on no size; it is measured at the first.
            boolean isFirst = accounts == options.accounts().get(0);
            for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
                for (Contender contender : contenders) {
                    Measured one = measure(server, options, house, contender, accounts, repetition, isFirst);
                    System.out.println(one);
                    measured.add(one);
                }
            }
            server.drop(house);
        }
        ReleasePage.write(options, server, contenders, measured);
        return measured;
    }

    private static Measured measure(
            Server server,
            Options options,
            Database furnished,
            Contender contender,
            int accounts,
            int repetition,
            boolean hasSteadyLoad)
            throws Exception {
        Database house = server.copyOf(furnished);
        contender.prepare(house);
        Contender.Runner runner = contender.start(server, house);
        try (Stage stage = new Stage(server, house, contender, runner)) {
            stage.release("warm", WARM_UP);
            stage.putOff("warm");
            Stage.Stretch hundredth = stage.release("hundredth", options.window());
            Stage.Lateness late = hasSteadyLoad ? stage.steady(options.steady(), options.steadyFor()) : null;
            Stage.Stretch rest = stage.release("rest", options.window());
            return new Measured(
                    contender.name(),
                    accounts,
                    repetition,
                    rest.rate(),
                    rest.counted(),
                    hundredth.rate(),
                    rest.process(),
                    rest.server(),
                    late == null ? null : late.middle(),
                    late == null ? null : late.last());
        } finally {
            runner.end();
            server.drop(house);
        }
    }

    private static List<Contender> contenders(Options options) {
        return all(options).stream()
                .filter(contender -> options.contenders().isEmpty()
                        || options.contenders().stream().anyMatch(wanted -> contender
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .startsWith(wanted.strip().toLowerCase(Locale.ROOT))))
                .toList();
    }

    private static List<Contender> all(Options options) {
        return List.of(
                new ServiceContender(options.isProfiled(), List.of()),
                bare(BATCH),
                bare(1),
                new PeerContender(
                        "db-scheduler",
                        "db-scheduler",
                        "16.12.0; a one-time task for each release, " + Peer.THREADS
                                + " threads, lock-and-fetch (1.0, 4.0), polls every second",
                        "runs a task at least once, each in its own transaction beside the release's; knows no cap: a task is due when somebody has worked out when",
                        "update scheduled_tasks t set execution_time = s.due from stage s where s.account = t.task_instance and s.part = :part"),
                new PeerContender(
                        "JobRunr",
                        "jobrunr",
                        "8.7.0; a scheduled job for each release, " + Peer.THREADS
                                + " workers, polls every 5 s, its shortest interval, and takes up to 10,000 scheduled jobs at once",
                        "runs a job at least once, keeps its history, retries it; knows no cap",
                        "update jobrunr_jobs j set scheduledat = s.due at time zone 'UTC' from stage s"
                                + " join jobrunr_of o on o.account = s.account where o.id = j.id and s.part = :part"),
                new PeerContender(
                        "Quartz",
                        "quartz",
                        "2.5.2; JDBC store, clustered, one trigger for each release, " + Peer.THREADS
                                + " threads, acquires " + Peer.THREADS + " triggers at once within the lock",
                        "fires a trigger once in the cluster, and again only where that is asked for; knows no cap",
                        "update qrtz_triggers t set next_fire_time = extract(epoch from s.due) * 1000, start_time = extract(epoch from s.due) * 1000"
                                + " from stage s where s.account = t.trigger_name and s.part = :part"),
                new PeerContender(
                        "Bucket4j in a loop",
                        "bucket4j",
                        "8.18.0; a loop reads who is due and asks the account's bucket, select-for-update, for one of 100 tokens a week, in "
                                + Peer.THREADS + " threads",
                        "a bucket's 100 go at once and up to 199 in a week; a crash between token and release loses the token; only one process may run it",
                        DUE_IN_PACE));
    }

    static Contender bare(int batch) {
        Optional<Path> pgbench = Pgbench.onPath();
        if (pgbench.isPresent()) {
            return new PgbenchContender(pgbench.get(), batch);
        }
        return new PeerContender(
                bareSql(batch),
                batch == 1 ? "bare-sql-1" : "bare-sql",
                "the statements of pgbench's script by JDBC, since there is no pgbench, 4 threads, " + batch
                        + " due accounts in a transaction",
                "decides nothing",
                DUE_IN_PACE);
    }
}
