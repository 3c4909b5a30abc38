package dev.invitepacer.withdrawal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.web.WhoAsks;

/** The night's withdrawals, before it comes. */
@Path("/api/v1/accounts/{account}/withdrawals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Withdrawals")
public class NightResource {
    private final WhoAsks whoAsks;
    private final NightRequest nights;

    public NightResource(NightRequest nights, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.nights = nights;
    }

    @GET
    @Path("/preview")
    @Operation(summary = "Tells which invitations the next nightly run withdraws if nothing changes, and why each")
    public NightView preview(@PathParam("account") String account) {
        return nights.preview(account);
    }

    @POST
    @Operation(summary = "Asks for the night's withdrawals now, from the same allowance; again asks for nothing more")
    public NightView runNow(@PathParam("account") String account) {
        return nights.runNow(account, whoAsks.name());
    }
}
