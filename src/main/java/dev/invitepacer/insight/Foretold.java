package dev.invitepacer.insight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.PendingOutlook;
import dev.invitepacer.pacing.Reason;

/**
 * A forecast with what it does to the pending invitations, and what these do to it.
 *
 * @param forecast ends where pending is expected to reach the threshold
 */
record Foretold(Forecast forecast, PendingOutlook pending) {
    static Foretold of(Forecast forecast, PendingOutlook pending) {
        return new Foretold(
                pending.reachedAt()
                        .map(at -> forecast.heldFrom(at, Reason.PENDING_THRESHOLD))
                        .orElse(forecast),
                pending);
    }

    /** When nothing is left, as far as was read; null if that is not within the forecast. */
    Instant emptyAt() {
        return forecast.end() instanceof Forecast.End.Empty ? forecast.endsAt() : null;
    }

    /** The releases of each local date that has some. */
    Map<LocalDate, Integer> perDay(ZoneId zone) {
        Map<LocalDate, Integer> days = new TreeMap<>();
        forecast.releases().forEach(release -> days.merge(LocalDate.ofInstant(release.at(), zone), 1, Integer::sum));
        return days;
    }

    /** The releases of each week of 168 hours from {@code now} on, up to the last that has some. */
    List<Integer> perWeek(Instant now) {
        TreeMap<Long, Integer> weeks = new TreeMap<>();
        forecast.releases()
                .forEach(release -> weeks.merge(
                        java.time.Duration.between(now, release.at())
                                .dividedBy(dev.invitepacer.pacing.ReleaseWindow.WEEK),
                        1,
                        Integer::sum));
        long last = weeks.isEmpty() ? -1 : weeks.lastKey();
        return java.util.stream.LongStream.rangeClosed(0, last)
                .mapToObj(week -> weeks.getOrDefault(week, 0))
                .toList();
    }
}
