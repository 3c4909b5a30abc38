package dev.invitepacer.invitation;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.account.OnNoteQuota;

/**
 * Told with a queued draft for whose note the month's personalised notes do not reach.
 *
 * @param quota the notes of a calendar month
 * @param used released with a note this month
 * @param queued waiting with a note, this one included
 * @param resetsAt when there are notes again; null where the account has none in any month
 * @param consequence what becomes of the notes that are too many
 */
@Schema(name = "NoteQuota")
public record NoteQuotaView(int quota, long used, long queued, Instant resetsAt, OnNoteQuota consequence) {}
