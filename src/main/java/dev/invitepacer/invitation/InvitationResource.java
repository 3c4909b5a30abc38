package dev.invitepacer.invitation;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.journal.HistoryEntry;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.StrictJson;

/** The queue and everything that came out of it. */
@Path("/api/v1/accounts/{account}/invitations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Invitations")
public class InvitationResource {
    private static final String ACTOR = "api";

    private final Accounts accounts;
    private final Invitations invitations;
    private final InvitationChanges changes;
    private final Foresight foresight;
    private final Journal journal;
    private final StrictJson json;

    public InvitationResource(
            Accounts accounts,
            Invitations invitations,
            InvitationChanges changes,
            Foresight foresight,
            Journal journal,
            StrictJson json) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.changes = changes;
        this.foresight = foresight;
        this.journal = journal;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Enqueues one draft")
    public Response enqueue(@PathParam("account") String account, InputStream body) {
        long id = changes.enqueue(account, json.object(body), ACTOR);
        return Response.created(URI.create("/api/v1/accounts/" + account + "/invitations/" + id))
                .entity(read(account, Long.toString(id)))
                .build();
    }

    @GET
    @Transactional
    @Operation(summary = "Lists invitations, the oldest first")
    public Page<InvitationView> page(
            @PathParam("account") String account,
            @QueryParam("state") String state,
            @QueryParam("campaign") String campaign,
            @QueryParam("profile") String profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        Page.Request page = Page.Request.of(limit, cursor);
        List<Invitation> found = invitations.page(
                account,
                Query.oneOf("state", state, State.class, null),
                Query.text("campaign", campaign),
                profile == null ? null : slug(profile),
                page.after(),
                page.limit() + 1);
        return Page.of(found.stream().map(InvitationView::of).toList(), page.limit(), InvitationView::id);
    }

    @GET
    @Path("/{id}")
    @Transactional
    @Operation(summary = "Reads one; while it is queued, with the reason and when it will go if nothing changes")
    public InvitationView read(@PathParam("account") String account, @PathParam("id") String id) {
        accounts.settings(account);
        Invitation invitation = invitations.known(account, id);
        return invitation.state == State.QUEUED
                ? InvitationView.of(invitation, foresight.of(invitation))
                : InvitationView.of(invitation);
    }

    @GET
    @Path("/{id}/history")
    @Transactional
    @Operation(summary = "What happened to it, when, why and by whom, oldest first")
    public Page<HistoryEntry> history(
            @PathParam("account") String account,
            @PathParam("id") String id,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        Page.Request page = Page.Request.of(limit, cursor);
        long known = invitations.known(account, id).id;
        return Page.of(
                journal.ofInvitation(account, known, page.after(), page.limit() + 1), page.limit(), entry -> entry.id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(summary = "Changes note, priority, campaign, notBefore, lapsesAt while queued; keep until it ends")
    public InvitationView patch(@PathParam("account") String account, @PathParam("id") String id, InputStream body) {
        changes.patch(account, id, json.object(body), ACTOR);
        return read(account, id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Cancels it while it is queued")
    public void cancel(@PathParam("account") String account, @PathParam("id") String id) {
        changes.cancel(account, id, ACTOR);
    }

    private static Profile slug(String profile) {
        try {
            return Profile.parse(profile);
        } catch (InvalidProfile refused) {
            throw Problem.of(Code.PROFILE_INVALID, refused.getMessage());
        }
    }
}
