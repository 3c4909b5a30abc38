package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When the next person is suggested to be followed: evenly, in active hours.
 *
 * <p>Laws: in every rolling 24 hours at most {@code perDay} suggestions; two of them are at least 24 hours divided by {@code
 * perDay} apart.
 *
 * @param perDay at least 1
 */
public record FollowPace(int perDay, ActiveCalendar calendar) {
    public FollowPace {
        if (perDay < 1) {
            throw new IllegalArgumentException("suggestions a day are " + perDay + ": at least 1");
        }
    }

    /**
     * @param suggested the suggestions of the last 24 hours
     * @return {@code now} if one may be made now, else when the next may; empty where no active hours are in sight
     */
    public Optional<Instant> nextAt(ReleaseWindow suggested, Instant now) {
        Duration apart = Micros.duration(-Math.floorDiv(-Micros.ceil(ReleaseWindow.DAY), (long) perDay));
        List<Instant> before = suggested.instants();
        Instant free = suggested.freeAt(perDay, ReleaseWindow.DAY, now).orElseThrow();
        Instant spaced = before.isEmpty() ? now : before.get(before.size() - 1).plus(apart);
        return calendar.after(spaced.isAfter(free) ? spaced : free, Duration.ZERO);
    }
}
