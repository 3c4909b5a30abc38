package dev.invitepacer.pacing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.invitepacer.pacing.HiddenLimitYear.Learner;

/** Other ways to learn than the service's, to compare it with. */
record OtherRule(String name, Supplier<Learner> learner) {
    private static final int ALWAYS = 10_000;

    static final List<OtherRule> ALL = List.of(
            new OtherRule("0.7, +5", () -> new Rule(70, 5, 5, ALWAYS)),
            new OtherRule("0.85, +5", () -> new Rule(85, 5, 5, ALWAYS)),
            new OtherRule("0.7, +2", () -> new Rule(70, 2, 2, ALWAYS)),
            new OtherRule("0.85, +2", () -> new Rule(85, 2, 2, ALWAYS)),
            new OtherRule("0.9, +1", () -> new Rule(90, 1, 1, ALWAYS)),
            new OtherRule("0.7, +5 up to 0.9 of what was refused last, then +1", () -> new Rule(70, 5, 1, 90)),
            new OtherRule("0.85, +5 up to 0.95 of what was refused last, then +1", () -> new Rule(85, 5, 1, 95)));

    Learner fresh() {
        return learner.get();
    }

    /** In per cent: what a signal keeps, and up to how much of what was refused last a week adds the larger step. */
    private static final class Rule implements Learner {
        private final int kept;
        private final int step;
        private final int slowStep;
        private final int slowFrom;
        private int refused;

        Rule(int kept, int step, int slowStep, int slowFrom) {
            this.kept = kept;
            this.step = step;
            this.slowStep = slowStep;
            this.slowFrom = slowFrom;
        }

        @Override
        public LearnedCap cut(Optional<LearnedCap> before, int configured, int carried, Instant now) {
            refused = carried;
            return new LearnedCap(Math.max(1, carried * kept / 100), now);
        }

        @Override
        public LearnedCap raised(LearnedCap learned, int configured, Instant now) {
            int slow = refused * slowFrom / 100;
            int cap = learned.cap() < slow ? Math.min(slow, learned.cap() + step) : learned.cap() + slowStep;
            return new LearnedCap(Math.min(configured, cap), now);
        }
    }
}
