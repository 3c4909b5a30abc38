package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import dev.invitepacer.pacing.HiddenLimitYear.Learner;
import dev.invitepacer.pacing.HiddenLimitYear.Outcome;

/** A year with a limit that nobody tells: what learning it is worth. The table is that of {@code docs/explanation/adaptive.md}. */
class HiddenLimitTest {
    private static final List<Integer> TRUE_LIMITS = List.of(80, 120, 160, 200);

    @Test
    void learningRunsIntoTheLimitFarLessOftenThanAFixedCapAboveIt() {
        for (int limit : TRUE_LIMITS) {
            Outcome adaptive = adaptive(limit);
            Outcome fixed = fixed(200, limit);
            if (limit < 200) {
                assertThat(adaptive.refusals() * 4).isLessThanOrEqualTo(fixed.refusals());
                assertThat(adaptive.use()).isGreaterThan(fixed.use());
            }
        }
    }

    @Test
    void theTableInTheDocumentationIsWhatTheYearComesTo() throws IOException {
        assertThat(Files.readString(Path.of("docs/explanation/adaptive.md"))).contains(table());
    }

    @Test
    void theTableOfOtherRulesIsWhatTheYearComesTo() throws IOException {
        StringBuilder table = new StringBuilder();
        for (OtherRule rule : OtherRule.ALL) {
            table.append("| ").append(rule.name());
            for (int limit : TRUE_LIMITS) {
                Outcome outcome = new HiddenLimitYear(200, limit, Optional.of(rule.fresh())).live();
                table.append(String.format(Locale.ROOT, " | %d, %.0f %%", outcome.refusals(), outcome.use() * 100));
            }
            table.append(" |\n");
        }
        assertThat(Files.readString(Path.of("docs/explanation/adaptive.md"))).contains(table);
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        for (int limit : TRUE_LIMITS) {
            table.append(row(limit, "adaptive, `weeklyCap` 200", adaptive(limit)))
                    .append(row(limit, "fixed 100", fixed(100, limit)))
                    .append(row(limit, "fixed 200", fixed(200, limit)));
        }
        return table.toString();
    }

    private static String row(int limit, String how, Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %d | %d | %,d | %.0f %% |\n",
                limit,
                how,
                outcome.refusals(),
                outcome.restrictedDays(),
                outcome.sent(),
                outcome.use() * 100);
    }

    private static Outcome adaptive(int trueLimit) {
        return new HiddenLimitYear(200, trueLimit, Optional.of(Learner.OURS)).live();
    }

    private static Outcome fixed(int cap, int trueLimit) {
        return new HiddenLimitYear(cap, trueLimit, Optional.empty()).live();
    }
}
