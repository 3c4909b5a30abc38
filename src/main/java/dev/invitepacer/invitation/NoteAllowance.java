package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

import dev.invitepacer.account.OnNoteQuota;
import dev.invitepacer.web.Code;

/**
 * The month's personalised notes of one account while drafts are enqueued one after another. Not for several threads.
 */
public final class NoteAllowance {
    private final OptionalInt quota;
    private final OnNoteQuota consequence;
    private final long used;
    private final Instant resetsAt;
    private final boolean isUsedUp;
    private long queued;
    private long beyond;

    /**
     * @param quota empty for any number of notes
     * @param used the month's notes that count
     * @param queued drafts that wait with a note
     * @param isUsedUp LinkedIn said that there are no more, whatever the count
     * @param resetsAt when there are notes again; null for never
     */
    NoteAllowance(
            OptionalInt quota, OnNoteQuota consequence, long used, long queued, boolean isUsedUp, Instant resetsAt) {
        this.quota = quota;
        this.consequence = consequence;
        this.used = used;
        this.queued = queued;
        this.isUsedUp = isUsedUp;
        this.resetsAt = resetsAt;
    }

    /** Why a draft is not taken because of its note, if it is not. */
    Optional<Admission.Refused> refusal(Draft draft) {
        if (draft.note() == null || consequence != OnNoteQuota.REFUSE || reaches(queued + 1)) {
            return Optional.empty();
        }
        return Optional.of(new Admission.Refused(
                Code.NOTE_QUOTA_USED,
                sentence() + " Enqueue it without a note" + (resetsAt == null ? "." : ", or from " + resetsAt + " on."),
                resetsAt));
    }

    /** A draft is queued. */
    void take(Draft draft) {
        if (draft.note() != null) {
            queued++;
            beyond += reaches(queued) ? 0 : 1;
        }
    }

    /** How many of the drafts taken have a note for which the month's do not reach. */
    public long beyond() {
        return beyond;
    }

    /** What is to be told with the draft that was taken last; nothing where its note fits. */
    Optional<NoteQuotaView> notice() {
        return reaches(queued)
                ? Optional.empty()
                : Optional.of(new NoteQuotaView(quota.orElse(0), used, queued, resetsAt, consequence));
    }

    private boolean reaches(long noted) {
        return !isUsedUp && (quota.isEmpty() || used + noted <= quota.getAsInt());
    }

    private String sentence() {
        return isUsedUp
                ? "LinkedIn said that the month's personalised notes are used up."
                : "The month has " + quota.orElse(0) + " personalised notes: " + used + " are used and " + queued
                        + " wait in the queue.";
    }
}
