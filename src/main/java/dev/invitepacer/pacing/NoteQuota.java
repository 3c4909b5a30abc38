package dev.invitepacer.pacing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * The personalised notes of a calendar month, and what is used of them.
 *
 * @param perMonth how many a month carries; empty for any number
 * @param used how many are used in the month that ends at {@code monthEnd}
 * @param monthEnd the first instant of the next month in {@code zone}
 * @param usedUpUntil until when LinkedIn lets none go, whatever was counted; null for not said
 * @param isBareOtherwise whether a draft goes without its note where none is left; otherwise it waits
 */
public record NoteQuota(
        OptionalInt perMonth, int used, Instant monthEnd, Instant usedUpUntil, boolean isBareOtherwise, ZoneId zone) {

    /** As many notes as one likes. */
    public static NoteQuota none(ZoneId zone) {
        return new NoteQuota(OptionalInt.empty(), 0, Instant.MAX, null, false, zone);
    }

    /** The same quota at a later instant: a month that has begun meanwhile has all of its notes. */
    public NoteQuota at(Instant now) {
        return perMonth.isEmpty() || now.isBefore(monthEnd)
                ? this
                : new NoteQuota(perMonth, 0, monthAfter(now, zone), usedUpUntil, isBareOtherwise, zone);
    }

    /** Whether a draft with a note may go at {@code now}, with it or without. */
    public boolean letsGo(Instant now) {
        return isBareOtherwise || isLeft(now);
    }

    /** Whether from {@code now} on drafts with notes always go as those without do. */
    public boolean letsAllGo(Instant now) {
        return isBareOtherwise || perMonth.isEmpty() && !isSaid(now);
    }

    /** Whether a note is left at {@code now}, which is in the month counted. */
    public boolean isLeft(Instant now) {
        return !isUsedUp() && !isSaid(now);
    }

    /** From when on notes may go again, or are counted anew; {@link Instant#MAX} where time alone brings none. */
    public Instant againAt(Instant now) {
        Instant month = perMonth.isPresent() && perMonth.getAsInt() == 0 ? Instant.MAX : monthEnd;
        if (!isSaid(now)) {
            return month;
        }
        return isUsedUp() && month.isAfter(usedUpUntil) ? month : usedUpUntil;
    }

    /** How many drafts with notes the 168 hours from {@code now} on can carry: no more of them are demand. */
    public int thisWeek(Instant now) {
        if (letsAllGo(now)) {
            return Integer.MAX_VALUE;
        }
        int left = perMonth.isPresent() ? perMonth.getAsInt() - used : Integer.MAX_VALUE;
        int atOnce = isLeft(now) ? left : 0;
        Instant again = againAt(now);
        if (again.isAfter(now.plus(ReleaseWindow.WEEK))) {
            return atOnce;
        }
        return perMonth.isEmpty()
                ? Integer.MAX_VALUE
                : atOnce + (again.isBefore(monthEnd) ? left : perMonth.getAsInt());
    }

    public NoteQuota afterUse() {
        return new NoteQuota(perMonth, used + 1, monthEnd, usedUpUntil, isBareOtherwise, zone);
    }

    private boolean isUsedUp() {
        return perMonth.isPresent() && used >= perMonth.getAsInt();
    }

    private boolean isSaid(Instant now) {
        return usedUpUntil != null && usedUpUntil.isAfter(now);
    }

    /** The first instant of the calendar month after the one in which {@code now} lies. */
    public static Instant monthAfter(Instant now, ZoneId zone) {
        return now.atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(zone)
                .toInstant();
    }
}
