package dev.invitepacer.account;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.journal.Journal;
import dev.invitepacer.pacing.LearnedCap;

/** What the simulator's store reads and writes of {@link Pace} as columns. */
public final class PaceRow {
    private PaceRow() {}

    public static Pace added(String account, Instant now) {
        Pace pace = new Pace(account);
        pace.dueAt = now;
        return pace;
    }

    public static Pace copy(Pace pace) {
        Pace copy = new Pace(pace.account);
        copy.weeklyCap = pace.weeklyCap;
        copy.dueAt = pace.dueAt;
        copy.nightlyAt = pace.nightlyAt;
        copy.warmUpSince = pace.warmUpSince;
        copy.pausedAt = pace.pausedAt;
        copy.pausedUntil = pace.pausedUntil;
        copy.pauseReason = pace.pauseReason;
        copy.restrictedUntil = pace.restrictedUntil;
        copy.restriction = pace.restriction;
        copy.reason = pace.reason;
        copy.reasonSince = pace.reasonSince;
        copy.notesUsedUpUntil = pace.notesUsedUpUntil;
        copy.learnedCap = pace.learnedCap;
        copy.learnedAt = pace.learnedAt;
        return copy;
    }

    public static Instant dueAt(Pace pace) {
        return pace.dueAt;
    }

    /** As the release loop remembers it. */
    public static void look(Pace pace, Instant dueAt, String reason) {
        pace.dueAt = dueAt;
        pace.reason = reason;
    }

    public static String reason(Pace pace) {
        return pace.reason;
    }

    public static Instant nightlyAt(Pace pace) {
        return pace.nightlyAt;
    }

    public static void nightlyAt(Pace pace, Instant night) {
        pace.nightlyAt = night;
    }

    /** Begins it or ends it, as these settings say. */
    public static void warmUp(Pace pace, AccountSettings settings, Instant now) {
        pace.warmUpSince = settings.warmUp() == null ? null : pace.warmUpSince == null ? now : pace.warmUpSince;
    }

    public static Instant warmUpSince(Pace pace) {
        return pace.warmUpSince;
    }

    public static Optional<LearnedCap> learned(Pace pace) {
        return pace.learned();
    }

    public static Instant pausedAt(Pace pace) {
        return pace.pausedAt;
    }

    public static Instant pausedUntil(Pace pace) {
        return pace.pausedUntil;
    }

    public static void pause(Pace pace, Instant now, Instant until) {
        pace.pause("simulated", now, until);
    }

    public static void resume(Pace pace) {
        pace.resume();
    }

    public static CapLearning learning(Ledger ledger, AcceptanceRecord acceptances, Journal journal) {
        return new CapLearning(ledger, acceptances, journal);
    }

    public static void settle(
            CapLearning learning, Pace pace, AccountSettings before, AccountSettings settings, Instant now) {
        learning.settle(pace, before, settings, "simulated", now);
    }
}
