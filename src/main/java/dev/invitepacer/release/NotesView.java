package dev.invitepacer.release;

import java.time.Instant;

/**
 * The month's personalised notes.
 *
 * @param quota null for any number
 * @param used released with a note since the month began, in the account's zone, and not known to be unsent
 * @param queued drafts with a note
 * @param left how many more may go before {@code resetsAt}; null for any number
 * @param resetsAt when notes may go again, or are counted anew; null where they are not counted
 */
public record NotesView(Integer quota, int used, int queued, Integer left, Instant resetsAt) {}
