package dev.invitepacer.webhook;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.web.Page;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;

/** Where webhooks go. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
public class EndpointResource {
    private final Endpoints endpoints;
    private final EndpointChanges changes;
    private final Postman postman;
    private final StrictJson json;
    private final WhoAsks whoAsks;

    EndpointResource(Endpoints endpoints, EndpointChanges changes, Postman postman, StrictJson json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.endpoints = endpoints;
        this.changes = changes;
        this.postman = postman;
        this.json = json;
    }

    /**
     * What became of a test message.
     *
     * @param status the answer's; null where no whole answer came
     * @param detail in a sentence
     */
    @Schema(name = "EndpointTest")
    public record Tested(boolean isSuccess, Integer status, String detail) {}

    @GET
    @Operation(summary = "Lists the endpoints by name")
    public Page<Endpoint.View> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Page.limitOf(limit);
        List<Endpoint> found = endpoints.page(cursor == null ? "" : Page.key(cursor, Endpoints.NAME), most + 1);
        boolean more = found.size() > most;
        List<Endpoint> shown = more ? found.subList(0, most) : found;
        return new Page<>(
                shown.stream().map(endpoint -> endpoint.view(null)).toList(),
                more ? Page.cursor(shown.get(most - 1).name()) : null);
    }

    @GET
    @Path("/{endpoint}")
    @Operation(summary = "Reads one; never its secret")
    public Endpoint.View read(@PathParam("endpoint") String name) {
        return endpoints.known(name).view(null);
    }

    @PUT
    @Path("/{endpoint}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Makes one, and tells its secret this once; or gives it another address")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Endpoint.View.class)))
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = Endpoint.View.class)))
    public Response put(
            @PathParam("endpoint") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = EndpointForm.class)))
                    InputStream body) {
        WebhookSecret secret = changes.put(name, json.object(body), whoAsks.name());
        Response.ResponseBuilder response = secret == null
                ? Response.ok()
                : Response.created(URI.create("/api/v1/endpoints/" + name)).cacheControl(unkept());
        return response.entity(endpoints.known(name).view(secret)).build();
    }

    @DELETE
    @Path("/{endpoint}")
    @Operation(summary = "Deletes one that no account uses")
    public void delete(@PathParam("endpoint") String name) {
        changes.delete(name, whoAsks.name());
    }

    @POST
    @Path("/{endpoint}/secret")
    @Operation(summary = "Gives it another secret and tells it this once; the old one signs too for a while")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = Endpoint.View.class)))
    public Response rotate(@PathParam("endpoint") String name) {
        WebhookSecret secret = changes.rotate(name, whoAsks.name());
        return Response.ok(endpoints.known(name).view(secret))
                .cacheControl(unkept())
                .build();
    }

    @POST
    @Path("/{endpoint}/test")
    @Operation(summary = "Sends it endpoint.ping, and tells what came back")
    public Tested test(@PathParam("endpoint") String name) {
        Endpoint endpoint = endpoints.known(name);
        Exchange exchange = postman.post(endpoint, "ping_" + UUID.randomUUID(), ping(name));
        if (exchange instanceof Exchange.Answered answered) {
            boolean isSuccess = answered.status() / 100 == 2;
            return new Tested(
                    isSuccess,
                    answered.status(),
                    isSuccess ? "It took the message." : "It answered " + answered.status() + ", which is no success.");
        }
        return new Tested(
                false,
                null,
                exchange instanceof Exchange.NotSent unsent ? unsent.why() : ((Exchange.Unanswered) exchange).why());
    }

    @POST
    @Path("/{endpoint}/enable")
    @Operation(summary = "Turns one on that was turned off; what waited for it goes")
    public Endpoint.View enable(@PathParam("endpoint") String name) {
        changes.turnOn(name, whoAsks.name());
        return read(name);
    }

    private static byte[] ping(String name) {
        return Message.bytes(
                "endpoint.ping", Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS), Map.of("endpoint", name));
    }

    /** A secret is told once: neither a cache keeps it, nor we for whoever sends the request again. */
    private static CacheControl unkept() {
        CacheControl control = new CacheControl();
        control.setNoStore(true);
        return control;
    }
}
