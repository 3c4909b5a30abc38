package dev.invitepacer.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

import dev.invitepacer.web.AccessFigures;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * Stands before everything, with keys and without: no body is read and no address looked at before. Keeps out what another
 * site makes a browser do, and whoever does not say who it is.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class Door implements ContainerRequestFilter {
    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final Logger LOG = Logger.getLogger(Door.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final String SIGN_IN = "POST /api/v1/session";
    /** Less than what is buffered before a thread waits for the rest. */
    private static final int LONGEST_SIGN_IN = 4_096;

    private final SecurityIdentity identity;
    private final Doorkeeper doorkeeper;
    private final CurrentVertxRequest current;
    private final AccessFigures figures;
    private final Notices notices;

    Door(
            SecurityIdentity identity,
            Doorkeeper doorkeeper,
            CurrentVertxRequest current,
            AccessFigures figures,
            Notices notices) {
        this.notices = notices;
        this.figures = figures;
        this.current = current;
        this.identity = identity;
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean isSafe = SAFE.contains(request.getMethod());
        boolean isLocked = doorkeeper.asksForKeys();
        if (!isLocked) {
            requireLoopback(authority());
        }
        if (!isSafe) {
            requireSameOrigin(request, authority());
        }
        if (isSignIn(request)) {
            requireShort(request);
            return;
        }
        if (!isLocked || !isOfTheApi(request)) {
            return;
        }
        Entrant entrant = Identity.entrant(identity);
        if (entrant == null) {
            throw Identity.refusal(identity);
        }
        if (!isSafe && entrant.csrf() != null) {
            requireCsrfToken(request, entrant);
        }
    }

    /** The one body that is taken of somebody unknown: its sender must hold nothing with it. */
    private void requireShort(ContainerRequestContext request) {
        boolean isLengthOpen = request.getHeaderString("Transfer-Encoding") != null
                || current.getCurrent().request().version() == HttpVersion.HTTP_2;
        int length = request.getLength();
        if (length > LONGEST_SIGN_IN || length < 0 && isLengthOpen) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "What signs in is at most " + LONGEST_SIGN_IN + " bytes long, and says so in Content-Length.");
        }
    }

    /** A page whose name was made to lead to this machine speaks to us under its own name. */
    private static void requireLoopback(HostAndPort authority) {
        if (authority != null && !LOOPBACK.contains(authority.host().toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                    Code.MISDIRECTED,
                    "Without keys (pacer.security.enabled=false) the service answers to localhost, 127.0.0.1 and [::1] alone.");
        }
    }

    /** Browsers say from where; other programs say nothing, and nobody makes them do what they do not want. */
    private void requireSameOrigin(ContainerRequestContext request, HostAndPort authority) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        String origin = request.getHeaderString("Origin");
        boolean isOurs = site != null
                ? site.equals("same-origin") || site.equals("none")
                : origin == null || isOwn(origin, authority);
        if (!isOurs) {
            figures.failed(AccessFigures.Kind.FORGED);
            notices.tell(
                    LOG,
                    Logger.Level.WARN,
                    "Another site's page made a browser ask for a change, and was refused; the browser is at "
                            + address());
            throw Problem.of(
                    Code.CROSS_ORIGIN,
                    "A page of another site made a browser send this; only pages of this service may change anything.");
        }
    }

    private static boolean isOwn(String origin, HostAndPort authority) {
        try {
            URI from = URI.create(origin);
            return authority != null
                    && from.getHost() != null
                    && from.getHost().equalsIgnoreCase(authority.host())
                    && port(from.getPort(), from.getScheme()) == port(authority.port(), from.getScheme());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static int port(int port, String scheme) {
        return port > 0 ? port : "https".equals(scheme) ? HTTPS : HTTP;
    }

    /** For which host the request is; null where it does not say. */
    private HostAndPort authority() {
        return current.getCurrent().request().authority();
    }

    private void requireCsrfToken(ContainerRequestContext request, Entrant entrant) {
        String token = request.getHeaderString(CSRF_HEADER);
        if (token == null || !Token.isSame(token, entrant.csrf())) {
            figures.failed(AccessFigures.Kind.FORGED);
            notices.tell(
                    LOG,
                    Logger.Level.WARN,
                    "A change without its session's token was refused, in the name of " + entrant.name() + " from "
                            + address());
            throw Problem.of(
                    Code.CSRF_TOKEN_MISSING,
                    "A session changes things with " + CSRF_HEADER + ": the csrf that GET /api/v1/session tells.");
        }
    }

    private String address() {
        return Credentials.addressOf(current.getCurrent().request());
    }

    private static boolean isOfTheApi(ContainerRequestContext request) {
        return request.getUriInfo().getPath().startsWith("/api/");
    }

    private static boolean isSignIn(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return SIGN_IN.equals(request.getMethod() + " " + path);
    }
}
