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

/** Tells what will be released, and when, if nothing changes. */
@Path("/api/v1/accounts/{account}/forecast")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Insight")
public class ForecastResource {
    private final Accounts accounts;
    private final Foretelling foretelling;
    private final ServiceClock clock;

    ForecastResource(Accounts accounts, Foretelling foretelling, ServiceClock clock) {
        this.accounts = accounts;
        this.foretelling = foretelling;
        this.clock = clock;
    }

    @GET
    @Transactional
    @Operation(
            summary = "Tells when each queued invitation is released if nothing changes, when the queue is empty, how"
                    + " many will be pending, and what another cap or more drafts would change")
    public ForecastView forecast(
            @PathParam("account") String account,
            @QueryParam("days") String days,
            @QueryParam("weeklyCap") String weeklyCap,
            @QueryParam("drafts") String drafts) {
        Instant now = clock.snapshot();
        accounts.settings(account);
        return foretelling.of(account, ForecastQuestion.of(days, weeklyCap, drafts), now);
    }
}
