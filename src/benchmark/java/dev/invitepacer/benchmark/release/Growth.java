package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    /** How many accounts are due in a house with many; and in one whose queues and ledgers are long, how many there are. */
    static final int MOST_DUE = 10_000;

    static final int WITH_LONG_ROWS = 2_000;

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private Growth() {}

    /** The houses of a run. */
    static Set<House.Size> sizes(Options options) {
        Set<House.Size> sizes = new LinkedHashSet<>();
        for (int accounts : options.growthAccounts()) {
            sizes.add(size(options, accounts, 1, 1));
        }
        options.growthRows().forEach(rows -> sizes.add(size(options, WITH_LONG_ROWS, rows, 1)));
        options.growthRows().forEach(rows -> sizes.add(size(options, WITH_LONG_ROWS, 1, rows)));
        return sizes;
    }

    private static House.Size size(Options options, int accounts, int queued, int booked) {
        return new House.Size(options.warmUp(), 0, accounts, Math.min(accounts, MOST_DUE), queued, booked);
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
        }
        Results.keep(options.out().resolve("reference/benchmarks/growth.json"), grown);
        GrowthPage.write(options, server, grown);
    }

    private static Grown measure(
            Server server, Options options, Database house, Contender contender, House.Size size, int repetition)
            throws Exception {
        contender.prepare(house);
        house.execute("update stage set due = clock_timestamp() where part = 'first'");
        house.execute(contender.makeDue().replace(":part", "'first'"));
        Instant launched = Instant.now();
        Contender.Runner runner = contender.start(server, house);
        try {
            double first = Duration.between(launched, firstRelease(house)).toMillis() / 1_000.0;
            Thread.sleep(IDLE.toMillis());
            Double resident = resident(runner.process());
            Stage stage = new Stage(server, house, contender, runner);
            stage.release("warm", Release.WARM_UP);
            stage.putOff("warm");
            House.clear(house);
            double idle = idle(server, runner);
            Stage.Stretch rest = stage.release("rest", options.window());
            return new Grown(
                    contender.name(),
                    repetition,
                    size.accounts(),
                    size.due(),
                    size.queued(),
                    size.booked(),
                    rest.rate(),
                    rest.process(),
                    rest.server(),
                    idle,
                    first,
                    resident);
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

    /** Linux tells it in kB, which are 1,024 bytes. */
    private static Double resident(long process) throws IOException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1_024 / 1e6;
                }
            }
        } catch (NoSuchFileException notLinux) {
            return null;
        }
        return null;
    }
}
