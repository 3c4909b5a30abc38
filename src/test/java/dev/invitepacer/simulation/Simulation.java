package dev.invitepacer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Lives many worlds, a seed each, some at once; each by itself. */
final class Simulation {
    /** So often a run says how far it is. */
    private static final int SEEDS_A_LINE = 1_000;

    /** From so many worlds on each fault, reason and state has to be among them. */
    private static final int ENOUGH_FOR_ALL = 50;

    private Simulation() {}

    /** What the command asks for; its properties are in {@code docs/how-to/simulate.md}. */
    record Wanted(long seed, long seeds, Duration longest, Canary canary) {
        static Wanted of(long usualSeeds) {
            return new Wanted(
                    Long.getLong("simulation.seed", 1),
                    Long.getLong("simulation.seeds", usualSeeds),
                    Duration.ofMinutes(Long.getLong("simulation.minutes", 60)),
                    Canary.valueOf(System.getProperty("simulation.canary", "NONE")));
        }
    }

    /** What they met, and what must not be of the first worlds in which something was. */
    record Outcome(Tally tally, List<String> findings) {

        /** Prints it, and fails for whatever must not be; many worlds have to have met everything. */
        void judge(long seeds) {
            System.out.println(tally.text());
            findings.forEach(System.out::println);
            assertThat(findings)
                    .as("replay with -Dsimulation.seed=<the seed> -Dsimulation.seeds=1")
                    .isEmpty();
            if (seeds > ENOUGH_FOR_ALL) {
                assertThat(tally.missing()).as("what the run has not met").isEmpty();
            }
        }
    }

    /**
     * Stops after so many seeds, after so long, or where something is found, whatever comes first.
     *
     * @param first the first seed
     */
    static Outcome run(long first, long seeds, Duration longest, int threads, Canary canary) {
        Tally tally = new Tally();
        List<String> findings = new ArrayList<>();
        AtomicLong next = new AtomicLong(first);
        long deadline = System.nanoTime() + longest.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < first + seeds && System.nanoTime() < deadline;
                            seed = next.getAndIncrement()) {
                        World world = new World(seed, canary).live();
                        synchronized (tally) {
                            tally.add(world.tally);
                            if (tally.seeds % SEEDS_A_LINE == 0) {
                                System.out.printf(
                                        Locale.ROOT,
                                        "%,d seeds so far, %,d account-weeks%n",
                                        tally.seeds,
                                        tally.accountWeeks);
                            }
                            findings.addAll(world.findings);
                            if (!findings.isEmpty()) {
                                return;
                            }
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            pool.shutdownNow();
        }
        return new Outcome(tally, findings);
    }
}
