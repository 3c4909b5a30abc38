package dev.invitepacer.events;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.StrictJson;
import dev.invitepacer.web.WhoAsks;
import dev.invitepacer.webhook.Endpoints;

/** Whom events are posted to. */
@Path("/api/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class SubscriptionResource {
    private static final Logger LOG = Logger.getLogger(SubscriptionResource.class);
    private static final int MOST_ACCOUNTS = 100;

    private final Subscriptions subscriptions;
    private final Endpoints endpoints;
    private final StrictJson json;
    private final WhoAsks whoAsks;

    SubscriptionResource(Subscriptions subscriptions, Endpoints endpoints, StrictJson json, WhoAsks whoAsks) {
        this.whoAsks = whoAsks;
        this.subscriptions = subscriptions;
        this.endpoints = endpoints;
        this.json = json;
    }

    @GET
    @Operation(summary = "Lists the subscriptions by name, all of them: there are at most 100")
    public Page<Subscription> list() {
        return new Page<>(subscriptions.list(null), null);
    }

    @GET
    @Path("/{subscription}")
    @Operation(summary = "Reads one, and in how many accounts something waits or has failed")
    public Subscription read(@PathParam("subscription") String name) {
        return subscriptions.known(name);
    }

    @PUT
    @Path("/{subscription}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Posts events to an endpoint from now on, or changes which and where")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Subscription.class)))
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = Subscription.class)))
    @Transactional
    public Response put(
            @PathParam("subscription") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SubscriptionForm.class)))
                    InputStream body) {
        Fields fields = new Fields(json.object(body));
        if (!name.matches(Subscriptions.NAME)) {
            fields.wrong("subscription", "must be 1 to 63 of a-z, 0-9 and hyphen, as in crm-events");
        }
        String endpoint = fields.string("endpoint", 63);
        if (fields.lacks("endpoint") || endpoint != null && !endpoints.holds(endpoint)) {
            fields.wrong("endpoint", "must be the name of an endpoint; PUT /api/v1/endpoints/{endpoint} makes one");
        }
        List<String> types = List.copyOf(fields.strings("types", EventType.values().length));
        types.stream()
                .filter(type -> EventType.named(type).isEmpty())
                .forEach(type -> fields.wrong("types", "there is no event " + type + ", such as invitation.sent"));
        List<String> accounts = List.copyOf(fields.strings("accounts", MOST_ACCOUNTS));
        accounts.stream()
                .filter(account -> !account.matches(Subscriptions.NAME))
                .forEach(account ->
                        fields.wrong("accounts", "must hold names of accounts: 1 to 63 of a-z, 0-9, hyphen"));
        fields.orThrow();
        boolean made = subscriptions.put(name, endpoint, types, accounts, whoAsks.name());
        return (made ? Response.created(URI.create("/api/v1/subscriptions/" + name)) : Response.ok())
                .entity(subscriptions.known(name))
                .build();
    }

    @DELETE
    @Path("/{subscription}")
    @Operation(summary = "Posts no more")
    public void delete(@PathParam("subscription") String name) {
        if (!subscriptions.delete(name)) {
            subscriptions.known(name);
        }
        // No row is left that could tell it.
        LOG.infof("Subscription %s was deleted by %s", name, whoAsks.name());
    }

    @POST
    @Path("/{subscription}/deliver")
    @Operation(summary = "Tries again at once what waits, and what has failed, from where it stopped")
    public Subscription deliver(@PathParam("subscription") String name) {
        subscriptions.known(name);
        subscriptions.drive(name);
        return subscriptions.known(name);
    }
}
