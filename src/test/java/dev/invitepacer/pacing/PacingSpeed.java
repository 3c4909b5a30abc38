package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs {@link PacingBenchmark} and holds it to its targets. Only where {@code -Dtest=PacingSpeed} names it. Judged is the median of many single
 * calls, which other programs on the machine move little.
 */
class PacingSpeed {
    private static final double MOST_NANOS_A_DECISION = 1_000;
    private static final double MOST_MILLIS_A_FORECAST = 5;

    @Test
    void theDecisionTakesLessThanAMicrosecondAndTheForecastLessThanFiveMilliseconds() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(PacingBenchmark.class.getName())
                .shouldFailOnError(true)
                // Tests do without the optimising compiler, and their forks would too.
                .jvmArgsAppend("-XX:TieredStopAtLevel=4")
                .build();

        Collection<RunResult> results = new Runner(options).run();

        assertThat(results).isNotEmpty();
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            Statistics samples = result.getPrimaryResult().getStatistics();
            System.out.printf(
                    "%s: median %.3f, 90 %% %.3f, 99 %% %.3f %s%n",
                    name,
                    samples.getPercentile(50),
                    samples.getPercentile(90),
                    samples.getPercentile(99),
                    result.getPrimaryResult().getScoreUnit());
        }
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            double median = result.getPrimaryResult().getStatistics().getPercentile(50);
            if (name.startsWith("decide")) {
                assertThat(median).as(name).isLessThan(MOST_NANOS_A_DECISION);
            } else if (name.startsWith("forecast")) {
                assertThat(median).as(name).isLessThan(MOST_MILLIS_A_FORECAST);
            }
        }
    }
}
