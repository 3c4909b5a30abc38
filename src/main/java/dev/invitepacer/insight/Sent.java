package dev.invitepacer.insight;

import java.time.Instant;

import dev.invitepacer.invitation.State;

/**
 * One invitation that has left, as far as statistics go.
 *
 * @param key what it is grouped by; null where it has none
 * @param alternative which alternative of its template, from 1 on; null unless grouped by template
 * @param at when it left: as reported, otherwise when it was released
 * @param state as it is now; one that turned out to be a connection already counts as FAILED, since it was not sent
 * @param isReleased let go by the pacer; otherwise sent by hand
 * @param acceptedAt only where it was accepted
 */
record Sent(String key, Integer alternative, Instant at, State state, boolean isReleased, Instant acceptedAt) {}
