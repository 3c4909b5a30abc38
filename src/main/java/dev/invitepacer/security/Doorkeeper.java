package dev.invitepacer.security;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.AccessFigures;

/** Looks at what is shown: keys and sessions in the database, tokens at their signature. */
@ApplicationScoped
class Doorkeeper implements IdentityProvider<Presented> {
    private static final Logger LOG = Logger.getLogger(Doorkeeper.class);

    private final Entrants entrants;
    private final OpenIdTokens openId;
    private final Failures failures;
    private final AccessFigures figures;
    private final Notices notices;
    private final boolean asksForKeys;

    Doorkeeper(
            Entrants entrants,
            OpenIdTokens openId,
            Failures failures,
            AccessFigures figures,
            Notices notices,
            PacerConfig config) {
        this.notices = notices;
        this.asksForKeys = config.security().enabled();
        this.entrants = entrants;
        this.openId = openId;
        this.failures = failures;
        this.figures = figures;
    }

    /** Whether anybody is asked for a key. */
    boolean asksForKeys() {
        return asksForKeys;
    }

    @Override
    public Class<Presented> getRequestType() {
        return Presented.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Presented presented, AuthenticationRequestContext context) {
        return context.runBlocking(() -> identify(presented));
    }

    private SecurityIdentity identify(Presented presented) {
        try {
            Entrant entrant = letIn(presented);
            return Identity.of(entrant, stands(presented, entrant));
        } catch (RuntimeException refusal) {
            return Identity.refused(refusal);
        }
    }

    /**
     * Whom this lets in.
     *
     * @throws HttpProblem 401 where it lets in nobody, 429 where too much from this address did not
     */
    Entrant letIn(Presented presented) {
        Token token = presented.token();
        Duration wait = failures.waitOf(presented.address(), token);
        if (!wait.isZero()) {
            figures.throttled();
            throw Refused.tooMany(wait);
        }
        Optional<Entrant> entrant = find(presented, true);
        if (entrant.isEmpty()) {
            boolean isTooMany = failures.failed(presented.address(), token);
            note(presented);
            if (isTooMany) {
                notices.tell(
                        LOG,
                        Logger.Level.WARN,
                        "%d keys from %s opened nothing within %s. Until that is over it waits, but for keys that it came in with before"
                                .formatted(failures.most(), presented.address(), failures.within()));
            }
            throw Refused.opensNothing();
        }
        failures.letIn(token);
        return entrant.get();
    }

    private Optional<Entrant> find(Presented presented, boolean isUse) {
        Token token = presented.token();
        if (presented.way() == Presented.Way.COOKIE) {
            return token.isA(Token.SESSION) ? entrants.bySession(token, isUse) : Optional.empty();
        }
        if (token.text().startsWith(Token.KEY)) {
            return token.isA(Token.KEY) ? entrants.byKey(token, isUse) : Optional.empty();
        }
        return openId.find(token);
    }

    /** A provider cannot take a token back: it stands until it expires, whether its provider is there or not. */
    private BooleanSupplier stands(Presented presented, Entrant entrant) {
        return isToken(presented)
                ? () -> Instant.now().isBefore(entrant.expiresAt())
                : () -> find(presented, false).isPresent();
    }

    private static boolean isToken(Presented presented) {
        return presented.way() == Presented.Way.BEARER
                && !presented.token().text().startsWith(Token.KEY);
    }

    /** A session that has ended is nothing to speak of. */
    private void note(Presented presented) {
        if (presented.way() == Presented.Way.COOKIE) {
            return;
        }
        if (isToken(presented)) {
            figures.failed(AccessFigures.Kind.BAD_TOKEN);
            tellUnknown("A token that lets nobody in", presented.address());
            return;
        }
        Optional<Entrants.Former> former =
                presented.token().isA(Token.KEY) ? entrants.former(presented.token()) : Optional.empty();
        former.ifPresentOrElse(
                key -> LOG.warnf(
                        "A key that %s was shown from %s: %s",
                        key.isRevoked() ? "was revoked" : "has expired", presented.address(), key.actor()),
                () -> tellUnknown("A key that is none of this service's", presented.address()));
        figures.failed(
                former.map(key -> key.isRevoked() ? AccessFigures.Kind.REVOKED_KEY : AccessFigures.Kind.EXPIRED_KEY)
                        .orElse(AccessFigures.Kind.UNKNOWN_KEY));
    }

    private void tellUnknown(String what, String address) {
        notices.tell(LOG, Logger.Level.WARN, what + " was shown from " + address);
    }
}
