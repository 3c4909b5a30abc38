package dev.invitepacer.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Lives many worlds, a seed each, some at once; each by itself. */
final class Simulation {
    /** So often a run says how far it is. */
    private static final int SEEDS_A_LINE = 1_000;

    private Simulation() {}

    /** What they met, and what must not be of the first worlds in which something was. */
    record Outcome(Tally tally, List<String> findings) {}

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
                                        "%,d seeds so far, %,d account-weeks%n", tally.seeds, tally.accountWeeks);
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
