package dev.invitepacer.invitation;

import java.util.List;

/** What came of checking a draft: the draft, or everything that is wrong with it. */
public sealed interface Checked {

    /** Nothing is wrong. */
    record Accepted(Draft draft) implements Checked {}

    /**
     * Something is wrong.
     *
     * @param refusal the first that applies, in {@link Refusal}'s order
     * @param violations every violation, in the order of the draft's fields; at least one
     */
    record Refused(Refusal refusal, List<Violation> violations) implements Checked {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
