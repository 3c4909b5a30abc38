package dev.invitepacer.report;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A report as callers write it, for the OpenAPI document. */
@Schema(name = "Report")
public record ReportForm(
        @Schema(required = true) ReportType type,

        @Schema(minimum = "1", description = "Or profile; neither where a refusal concerns the account")
        Long invitation,

        @Schema(description = "A LinkedIn profile's address or its last part")
        String profile,

        @Schema(minimum = "1") Long task,

        @Schema(description = "When it happened; missing: now")
        Instant at,

        @Schema(description = "With REFUSED, and only then") Refusal refusal,
        Refusal.Scope scope,

        @Schema(description = "How long the refusal lasts; missing: its default")
        Instant until,

        @Schema(maxLength = 1000) String detail) {

    /** A report on a task, which says by itself what it is about. */
    @Schema(name = "TaskReport")
    public record OfTask(
            @Schema(required = true) ReportType type,

            @Schema(format = "uuid", description = "The lease that claiming gave; missing where nobody claimed")
            String lease,

            Instant at,
            Refusal refusal,
            Refusal.Scope scope,
            Instant until,
            @Schema(maxLength = 1000) String detail) {}
}
