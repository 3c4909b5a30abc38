package dev.invitepacer.invitation;

import io.quarkus.narayana.jta.QuarkusTransaction;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.journal.HistoryEntry;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** The queue and everything that came out of it. */
@Path("/api/v1/accounts/{account}/invitations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Invitations")
public class InvitationResource {
    private static final int LINES_AT_A_TIME = 1_000;

    private final WhoAsks whoAsks;
    private final Accounts accounts;
    private final Invitations invitations;
    private final InvitationChanges changes;
    private final ReleaseOrder byRelease;
    private final Foresight foresight;
    private final Journal journal;
    private final ServiceClock clock;
    private final StrictJson json;

    public InvitationResource(
            Accounts accounts,
            Invitations invitations,
            InvitationChanges changes,
            ReleaseOrder byRelease,
            Foresight foresight,
            Journal journal,
            ServiceClock clock,
            StrictJson json,
            WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.accounts = accounts;
        this.invitations = invitations;
        this.changes = changes;
        this.byRelease = byRelease;
        this.foresight = foresight;
        this.journal = journal;
        this.clock = clock;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Enqueues one draft")
    @APIResponse(
            responseCode = "201",
            description = "Queued",
            content = @Content(schema = @Schema(implementation = InvitationView.class)))
    public Response enqueue(
            @PathParam("account") String account,
            @QueryParam("onCooldown") String onCooldown,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DraftInput.class)))
                    InputStream body) {
        InvitationView queued = changes.enqueue(
                account,
                json.object(body),
                Query.oneOf("onCooldown", onCooldown, OnCooldown.class, null),
                whoAsks.name());
        return Response.created(URI.create("/api/v1/accounts/" + account + "/invitations/" + queued.id()))
                .entity(queued)
                .build();
    }

    @GET
    @Transactional
    @Operation(
            summary =
                    "Lists invitations, the oldest first, or what is queued in the order in which it goes; with Accept:"
                            + " text/csv all of them as a file")
    public Page<InvitationView> page(
            @PathParam("account") String account,
            @QueryParam("state") String state,
            @QueryParam("campaign") String campaign,
            @QueryParam("profile") String profile,
            @QueryParam("parked") String parked,
            @QueryParam("q") String words,
            @QueryParam("order") String order,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        accounts.settings(account);
        Sought sought = sought(state, campaign, profile, parked, words);
        if (isByRelease(order)) {
            return byRelease.page(account, queued(sought), Page.limitOf(limit), cursor);
        }
        Page.Request page = Page.Request.of(limit, cursor);
        List<Invitation> found = invitations.page(account, sought, page.after(), page.limit() + 1);
        return Page.of(found.stream().map(InvitationView::of).toList(), page.limit(), InvitationView::id);
    }

    @GET
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    @Operation(
            summary =
                    "Lists invitations, the oldest first, or what is queued in the order in which it goes; with Accept:"
                            + " text/csv all of them as a file")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response file(
            @PathParam("account") String account,
            @QueryParam("state") String state,
            @QueryParam("campaign") String campaign,
            @QueryParam("profile") String profile,
            @QueryParam("parked") String parked,
            @QueryParam("q") String words) {
        Sought sought = sought(state, campaign, profile, parked, words);
        QuarkusTransaction.requiringNew().run(() -> accounts.settings(account));
        StreamingOutput lines = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(InvitationCsv.HEADER);
            List<Invitation> some;
            long after = 0;
            do {
                long last = after;
                some = QuarkusTransaction.requiringNew()
                        .call(() -> invitations.page(account, sought, last, LINES_AT_A_TIME));
                for (Invitation one : some) {
                    writer.write(InvitationCsv.line(one));
                    after = one.id;
                }
                writer.flush();
            } while (some.size() == LINES_AT_A_TIME);
        };
        return Response.ok(lines)
                .header("Content-Disposition", "attachment; filename=\"invitations.csv\"")
                .build();
    }

    private Sought sought(String state, String campaign, String profile, String parked, String words) {
        return new Sought(
                Query.oneOf("state", state, State.class, null),
                Query.text("campaign", campaign),
                profile == null ? null : ProfileParameter.of(profile),
                Query.flag("parked", parked) ? clock.now() : null,
                SearchWords.of("q", words));
    }

    private static boolean isByRelease(String order) {
        if (order == null || order.isEmpty()) {
            return false;
        }
        if (!order.equals("release")) {
            throw Problem.of(Code.UNREADABLE, "order must be release, or missing, which is by id.");
        }
        return true;
    }

    private static Sought queued(Sought sought) {
        if (sought.state() != null && sought.state() != State.QUEUED) {
            throw Problem.of(Code.UNREADABLE, "order=release lists what is queued; leave state out.");
        }
        return new Sought(State.QUEUED, sought.campaign(), sought.profile(), sought.parkedAt(), sought.words());
    }

    @GET
    @Path("/{id}")
    @Transactional
    @Operation(summary = "Reads one; while it is queued, with the reason and when it will go if nothing changes")
    public InvitationView read(@PathParam("account") String account, @PathParam("id") String id) {
        accounts.settings(account);
        Invitation invitation = invitations.known(account, id);
        return invitation.state == State.QUEUED
                ? InvitationView.of(invitation, foresight.of(invitation, clock.now()))
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
    @Operation(
            summary =
                    "Changes note or template, priority, campaign, notBefore, lapsesAt while queued; keep until it ends")
    public InvitationView patch(
            @PathParam("account") String account,
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = InvitationPatch.class)))
                    InputStream body) {
        changes.patch(account, id, json.object(body), whoAsks.name());
        return read(account, id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Cancels it while it is queued")
    public void cancel(@PathParam("account") String account, @PathParam("id") String id) {
        changes.cancel(account, id, whoAsks.name());
    }
}
