package dev.invitepacer.insight;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Tells what came of what was sent. */
@Path("/api/v1/accounts/{account}/statistics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Insight")
public class StatisticsResource {
    private final Accounts accounts;
    private final SentInvitations invitations;
    private final ServiceClock clock;

    StatisticsResource(Accounts accounts, SentInvitations invitations, ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.clock = clock;
    }

    @GET
    @Transactional
    @Operation(
            summary = "Counts what came of the invitations that left between two dates or instants, with the acceptance"
                    + " rate and the time that acceptances take, by campaign, degree, template or weekday")
    public Statistics statistics(
            @PathParam("account") String account,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("by") String by) {
        Instant now = clock.snapshot();
        AccountSettings settings = accounts.settings(account);
        Period period = Period.of(from, to, settings.timeZone(), now);
        GroupBy groupBy = groupBy(by);
        return Statistics.of(
                account,
                invitations.in(account, period, groupBy),
                period,
                groupBy,
                settings.timeZone(),
                settings.withdrawAfter(),
                now);
    }

    private static GroupBy groupBy(String by) {
        if (by == null || by.isEmpty()) {
            return null;
        }
        for (GroupBy one : GroupBy.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(by)) {
                return one;
            }
        }
        throw Problem.of(Code.UNREADABLE, "by must be campaign, degree, template or weekday, or missing.");
    }
}
