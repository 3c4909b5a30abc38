package dev.invitepacer.faults.history;

import java.util.ArrayList;
import java.util.List;

/** Everything that was seen of the service from outside, and what it left behind. */
public record History(List<Call> calls, List<Delivery> deliveries, Remains remains) {
    private static final List<HistoryChecker> CHECKERS = List.of(
            new RollingCapChecker(),
            new LossChecker(),
            new DoublingChecker(),
            new ClaimChecker(),
            new MoveChecker(),
            new AnswerChecker(),
            new DrainChecker());

    /** Everything that is wrong, in sentences. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        CHECKERS.forEach(checker ->
                checker.check(this, finding -> findings.add(checker.getClass().getSimpleName() + ": " + finding)));
        return findings;
    }
}
