package dev.invitepacer.benchmark;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import org.postgresql.Driver;

import dev.invitepacer.benchmark.enqueue.Enqueue;
import dev.invitepacer.benchmark.enqueue.Enqueued;
import dev.invitepacer.benchmark.evenness.Evenness;
import dev.invitepacer.benchmark.release.Growth;
import dev.invitepacer.benchmark.release.Measured;
import dev.invitepacer.benchmark.release.Release;

/** Runs the parts that are asked for and writes their pages. docs/how-to/benchmark.md tells how. */
public final class Benchmark {
    private static final String RESULTS = "reference/benchmarks/results.json";

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromProperties();
        // Read first: this run may write to the same file.
        Path against = options.against().orElse(null);
        Results before = against == null ? null : Results.read(against);
        boolean isKept = options.parts().contains("release") || options.parts().contains("enqueue");
        if (before != null && !isKept) {
            throw new IllegalArgumentException(
                    "benchmark.against compares releases and drafts: benchmark.parts names neither release nor enqueue");
        }
        if (options.parts().contains("evenness")) {
            Evenness.run(options);
        }
        if (options.parts().equals(Set.of("evenness"))) {
            return;
        }
        // Maven had no driver when it began to look for some.
        DriverManager.registerDriver(new Driver());
        try (Server server = Server.start(options)) {
            if (options.parts().contains("growth")) {
                Growth.run(server, options);
            }
            List<Measured> releases = options.parts().contains("release") ? Release.run(server, options) : List.of();
            List<Enqueued> enqueued = options.parts().contains("enqueue") ? Enqueue.run(server, options) : List.of();
            if (isKept) {
                Results results = new Results(Run.told(options, server), releases, enqueued);
                results.write(options.out().resolve(RESULTS));
                if (before != null) {
                    Comparison.check(before, results);
                }
            }
        }
    }
}
