package dev.invitepacer.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.config.SecurityConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Tick;

/**
 * Tokens of an OpenID Connect provider: signed with one of its published keys by an asymmetric algorithm, of the configured
 * issuer, for the configured audience, and not expired. A role is a value of the roles' claim; with several the first in the
 * order of {@link Role} counts. Off unless configured.
 */
@ApplicationScoped
class OpenIdTokens {
    private static final Logger LOG = Logger.getLogger(OpenIdTokens.class);
    private static final String NONE = "none";
    private static final String ALL = "*";
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int MOST_ACCOUNTS = 100;
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private final SecurityConfig.Openid config;
    private final ProviderKeys keys;

    @Inject
    OpenIdTokens(PacerConfig config) {
        this(config, Infrastructure.getDefaultExecutor());
    }

    /** @param beside reads the provider's keys */
    OpenIdTokens(PacerConfig config, Executor beside) {
        this.config = config.security().openid();
        boolean isOn = config.security().enabled() && !isNone(this.config.jwks());
        if (isOn) {
            requireSense(this.config);
        }
        this.keys = isOn ? new ProviderKeys(this.config.jwks().strip(), beside) : null;
    }

    void atStart(@Observes StartupEvent start) {
        keepUp(System.nanoTime());
    }

    @NonBlocking
    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("The provider's keys are not read")
    void scheduled() {
        keepUp(System.nanoTime());
    }

    /** Reads the provider's keys, beside, if it is time to. */
    void keepUp(long now) {
        if (keys != null) {
            keys.keepUp(now);
        }
    }

    private static void requireSense(SecurityConfig.Openid config) {
        if (isNone(config.issuer()) || isNone(config.audience())) {
            throw new IllegalStateException(
                    "pacer.security.openid.jwks is set: set pacer.security.openid.issuer and .audience too, or tokens that"
                            + " were made for others would open this service.");
        }
        if (config.jwks().startsWith("http:")
                && !config.jwks().matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])[:/].*")) {
            throw new IllegalStateException(
                    "pacer.security.openid.jwks must be https: whoever changes the keys on their way opens this service.");
        }
    }

    /**
     * Whom the token lets in.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 where the keys to judge it by are not there
     */
    Optional<Entrant> find(Token token) {
        return find(token, System.nanoTime());
    }

    /** Likewise, at this time of {@link System#nanoTime}. */
    Optional<Entrant> find(Token token, long now) {
        if (keys == null || token.text().chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(ALGORITHMS);
            signature.setCompactSerialization(token.text());
            ALGORITHMS.checkConstraint(signature.getAlgorithmHeaderValue());
            return entrant(judged(token, keysFor(signature, now)));
        } catch (JoseException | InvalidJwtException | MalformedClaimException refused) {
            LOG.debugf("A token was refused: %s", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The provider's keys; of a key that is not among them, it is asked again before the token is refused. */
    private List<JsonWebKey> keysFor(JsonWebSignature signature, long now) throws JoseException {
        List<JsonWebKey> known = keys.at(now);
        boolean isKnown = known != null && new VerificationJwkSelector().select(signature, known) != null;
        if (!isKnown && !keys.areFresh(now)) {
            keys.readSoon(now);
            throw Problem.of(
                    Code.PROVIDER_AWAY,
                    "The OpenID Connect provider's keys are being read, or cannot be; until they are, this token cannot be"
                            + " judged. Send it again, or use a key of this service.");
        }
        return known;
    }

    private JwtClaims judged(Token token, List<JsonWebKey> known) throws InvalidJwtException {
        JwksVerificationKeyResolver published = new JwksVerificationKeyResolver(known);
        published.setDisambiguateWithVerifySignature(true);
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(published)
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setExpectedIssuer(config.issuer())
                .setExpectedAudience(config.audience())
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build()
                .processToClaims(token.text());
    }

    private Optional<Entrant> entrant(JwtClaims token) throws MalformedClaimException {
        Set<String> granted = texts(claim(token, config.rolesClaim()));
        Optional<Role> role = Stream.of(Role.values())
                .filter(one -> granted.contains(config.rolePrefix() + one.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        if (role.isEmpty() || token.getSubject() == null || token.getSubject().isBlank()) {
            return Optional.empty();
        }
        Set<String> accounts = accounts(role.get(), texts(claim(token, config.accountsClaim())));
        if (role.get() != Role.ADMIN && accounts != null && accounts.isEmpty()) {
            return Optional.empty();
        }
        String subject = token.getSubject();
        String name = shortened(subject) + " (openid)";
        return Optional.of(new Entrant(
                name,
                shortened(subject),
                "openid:" + subject,
                role.get(),
                accounts,
                Instant.ofEpochSecond(token.getExpirationTime().getValue()),
                null));
    }

    /** As with keys: all accounts are for those who only read. */
    private static Set<String> accounts(Role role, Set<String> named) {
        if (role == Role.ADMIN || role == Role.READER && named.contains(ALL)) {
            return null;
        }
        return named.stream()
                .filter(account -> account.matches(KeyForm.ACCOUNT))
                .limit(MOST_ACCOUNTS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String shortened(String subject) {
        String plain = subject.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100);
    }

    private static Object claim(JwtClaims token, String path) {
        // A name with a slash, such as an address, is one claim where there is one of that name.
        Object whole = token.getClaimValue(path);
        if (whole != null) {
            return whole;
        }
        Object value = null;
        boolean isFirst = true;
        for (String part : path.split("/")) {
            value = isFirst ? token.getClaimValue(part) : value instanceof Map<?, ?> map ? map.get(part) : null;
            isFirst = false;
        }
        return value;
    }

    private static Set<String> texts(Object value) {
        if (value instanceof String text) {
            return Set.copyOf(List.of(text.trim().split("[ ,]+")));
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static boolean isNone(String setting) {
        return setting.isBlank() || setting.equals(NONE);
    }
}
