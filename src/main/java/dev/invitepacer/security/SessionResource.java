package dev.invitepacer.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.StrictJson;

/** The console's session: a key is exchanged for a cookie that no script can read. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class SessionResource {
    private static final int LONGEST_KEY = 200;

    private final Doorkeeper doorkeeper;
    private final Sessions sessions;
    private final SecurityIdentity identity;
    private final StrictJson json;
    private final ServiceClock clock;
    private final boolean isEnabled;

    SessionResource(
            Doorkeeper doorkeeper,
            Sessions sessions,
            SecurityIdentity identity,
            StrictJson json,
            ServiceClock clock,
            PacerConfig config) {
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
        this.identity = identity;
        this.json = json;
        this.clock = clock;
        this.isEnabled = config.security().enabled();
    }

    /**
     * Who is signed in.
     *
     * @param security whether keys are asked for at all
     * @param name of the key; null without keys
     * @param accounts those that it may see; null: all
     * @param csrf for the header X-CSRF-Token of requests that change something; null where there is no cookie
     * @param expiresAt null: never
     * @param now the service's time, which a time-lapse may have run ahead of the clock
     */
    @Schema(name = "Session")
    public record View(
            boolean security,
            String name,
            Role role,
            List<String> accounts,
            String csrf,
            Instant expiresAt,
            Instant now) {}

    /** What is exchanged for a session. */
    @Schema(name = "SignIn")
    record SignIn(
            @Schema(required = true, description = "pk_…") String key) {}

    @GET
    @Operation(summary = "Tells who is signed in, by cookie or key")
    public View read() {
        return view(Identity.entrant(identity));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Signs in with a key: sets the session's cookie")
    @APIResponse(
            responseCode = "200",
            description = "Signed in",
            content = @Content(schema = @Schema(implementation = View.class)))
    public Response signIn(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SignIn.class)))
                    InputStream body,
            @Context HttpServerRequest request) {
        Fields fields = new Fields(json.object(body));
        String key = fields.string("key", LONGEST_KEY);
        if (fields.lacks("key")) {
            fields.wrong("key", "must be a key of this service, pk_…");
        }
        fields.orThrow();
        if (!isEnabled) {
            return Response.ok(read()).build();
        }
        Token shown = new Token(key.strip().startsWith(Token.KEY) ? key.strip() : "");
        Entrant entrant = doorkeeper.letIn(new Presented(
                Presented.Way.BEARER, shown, request.remoteAddress().hostAddress()));
        Token session = Token.random(Token.SESSION);
        Instant ends = sessions.begin(session, shown);
        return Response.ok(view(entrant.in(session, ends)))
                .cookie(SessionCookie.of(session, sessions.longest(), isHttps(request)))
                .build();
    }

    @DELETE
    @Operation(summary = "Signs out: ends the session")
    @APIResponse(responseCode = "204", description = "Signed out")
    public Response signOut(@CookieParam(SessionCookie.NAME) String cookie, @Context HttpServerRequest request) {
        if (cookie != null) {
            sessions.end(new Token(cookie));
        }
        return Response.noContent().cookie(SessionCookie.gone(isHttps(request))).build();
    }

    private View view(Entrant entrant) {
        return new View(
                isEnabled,
                entrant.label(),
                entrant.role(),
                entrant.accounts() == null ? null : List.copyOf(new TreeSet<>(entrant.accounts())),
                entrant.csrf(),
                entrant.expiresAt(),
                clock.now());
    }

    private static boolean isHttps(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }
}
