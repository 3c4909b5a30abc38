package dev.invitepacer.account;

import java.util.Collection;
import java.util.Map;

/** What an account has on its hands. The invitations' room knows; an account must not know that room. */
public interface Workload {
    /**
     * @param queued waiting to be released
     * @param released handed to a sender, not yet reported as sent
     * @param pending sent and unanswered, those whose withdrawal is asked for included
     */
    record Counts(int queued, int released, int pending) {
        public static final Counts NONE = new Counts(0, 0, 0);

        boolean isAny() {
            return queued + released + pending > 0;
        }
    }

    /** The counts of accounts that have any. */
    Map<String, Counts> of(Collection<String> accounts);

    /** How many notes that are queued, or released and may come back, are longer than {@code limit} UTF-16 units. */
    int notesOver(String account, int limit);

    /** How many that are queued, or released and not yet sent, LinkedIn's API cannot be told the person of. */
    int withoutInvitee(String account);
}
