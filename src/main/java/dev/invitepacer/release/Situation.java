package dev.invitepacer.release;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Limits;

/**
 * All that decides about an account at one instant.
 *
 * @param first the queued invitation that goes next; null where none is eligible
 */
record Situation(String account, AccountSettings settings, Limits limits, AccountState state, Long first) {}
