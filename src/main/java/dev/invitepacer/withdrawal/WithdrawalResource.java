package dev.invitepacer.withdrawal;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.web.WhoAsks;

/** Withdrawals that a person asks for. */
@Path("/api/v1/accounts/{account}/invitations/{id}/withdraw")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Withdrawals")
public class WithdrawalResource {
    private final WhoAsks whoAsks;
    private final SingleWithdrawal withdrawal;

    public WithdrawalResource(SingleWithdrawal withdrawal, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.withdrawal = withdrawal;
    }

    @POST
    @Operation(summary = "Asks for a pending invitation to be withdrawn; a second time changes nothing")
    public SingleWithdrawal.Asked ask(@PathParam("account") String account, @PathParam("id") String id) {
        return withdrawal.ask(account, id, whoAsks.name());
    }
}
