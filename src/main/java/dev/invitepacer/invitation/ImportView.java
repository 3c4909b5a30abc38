package dev.invitepacer.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An import as the API shows it: while it runs, how far it is; afterwards, what became of the list.
 *
 * @param bytesRead of {@code bytes}, how much is dealt with
 * @param refusedRows how many there are, those not listed included
 * @param lastLine every row that begins up to this line is dealt with
 * @param detail why it stopped, and what to do; null unless it did
 * @param beyondNoteQuota how many were enqueued with a note for which the month's notes do not reach
 * @param refused the first refused rows, by line; null while it runs, and once they are kept no longer
 * @param advised the first rows that were enqueued and could do better; likewise
 */
@Schema(name = "Import")
public record ImportView(
        long id,
        ListFormat format,
        boolean dryRun,
        ImportState state,
        Instant startedAt,
        Instant updatedAt,
        Instant endedAt,
        long bytes,
        long bytesRead,
        long rows,
        long enqueued,
        long refusedRows,
        long advisedRows,
        long beyondNoteQuota,
        long lastLine,
        String detail,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(implementation = RefusedRow[].class)
        String refused,

        @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(implementation = AdvisedRow[].class)
        String advised) {}
