package dev.invitepacer.release;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.time.ServiceClock;

/** Tells what the pacer does now, and why. */
@Path("/api/v1/accounts/{account}/pacing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pacing")
public class PacingResource {
    private final Accounts accounts;
    private final Paces paces;
    private final ServiceClock clock;

    PacingResource(Accounts accounts, Paces paces, ServiceClock clock) {
        this.accounts = accounts;
        this.paces = paces;
        this.clock = clock;
    }

    @GET
    @Transactional
    @Operation(summary = "Tells the decision of this instant, its reason, and when the next release happens")
    public PacingView pacing(@PathParam("account") String account) {
        Instant now = clock.snapshot();
        accounts.settings(account);
        return paces.of(List.of(account), now).stream().findFirst().orElseThrow(() -> Accounts.unknown(account));
    }
}
