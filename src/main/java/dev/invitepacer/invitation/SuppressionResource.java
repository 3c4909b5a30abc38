package dev.invitepacer.invitation;

import io.quarkus.runtime.annotations.RegisterForReflection;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** The suppression list: never invite, from any account. */
@Path("/api/v1/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class SuppressionResource {
    private static final Logger LOG = Logger.getLogger(SuppressionResource.class);
    private static final int LINES_AT_A_TIME = 1_000;
    private static final String SHAPE_OF_A_SLUG = "\\P{Cntrl}{1," + Slug.MAX_LENGTH + "}";

    private final WhoAsks whoAsks;
    private final Suppressions suppressions;
    private final SuppressionChanges changes;
    private final StrictJson json;

    SuppressionResource(Suppressions suppressions, SuppressionChanges changes, StrictJson json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.suppressions = suppressions;
        this.changes = changes;
        this.json = json;
    }

    /**
     * A person on the list, and what that did.
     *
     * @param cancelled how many drafts were taken out of queues
     * @param invitations how many invitations there are to the person, by state; what is released or pending stays
     */
    @RegisterForReflection
    public record Suppressed(
            String profile,
            String profileUrl,
            String reason,
            String actor,
            Instant at,
            long cancelled,
            Map<State, Long> invitations) {}

    @GET
    @Operation(summary = "Lists who is never to be invited, by profile; with Accept: text/csv all of them as a file")
    public Page<Suppression> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Page.limitOf(limit);
        List<Suppression> found = suppressions.page(after(cursor), most + 1);
        return found.size() <= most
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, most), Page.cursor(found.get(most - 1).profile()));
    }

    @GET
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    @Operation(summary = "Lists who is never to be invited, by profile; with Accept: text/csv all of them as a file")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response file() {
        StreamingOutput lines = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(SuppressionCsv.HEADER);
            String after = "";
            List<Suppression> some;
            do {
                some = suppressions.page(after, LINES_AT_A_TIME);
                for (Suppression one : some) {
                    writer.write(SuppressionCsv.line(one));
                    after = one.profile();
                }
                writer.flush();
            } while (some.size() == LINES_AT_A_TIME);
        };
        return Response.ok(lines)
                .header("Content-Disposition", "attachment; filename=\"suppressions.csv\"")
                .build();
    }

    @POST
    @Consumes("text/csv")
    @Operation(
            summary = "Adds a list of people; their drafts leave all queues, and wrong rows are told with their line")
    public SuppressionChanges.Listed take(
            @QueryParam("dryRun") String dryRun,
            @RequestBody(
                            required = true,
                            description = "The first line names the columns: profile, and reason if there is one",
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
                    InputStream csv) {
        return changes.take(csv, Query.flag("dryRun", dryRun), whoAsks.name());
    }

    @GET
    @Path("/{profile}")
    @Operation(summary = "Tells whether a person is never to be invited, since when and why")
    public Suppression read(@PathParam("profile") String profile) {
        return suppressions.of(ProfileParameter.of(profile)).orElseThrow(SuppressionResource::unknown);
    }

    @PUT
    @Path("/{profile}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Never invite this person, from any account; their drafts leave all queues at once")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = Suppressed.class)))
    @APIResponse(
            responseCode = "200",
            description = "Was on the list; the reason is the new one",
            content = @Content(schema = @Schema(implementation = Suppressed.class)))
    public Response put(
            @PathParam("profile") String profile,
            @RequestBody(content = @Content(schema = @Schema(implementation = SuppressionForm.class)))
                    InputStream body) {
        Profile person = ProfileParameter.of(profile);
        String reason = json.objectIfAny(body)
                .map(SuppressionForm::read)
                .map(SuppressionForm::reason)
                .orElse(null);
        SuppressionChanges.Put put = changes.put(person, reason, whoAsks.name());
        Suppression now = read(profile);
        Suppressed answer = new Suppressed(
                now.profile(),
                now.profileUrl(),
                now.reason(),
                now.actor(),
                now.at(),
                put.cancelled(),
                suppressions.statesOf(person));
        return put.isNew()
                ? Response.created(URI.create("/api/v1/suppressions/" + segment(person)))
                        .entity(answer)
                        .build()
                : Response.ok(answer).build();
    }

    @DELETE
    @Path("/{profile}")
    @Operation(summary = "Takes a person off the list; what was cancelled stays cancelled")
    public void remove(@PathParam("profile") String profile) {
        if (!suppressions.remove(ProfileParameter.of(profile))) {
            throw unknown();
        }
        // Not who: to be forgotten may be what was asked for.
        LOG.infof("A person was taken off the suppression list by %s", whoAsks.name());
    }

    private static RuntimeException unknown() {
        return Problem.of(
                Code.SUPPRESSION_UNKNOWN, "The person is not on the list; GET /api/v1/suppressions shows who is.");
    }

    /** The percent-encoded slug, as the person's address ends. */
    private static String segment(Profile person) {
        String url = person.url();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static String after(String cursor) {
        return cursor == null ? "" : Query.text("cursor", Page.key(cursor, SHAPE_OF_A_SLUG));
    }
}
