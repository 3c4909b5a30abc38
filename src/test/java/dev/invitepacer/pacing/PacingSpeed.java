package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link PacingBenchmark} and holds it to its targets. Only where {@code -Dtest=PacingSpeed} names it: it wants a quiet machine. */
class PacingSpeed {
    private static final double MOST_NANOS_A_DECISION = 1_000;
    private static final double MOST_MILLIS_A_FORECAST = 5;

    @Test
    void theDecisionTakesLessThanAMicrosecondAndTheForecastLessThanFiveMilliseconds() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(PacingBenchmark.class.getName())
                .shouldFailOnError(true)
                .build();

        Collection<RunResult> results = new Runner(options).run();

        assertThat(results).isNotEmpty();
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            double score = result.getPrimaryResult().getScore();
            System.out.printf(
                    "%s: %.3f ± %.3f %s%n",
                    name,
                    score,
                    result.getPrimaryResult().getScoreError(),
                    result.getPrimaryResult().getScoreUnit());
            if (name.startsWith("decide")) {
                assertThat(score).as(name).isLessThan(MOST_NANOS_A_DECISION);
            } else if (name.startsWith("forecast")) {
                assertThat(score).as(name).isLessThan(MOST_MILLIS_A_FORECAST);
            }
        }
    }
}
