package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.pacing.ActiveHours;

/** Nothing leaves outside the account's hours, and any two releases that are a burst apart keep an interval between them. */
final class EvennessChecker implements Checker {
    private record Release(Instant at, int version, int cap) {}

    private final Map<String, List<Release>> releases = new HashMap<>();

    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        for (Booking booking : unit.booked) {
            if (booking.isRelease) {
                released(unit, booking, finding);
            }
        }
    }

    private void released(Unit unit, Booking booking, Consumer<String> finding) {
        Rows rows = unit.rows;
        AccountSettings settings = rows.settings;
        if (!isActive(settings, booking.at)) {
            finding.accept(rows.account + ": a release at " + booking.at + ", outside the hours");
        }
        List<Release> all = releases.computeIfAbsent(rows.account, none -> new ArrayList<>());
        all.add(new Release(
                booking.at, rows.version, Situations.caps(unit).at(booking.at).effective()));
        int cap = 1;
        for (int i = all.size() - 1; i >= 0 && all.get(i).version() == rows.version; i--) {
            cap = Math.max(cap, all.get(i).cap());
            int burst = Math.min(settings.burst(), cap);
            if (all.size() - 1 - i < burst) {
                continue;
            }
            Duration week = settings.activeHours().weekly();
            Duration least = week.dividedBy(cap - burst + 1).minus(Situations.SLACK);
            Duration apart = settings.calendar().between(all.get(i).at(), booking.at);
            if (apart.compareTo(least) < 0) {
                finding.accept(rows.account + ": " + all.get(i).at() + " and " + booking.at + " are " + apart
                        + " of active time apart, with a burst of " + burst + " at least " + least);
            }
            return;
        }
    }

    /** From the local date-time alone. */
    static boolean isActive(AccountSettings settings, Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, settings.timeZone());
        int minute = local.getHour() * 60 + local.getMinute();
        return covers(settings, local.toLocalDate(), minute)
                || covers(settings, local.toLocalDate().minusDays(1), minute + 1440);
    }

    private static boolean covers(AccountSettings settings, LocalDate date, int minute) {
        if (settings.restDays().contains(date)) {
            return false;
        }
        for (ActiveHours.Span span : settings.activeHours().days().getOrDefault(date.getDayOfWeek(), List.of())) {
            if (span.startMinute() <= minute && minute < span.endMinute()) {
                return true;
            }
        }
        return false;
    }
}
