package dev.invitepacer.invitation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A row of a list that was enqueued, and could do better.
 *
 * @param line the line of the file on which the row begins; the header of a CSV file is line 1
 */
@RegisterForReflection
@Schema(name = "AdvisedRow")
public record AdvisedRow(long line, String profile, List<AdviceGiven> advice) {}
