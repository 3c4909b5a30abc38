package dev.invitepacer.account;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account as the API shows it: its settings, and a summary of what it does. */
@Schema(name = "Account", allOf = AccountForm.class)
public record AccountView(
        String account,
        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> settings,
        Instant createdAt,
        Instant changedAt,
        Summary summary) {

    /**
     * @param reason why nothing is released right now, and since when; null where nothing holds it
     * @param nextLookAt when the pacer looks again; null where it waits for something to change
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Summary(
            int queued,
            int released,
            int pending,
            String reason,
            Instant reasonSince,
            Instant nextLookAt,
            Instant pausedUntil,
            String pauseReason,
            Instant restrictedUntil,
            Instant nightlyRunAt) {}

    static AccountView of(Account account, Map<String, Object> settings, Pace pace, Workload.Counts counts) {
        return new AccountView(
                account.account,
                settings,
                account.createdAt,
                account.changedAt,
                new Summary(
                        counts.queued(),
                        counts.released(),
                        counts.pending(),
                        pace.reason,
                        pace.reasonSince,
                        pace.dueAt,
                        pace.pausedUntil,
                        pace.pauseReason,
                        pace.restrictedUntil,
                        pace.nightlyAt));
    }
}
