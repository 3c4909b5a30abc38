package dev.invitepacer.release;

import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.LearnedCap;
import dev.invitepacer.pacing.Limits;

/**
 * All that decides about an account at one instant.
 *
 * @param line the drafts of which the next one is chosen
 * @param areNotesUsedUp whether the month's notes are
 * @param notesUntil until when they are; empty where they are not, or for ever
 * @param learned the cap that it has learned, where it learns
 * @param soonerAt when time alone may bring its next release forward: the warm-up's next step, a quiet week's end, or a
 *     draft that from then on is demand for the week
 * @param restriction the signal with which LinkedIn limited it last; null where it never did
 * @param changedAt when its settings were last changed
 * @param bookedOtherwise whether its ledger counts something that the present cap did not let through: sent by hand, or
 *     released under a higher one
 */
record Situation(
        String account,
        AccountSettings settings,
        Limits limits,
        AccountState state,
        Line line,
        boolean areNotesUsedUp,
        Optional<Instant> notesUntil,
        Optional<LearnedCap> learned,
        Optional<Instant> soonerAt,
        String restriction,
        Instant changedAt,
        boolean bookedOtherwise) {

    /** The same, where also {@code sooner} is a time to look again. */
    Situation soonerAt(Instant sooner) {
        return new Situation(
                account,
                settings,
                limits,
                state,
                line,
                areNotesUsedUp,
                notesUntil,
                learned,
                soonerAt.filter(at -> at.isBefore(sooner)).or(() -> Optional.of(sooner)),
                restriction,
                changedAt,
                bookedOtherwise);
    }

    /** Whether a quiet week is over for which the learned cap has not been raised yet. */
    boolean isRaiseDue(Instant now) {
        return learned.filter(cap -> cap.isRaiseDue(settings.weeklyCap(), now)).isPresent();
    }
}
