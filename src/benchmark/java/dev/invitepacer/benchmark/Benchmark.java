package dev.invitepacer.benchmark;

import dev.invitepacer.benchmark.evenness.Evenness;

/** Runs the parts that are asked for and writes their pages. docs/how-to/benchmark.md tells how. */
public final class Benchmark {
    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromProperties();
        if (options.parts().contains("evenness")) {
            Evenness.run(options);
        }
    }
}
