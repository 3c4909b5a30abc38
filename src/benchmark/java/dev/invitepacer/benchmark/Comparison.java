package dev.invitepacer.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * Whether a run is worse than an earlier one: the service's figures, each as a share of the bare-SQL limit of its own run. Fails if a share fell by more than
 * {@code benchmark.tolerance}, 0.2 by default.
 */
public final class Comparison {
    private static final String TOLERANCE = "benchmark.tolerance";

    private Comparison() {}

    public static void main(String[] arguments) throws IOException {
        check(Results.read(path("benchmark.before")), Results.read(path("benchmark.after")));
    }

    static void check(Results before, Results after) {
        double tolerance = Double.parseDouble(System.getProperty(TOLERANCE, "0.2"));
        SortedMap<String, Double> old = before.shares();
        SortedMap<String, Double> now = after.shares();
        old.keySet().retainAll(now.keySet());
        if (old.isEmpty()) {
            throw new IllegalArgumentException(
                    "The two runs have no figure in common: measure the same sizes, with bare SQL.");
        }
        List<String> worse = new ArrayList<>();
        old.forEach((name, share) -> {
            double ratio = now.get(name) / share;
            String line = String.format(
                    Locale.ROOT,
                    "%s: %.3f of bare SQL before, %.3f now, a ratio of %.2f",
                    name,
                    share,
                    now.get(name),
                    ratio);
            System.out.println(line);
            if (ratio < 1 - tolerance) {
                worse.add(line);
            }
        });
        if (!worse.isEmpty()) {
            throw new IllegalStateException(
                    "Slower than before by more than " + tolerance + ": " + String.join("; ", worse));
        }
    }

    private static Path path(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new IllegalArgumentException("-D" + property + " names the results.json of a run; it is missing");
        }
        return Path.of(path);
    }
}
