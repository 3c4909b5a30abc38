package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a draft within its campaign. A point of priority is worth a week of waiting, a degree a third of one; then
 * the lower id goes first.
 *
 * <p>Law: the place never changes while a draft waits, and time counts as much for each, so nothing starves. No draft
 * queued {@link #LONGEST_LEAD} or more after another goes before it, whatever their priorities and degrees. The column
 * {@code invitation.rank_at} holds the same figure.
 *
 * @param at the instant at which it would have been queued, had it no priority and no degree
 */
public record Rank(Instant at, long id) implements Comparable<Rank> {
    public static final Duration OF_A_PRIORITY = Duration.ofHours(168);
    public static final Duration OF_A_DEGREE = Duration.ofHours(56);

    /** 20 points of priority and two degrees: the most that one draft can have over another. */
    public static final Duration LONGEST_LEAD = OF_A_PRIORITY.multipliedBy(20).plus(OF_A_DEGREE.multipliedBy(2));

    private static final Comparator<Rank> ORDER = Comparator.comparing(Rank::at).thenComparingLong(Rank::id);

    /**
     * @param priority -10 to 10
     * @param degree 1 to 3
     */
    public static Rank of(Instant queuedAt, int priority, int degree, long id) {
        return new Rank(
                queuedAt.minus(OF_A_PRIORITY.multipliedBy(priority)).plus(OF_A_DEGREE.multipliedBy(degree)), id);
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
