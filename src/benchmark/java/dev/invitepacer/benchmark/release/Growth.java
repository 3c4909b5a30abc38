package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Processor;
import dev.invitepacer.benchmark.Results;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** Measures what a release costs where more accounts, longer queues and longer ledgers are: the service, beside bare SQL in the same houses. */
public final class Growth {
    /** The service's heap: with as much as it likes, Java keeps more than it needs, and a size cannot be told from another. */
    static final List<String> HEAP = List.of("-XX:+UseSerialGC", "-Xmx128m");

    /** How many accounts are due, the same in each house: what a stretch costs besides its releases is the same share of all. */
    static final int DUE = 1_000;

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private Growth() {}

    /** The houses of a run. */
    static Set<House.Size> sizes(Options options) {
        Set<House.Size> sizes = new LinkedHashSet<>();
        options.growthAccounts().forEach(accounts -> sizes.add(size(options, accounts, 1, 1)));
        options.growthRows().forEach(rows -> sizes.add(size(options, DUE, rows, 1)));
        options.growthRows().forEach(rows -> sizes.add(size(options, DUE, 1, rows)));
        return sizes;
    }

    private static House.Size size(Options options, int accounts, int queued, int booked) {
        return new House.Size(options.warmUp(), 0, accounts, DUE, false, queued, booked);
    }

    public static void run(Server server, Options options) throws Exception {
        List<Grown> grown = new ArrayList<>();
        List<Contender> contenders =
                List.of(new ServiceContender(options.isProfiled(), HEAP), Release.bare(Release.BATCH));
        for (House.Size size : sizes(options)) {
            Database furnished = House.furnish(server, size);
            for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
                for (Contender contender : contenders) {
                    Database house = server.copyOf(furnished);
                    try {
                        Grown one = measure(server, options, house, contender, size, repetition);
                        System.out.println(one);
                        grown.add(one);
                    } finally {
                        server.drop(house);
                    }
                }
            }
            server.drop(furnished);
            Results.keep(options.out().resolve("reference/benchmarks/growth.json"), grown);
        }
        GrowthPage.write(options, server, grown);
    }

    private static Grown measure(
            Server server, Options options, Database house, Contender contender, House.Size size, int repetition)
            throws Exception {
        contender.prepare(house);
        house.execute(contender.makeDue("first", "clock_timestamp()"));
        Instant launched = Instant.now();
        Contender.Runner runner = contender.start(server, house);
        try {
            double first = Duration.between(launched, firstRelease(house)).toMillis() / 1_000.0;
            Thread.sleep(IDLE.toMillis());
            Double resident = Memory.resident(runner.process());
            Double live = Memory.live(runner.process());
            try (Stage stage = new Stage(server, house, contender, runner)) {
                stage.release("warm", Release.WARM_UP);
                stage.putOff("warm");
                House.clear(house);
                double idle = idle(server, runner);
                Stage.Stretch rest = stage.release("rest", options.window());
                return new Grown(
                        contender.name(),
                        repetition,
                        size.accounts(),
                        rest.counted(),
                        size.queued(),
                        size.booked(),
                        rest.rate(),
                        rest.process(),
                        rest.server(),
                        idle,
                        first,
                        resident,
                        live);
            }
        } finally {
            runner.end();
        }
    }

    private static Instant firstRelease(Database house) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            String micros = house.query("select coalesce(max(cast(extract(epoch from l.at) * 1000000 as bigint)), 0)"
                    + " from ledger l join stage s on s.account = l.account and l.at >= s.due where s.part = 'first'");
            if (!micros.equals("0")) {
                return Instant.EPOCH.plus(Duration.ofNanos(Long.parseLong(micros) * 1_000));
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("nothing was released within " + LONGEST_START.toSeconds() + " s of the start");
    }

    private static double idle(Server server, Contender.Runner runner) throws IOException, InterruptedException {
        Duration before = Processor.of(runner.process()).plus(server.processorTime());
        Thread.sleep(IDLE.toMillis());
        Duration spent =
                Processor.of(runner.process()).plus(server.processorTime()).minus(before);
        return (double) spent.toMillis() / IDLE.toSeconds();
    }
}
