package dev.invitepacer.insight;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.ActiveCalendar;
import dev.invitepacer.pacing.IdealLine;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.pacing.Steps;
import dev.invitepacer.release.PacingView;

/**
 * What an account did, does and is foreseen to do in {@code [from, to)}, as a picture needs it.
 *
 * @param interval the active time between two releases, as it is now
 * @param cap the one in force now
 * @param active its active hours
 * @param releases what counts towards the cap, in order, the first {@value #MOST_RELEASES}
 * @param released how many there are in all
 * @param ideal what the interval would let go from {@code from} on
 * @param window what counts in the 168 hours before each instant; from {@code now} on with what is foreseen
 * @param forecast null where all of it is over
 */
public record WeekView(
        String account,
        String name,
        String timeZone,
        Instant now,
        Instant from,
        Instant to,
        Duration interval,
        PacingView.Cap cap,
        List<ActiveCalendar.Stretch> active,
        List<Release> releases,
        int released,
        List<IdealLine.Point> ideal,
        List<Steps.Step> window,
        Pending pending,
        Foreseen forecast) {

    static final int MOST_RELEASES = 2_000;

    /**
     * @param kind RELEASE or BY_HAND
     * @param cap the one in force then; null for BY_HAND
     * @param invitation null, as all that follows, where it was sent by hand to somebody not known here
     * @param profile null, as the names, where the person was erased
     */
    public record Release(
            Instant at,
            String kind,
            Integer cap,
            Long invitation,
            String profile,
            String firstName,
            String lastName,
            String campaign,
            State state) {}

    /** @param steps up to {@code now} */
    public record Pending(int threshold, int now, List<Steps.Step> steps) {}

    /**
     * @param releases the first {@value #MOST_RELEASES}
     * @param released how many there are in all
     * @param knownUntil from then on it cannot tell
     * @param reason what holds the account from then on; null where nothing does
     * @param pending at the beginning of each of the next local dates, and at the end
     * @param pendingReachedAt the first release that would find as many pending as the threshold; null if none does
     */
    public record Foreseen(
            List<Next> releases,
            int released,
            Instant knownUntil,
            Reason reason,
            List<Expected> pending,
            Instant pendingReachedAt) {}

    /** @param bare whether it goes without its note, since the month's notes are used up */
    public record Next(
            Instant at,
            long invitation,
            String profile,
            String firstName,
            String lastName,
            String campaign,
            boolean bare) {}

    /** @param low with {@code high}, the range in which it lies 95 times of 100 */
    public record Expected(Instant at, BigDecimal expected, BigDecimal low, BigDecimal high) {}
}
