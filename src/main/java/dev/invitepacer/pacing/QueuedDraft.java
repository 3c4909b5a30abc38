package dev.invitepacer.pacing;

import java.time.Instant;

/**
 * A draft that waits, as far as it decides who goes when.
 *
 * @param rank its place in its campaign
 * @param notBefore it may not go before; null for at once
 * @param lapsesAt from then on it does not go any more; null for never
 * @param hasNote whether it takes one of the month's notes
 */
public record QueuedDraft(Rank rank, Instant notBefore, Instant lapsesAt, boolean hasNote) {
    /** May go at once and for ever, without a note. */
    public static QueuedDraft plain(Rank rank) {
        return new QueuedDraft(rank, null, null, false);
    }

    public long id() {
        return rank.id();
    }
}
