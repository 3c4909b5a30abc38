package dev.invitepacer.invitation;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** The campaigns of an account: their shares, and what becomes of their drafts. */
@Path("/api/v1/accounts/{account}/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns")
public class CampaignResource {
    private final WhoAsks whoAsks;
    private final Accounts accounts;
    private final Campaigns campaigns;
    private final CampaignCounts counts;
    private final CampaignChanges changes;
    private final StrictJson json;

    CampaignResource(
            Accounts accounts,
            Campaigns campaigns,
            CampaignCounts counts,
            CampaignChanges changes,
            StrictJson json,
            WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.accounts = accounts;
        this.campaigns = campaigns;
        this.counts = counts;
        this.changes = changes;
        this.json = json;
    }

    @GET
    @Transactional
    @Operation(summary = "Lists the campaigns by name, with their weights and how many invitations are in which state")
    public Page<CampaignView> list(
            @PathParam("account") String account,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        int most = Page.limitOf(limit);
        // A cursor begins with a hyphen, since the name after which to go on may be empty.
        String after = cursor == null
                ? null
                : Page.key(cursor, "-" + Inspection.CAMPAIGN.pattern()).substring(1);
        List<Campaign> found = campaigns.page(account, after, most + 1);
        boolean more = found.size() > most;
        List<Campaign> shown = more ? found.subList(0, most) : found;
        return new Page<>(counts.views(account, shown), more ? Page.cursor("-" + shown.get(most - 1).name) : null);
    }

    @GET
    @Path("/{name}")
    @Transactional
    @Operation(summary = "Reads a campaign; - is the name of the drafts that belong to none")
    public CampaignView read(@PathParam("account") String account, @PathParam("name") String name) {
        accounts.settings(account);
        return counts.views(account, List.of(campaigns.known(account, name))).get(0);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes a campaign or changes its weight, by which campaigns share the releases")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Response put(
            @PathParam("account") String account,
            @PathParam("name") String name,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = CampaignForms.Weight.class)))
                    InputStream body) {
        boolean created = changes.put(account, name, json.object(body), whoAsks.name());
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(read(account, name))
                .build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Deletes a campaign of which nothing is queued or released")
    public void delete(@PathParam("account") String account, @PathParam("name") String name) {
        changes.delete(account, name, whoAsks.name());
    }

    @POST
    @Path("/{name}/pause")
    @Operation(summary = "Releases none of its drafts until it is resumed")
    public CampaignView pause(@PathParam("account") String account, @PathParam("name") String name) {
        changes.pause(account, name, whoAsks.name());
        return read(account, name);
    }

    @POST
    @Path("/{name}/resume")
    @Operation(summary = "Ends its pause; what it missed is not caught up")
    public CampaignView resume(@PathParam("account") String account, @PathParam("name") String name) {
        changes.resume(account, name, whoAsks.name());
        return read(account, name);
    }

    @POST
    @Path("/{name}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Moves its queued drafts to another campaign, up to 10,000 in a call")
    public CampaignForms.Drafts move(
            @PathParam("account") String account,
            @PathParam("name") String name,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = CampaignForms.Move.class)))
                    InputStream body) {
        return changes.move(account, name, json.object(body), whoAsks.name());
    }

    @POST
    @Path("/{name}/cancel")
    @Operation(summary = "Cancels its queued drafts, up to 10,000 in a call")
    public CampaignForms.Drafts cancel(@PathParam("account") String account, @PathParam("name") String name) {
        return changes.cancel(account, name, whoAsks.name());
    }
}
