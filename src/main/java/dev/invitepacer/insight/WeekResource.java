package dev.invitepacer.insight;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.time.ServiceClock;

/** Tells what a picture of an account's week shows. */
@Path("/api/v1/accounts/{account}/week")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Insight")
public class WeekResource {
    private final Accounts accounts;
    private final Week week;
    private final ServiceClock clock;

    WeekResource(Accounts accounts, Week week, ServiceClock clock) {
        this.accounts = accounts;
        this.week = week;
        this.clock = clock;
    }

    @GET
    @Transactional
    @Operation(
            summary =
                    "Tells what was released between two dates or instants and what is foreseen, with active hours, the"
                            + " ideal line, the rolling week and pending; this local week where nothing is said")
    public WeekView week(
            @PathParam("account") String account, @QueryParam("from") String from, @QueryParam("to") String to) {
        Instant now = clock.snapshot();
        return week.of(
                account, Period.ofWeeks(from, to, accounts.settings(account).timeZone(), now), now);
    }
}
