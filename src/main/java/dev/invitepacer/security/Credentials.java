package dev.invitepacer.security;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Asker;

/**
 * Takes from a request what its sender shows: a bearer token, else a session's cookie. It is the only mechanism, and never
 * fails: what is wrong with what was shown stands in the identity, and the {@link Door} tells it as a problem answer.
 */
@ApplicationScoped
class Credentials implements HttpAuthenticationMechanism {
    private static final int BEFORE_ALL_OTHERS = 10_000;
    private static final String BEARER = "bearer ";
    private static final int LONGEST = 16_384;

    private final boolean isEnabled;

    Credentials(PacerConfig config) {
        this.isEnabled = config.security().enabled();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (!isEnabled) {
            return Uni.createFrom().item(anybody());
        }
        Presented presented = presented(context);
        return presented == null ? Uni.createFrom().item(nobody()) : providers.authenticate(presented);
    }

    /** Null where nothing is shown, and where nothing needs to be: pages and the service's description are public. */
    private static Presented presented(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/api/")) {
            return null;
        }
        String address = addressOf(context.request());
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            boolean isBearer = header.length() <= LONGEST
                    && header.toLowerCase(Locale.ROOT).startsWith(BEARER);
            return new Presented(
                    Presented.Way.BEARER,
                    new Token(isBearer ? header.substring(BEARER.length()).strip() : ""),
                    address);
        }
        Cookie cookie = context.request().getCookie(SessionCookie.NAME);
        return cookie == null ? null : new Presented(Presented.Way.COOKIE, new Token(cookie.getValue()), address);
    }

    /** From where a request came. */
    static String addressOf(HttpServerRequest request) {
        return request.remoteAddress() == null ? "?" : request.remoteAddress().hostAddress();
    }

    private static SecurityIdentity nobody() {
        return QuarkusSecurityIdentity.builder().setAnonymous(true).build();
    }

    /** Where no keys are asked for, whoever reaches the port may do everything. */
    private static SecurityIdentity anybody() {
        return Identity.of(new Entrant(Asker.ANYBODY, null, "", Role.ADMIN, null, null, null), () -> true);
    }

    @Override
    public int getPriority() {
        return BEFORE_ALL_OTHERS;
    }

    @Override
    public Set<Class<? extends io.quarkus.security.identity.request.AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Presented.class);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", Refused.CHALLENGE));
    }
}
