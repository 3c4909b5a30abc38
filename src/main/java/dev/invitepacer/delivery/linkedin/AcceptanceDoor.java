package dev.invitepacer.delivery.linkedin;

import java.util.List;

/** Where acceptances that LinkedIn tells go: the reports' room knows what they mean. */
public interface AcceptanceDoor {
    /**
     * Reports these invitations of an account as accepted, now: LinkedIn does not say when.
     *
     * @return how many of them were not known to be
     */
    int accepted(String account, List<Long> invitations, String actor);
}
