package dev.invitepacer.release;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Limits;

/**
 * All that decides about an account at one instant.
 *
 * @param first the queued invitation that goes next; null where none is eligible
 * @param soonerAt when time alone may bring its next release forward: the warm-up's next step, or a draft that from then on
 *     is demand for the week
 * @param changedAt when its settings were last changed
 * @param bookedOtherwise whether its ledger counts something that the present cap did not let through: sent by hand, or
 *     released under a higher one
 */
record Situation(
        String account,
        AccountSettings settings,
        Limits limits,
        AccountState state,
        Long first,
        Optional<Instant> soonerAt,
        Instant changedAt,
        boolean bookedOtherwise) {}
