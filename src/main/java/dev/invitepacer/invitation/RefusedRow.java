package dev.invitepacer.invitation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A row of a list that was not enqueued.
 *
 * @param line the line of the file on which the row begins; the header of a CSV file is line 1
 * @param profile the slug, or what the row holds where that is no profile; null where it could not be read
 * @param availableAt when the same draft would be taken; null where nobody can say
 */
@RegisterForReflection
@Schema(name = "RefusedRow")
public record RefusedRow(long line, String code, String detail, String profile, Instant availableAt) {}
