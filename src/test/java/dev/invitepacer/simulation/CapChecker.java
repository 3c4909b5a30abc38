package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.PaceRow;

/** The cap, by a plain count over every row of the ledger: at each release, and at the end in every window. */
final class CapChecker implements Checker {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Duration DAY = Duration.ofHours(24);

    private final Map<String, Integer> highest = new HashMap<>();

    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        for (Booking release : unit.booked) {
            if (!release.isRelease) {
                continue;
            }
            int cap = cap(unit, release.at);
            highest.merge(unit.rows.account, cap, Math::max);
            keeps(unit.rows, release, WEEK, cap, finding);
            if (unit.rows.settings.dailyCap() != null) {
                keeps(unit.rows, release, DAY, unit.rows.settings.dailyCap(), finding);
            }
        }
    }

    /** What was booked with a later instant, by a clock that went back since, counts too. */
    private static void keeps(Rows rows, Booking release, Duration length, int cap, Consumer<String> finding) {
        int count = 0;
        Instant from = release.at.minus(length);
        for (Booking other : rows.ledger) {
            if (other.counts() && other.at.isAfter(from)) {
                count++;
            }
        }
        if (count > cap) {
            finding.accept(rows.account + ": the release at " + release.at + " is number " + count + " of " + cap
                    + " in " + length);
        }
    }

    /** Anew, and not by the code that is under test. */
    private static int cap(Unit unit, Instant now) {
        AccountSettings settings = unit.rows.settings;
        int cap = settings.weeklyCap();
        if (settings.warmUp() != null) {
            long weeks = Math.max(
                    0,
                    Duration.between(PaceRow.warmUpSince(unit.rows.pace), now).toHours() / 168);
            cap = (int)
                    Math.min(cap, settings.warmUp().start() + settings.warmUp().step() * weeks);
        }
        return PaceRow.learned(unit.rows.pace).isPresent()
                ? Math.min(cap, PaceRow.learned(unit.rows.pace).get().cap())
                : cap;
    }

    @Override
    public void ended(List<Rows> accounts, Outside outside, Consumer<String> finding) {
        for (Rows rows : accounts) {
            // A sender who says "not sent" and takes it back has had a slot released again meanwhile.
            if (rows.ledger.stream().anyMatch(row -> row.isTakenBack)) {
                continue;
            }
            for (Booking last : rows.ledger) {
                int count = 0;
                Instant from = last.at.minus(WEEK);
                for (Booking other : rows.ledger) {
                    if (other.isRelease && other.counts() && other.at.isAfter(from) && !other.at.isAfter(last.at)) {
                        count++;
                    }
                }
                if (count > highest.getOrDefault(rows.account, 0)) {
                    finding.accept(rows.account + ": " + count + " releases in the 168 hours to " + last.at
                            + ", with no cap above " + highest.get(rows.account));
                }
            }
        }
    }
}
