package dev.invitepacer.security;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;

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
    private static final int REFRESH_MINUTES = 10;
    private static final int MOST_ACCOUNTS = 100;
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512,
            SignatureAlgorithm.EDDSA);

    private final PacerConfig.Security.Openid config;
    private final JWTParser parser;

    OpenIdTokens(PacerConfig config) {
        this.config = config.security().openid();
        this.parser = config.security().enabled() && !isNone(this.config.jwks()) ? parser(this.config) : null;
    }

    private static JWTParser parser(PacerConfig.Security.Openid config) {
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
        JWTAuthContextInfo info = new JWTAuthContextInfo();
        info.setPublicKeyLocation(config.jwks());
        info.setIssuedBy(config.issuer());
        info.setExpectedAudience(Set.of(config.audience()));
        info.setSignatureAlgorithm(ALGORITHMS);
        info.setClockSkew(CLOCK_SKEW_SECONDS);
        info.setExpGracePeriodSecs(0);
        info.setJwksRefreshInterval(REFRESH_MINUTES);
        info.setRequireNamedPrincipal(false);
        info.setRequiredClaims(Set.of("sub", "exp"));
        return new DefaultJWTParser(info);
    }

    /** Whom the token lets in. */
    Optional<Entrant> find(Token token) {
        if (parser == null || token.text().chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            return entrant(parser.parse(token.text()));
        } catch (ParseException refused) {
            LOG.debugf("A token was refused: %s", refused.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Entrant> entrant(JsonWebToken token) {
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
                Instant.ofEpochSecond(token.getExpirationTime()),
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

    private static Object claim(JsonWebToken token, String path) {
        // A name with a slash, such as an address, is one claim where there is one of that name.
        Object whole = token.getClaim(path);
        if (whole != null) {
            return whole;
        }
        Object value = null;
        boolean isFirst = true;
        for (String part : path.split("/")) {
            value = isFirst ? token.getClaim(part) : value instanceof Map<?, ?> map ? map.get(part) : null;
            isFirst = false;
        }
        return value;
    }

    private static Set<String> texts(Object value) {
        if (value instanceof JsonString string) {
            return texts(string.getString());
        }
        if (value instanceof String text) {
            return Set.copyOf(List.of(text.trim().split("[ ,]+")));
        }
        if (value instanceof JsonArray || value instanceof Collection<?>) {
            return ((Collection<?>) value)
                    .stream()
                            .map(item -> item instanceof JsonString string ? string.getString() : String.valueOf(item))
                            .collect(Collectors.toUnmodifiableSet());
        }
        return Set.of();
    }

    private static boolean isNone(String setting) {
        return setting.isBlank() || setting.equals(NONE);
    }
}
