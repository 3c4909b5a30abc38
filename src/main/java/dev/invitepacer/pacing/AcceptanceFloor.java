package dev.invitepacer.pacing;

import java.time.Duration;

/**
 * Whether enough people accept for a learned cap to rise. Few acceptances are what LinkedIn takes for spam, and more of the
 * same would not help.
 *
 * @param accepted how many of those decided were accepted
 * @param decided how many of those sent within {@link #SENT_WITHIN} were accepted, declined, withdrawn or dropped
 */
public record AcceptanceFloor(int accepted, int decided) {
    /** Decided invitations that were sent longer ago say nothing of the present. */
    public static final Duration SENT_WITHIN = Duration.ofHours(90 * 24);

    /** Fewer say nothing at all. */
    public static final int ENOUGH = 30;

    /** In per cent. */
    public static final int FLOOR = 15;

    public boolean allowsRaise() {
        return decided < ENOUGH || 100L * accepted >= (long) FLOOR * decided;
    }
}
