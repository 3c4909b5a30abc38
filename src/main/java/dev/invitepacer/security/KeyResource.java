package dev.invitepacer.security;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Keys: who may come in. */
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class KeyResource {
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Keys keys;
    private final WhoAsks whoAsks;
    private final StrictJson json;

    KeyResource(Keys keys, WhoAsks whoAsks, StrictJson json) {
        this.keys = keys;
        this.whoAsks = whoAsks;
        this.json = json;
    }

    /** How long a key that is followed by another still opens. */
    @Schema(name = "KeyRotation")
    record Rotation(
            @Schema(description = "How long the old key still opens, up to P30D; 24 hours if left out", nullable = true)
            Duration overlap) {}

    @GET
    @Operation(summary = "Lists the keys, those too that open nothing any more; never what lets somebody in")
    public Page<ApiKey> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        return Page.of(keys.page(page.after(), page.limit() + 1), page.limit(), ApiKey::id);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Reads one")
    public ApiKey read(@PathParam("id") String id) {
        return keys.known(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes a key and tells it this once")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = ApiKey.class)))
    public Response make(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = KeyForm.class)))
                    InputStream body) {
        return made(keys.make(KeyForm.read(json.object(body)), whoAsks.name()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revokes a key: from now on it opens nothing, and its sessions are ended")
    public void revoke(@PathParam("id") String id) {
        keys.revoke(id, whoAsks.name());
    }

    @POST
    @Path("/{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes another key like it and tells it this once; the old one opens for a while longer")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = ApiKey.class)))
    public Response rotate(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = Rotation.class))) InputStream body) {
        Duration overlap = json.objectIfAny(body)
                .map(object -> {
                    Fields fields = new Fields(object);
                    Duration given = fields.duration("overlap", Duration.ZERO, LONGEST_OVERLAP, OVERLAP);
                    fields.orThrow();
                    return given;
                })
                .orElse(OVERLAP);
        return made(keys.rotate(id, overlap, whoAsks.name()));
    }

    /** A key is told once: no cache keeps it, nor do we for whoever sends the request again. */
    private static Response made(ApiKey key) {
        CacheControl unkept = new CacheControl();
        unkept.setNoStore(true);
        return Response.created(URI.create("/api/v1/keys/" + key.id()))
                .cacheControl(unkept)
                .entity(key)
                .build();
    }
}
