package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.AccessFigures;
import dev.invitepacer.web.Answer;

/** Tokens of an OpenID Connect provider. */
@QuarkusTest
@TestProfile(Locked.class)
class OpenIdTest extends LockedTest {
    private static final String SESSION = "/api/v1/session";

    @Inject
    Entrants entrants;

    @Inject
    AccessFigures figures;

    private static String token(List<String> roles, Object accounts, Consumer<JwtClaims> change) {
        JwtClaims claims = Provider.claims(roles, accounts);
        change.accept(claims);
        return Provider.sign(claims);
    }

    private static String token(List<String> roles, Object accounts) {
        return token(roles, accounts, claims -> {});
    }

    @Test
    void aTokenLetsInByItsClaims() {
        account("anna", "");
        String owner = token(List.of("offline_access", "pacer-owner", "pacer-reader"), List.of("anna", "bert"));

        Answer session = read(owner, SESSION);
        assertThat(session.json().path("role").asText()).as(session.body()).isEqualTo("OWNER");
        assertThat(session.json().path("accounts").toString()).isEqualTo("[\"anna\",\"bert\"]");
        assertThat(session.json().path("name").asText()).isEqualTo("ada");
        assertThat(as(owner, "POST", "/api/v1/accounts/anna/pause", "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(read(owner, "/api/v1/accounts/anna/history")
                        .json()
                        .path("items")
                        .path(0)
                        .path("actor")
                        .asText())
                .isEqualTo("ada (openid)");
        assertThat(read(owner, "/api/v1/accounts/nora").code()).isEqualTo("account-unknown");
        assertThat(read(owner, "/api/v1/keys").code()).isEqualTo("forbidden");
        assertThat(read(token(List.of("pacer-admin"), null), "/api/v1/keys").status())
                .isEqualTo(200);
        assertThat(read(token(List.of("pacer-reader"), List.of("*")), SESSION)
                        .json()
                        .path("accounts")
                        .isNull())
                .isTrue();
        assertThat(read(token(List.of("pacer-sender"), "anna bert"), SESSION)
                        .json()
                        .path("accounts"))
                .hasSize(2);
    }

    @Test
    void aTokenThatIsNotForUsOpensNothing() {
        List<String> admin = List.of("pacer-admin");
        Map<String, String> bad = Map.of(
                "of another issuer", token(admin, null, claims -> claims.setIssuer("https://evil.example")),
                "for another audience", token(admin, null, claims -> claims.setAudience("somebody-else")),
                "expired",
                        token(
                                admin,
                                null,
                                claims -> claims.setExpirationTime(
                                        NumericDate.fromSeconds(Instant.now().getEpochSecond() - 120))),
                "that never expires", token(admin, null, claims -> claims.unsetClaim("exp")),
                "of nobody", token(admin, null, claims -> claims.unsetClaim("sub")),
                "without a role of ours", token(List.of("admin", "ADMIN"), null),
                "without accounts", token(List.of("pacer-owner"), null),
                "of all accounts that is not to read", token(List.of("pacer-owner"), List.of("*")),
                "signed by another key", Provider.sign(Provider.claims(admin, null), Provider.pair("one")),
                "not signed", unsigned());
        bad.forEach((what, token) -> {
            failures.forget();
            assertThat(read(token, SESSION).code()).as(what).isEqualTo("key-refused");
        });
    }

    @Test
    void aProviderThatIsAwayIsNoFailureOfItsPeople() {
        PacerConfig away = ProviderKeysTest.config("http://127.0.0.1:9/nobody-is-here");
        Doorkeeper door =
                new Doorkeeper(entrants, new OpenIdTokens(away, Runnable::run), failures, figures, notices, away);
        Presented shown =
                new Presented(Presented.Way.BEARER, new Token(token(List.of("pacer-admin"), null)), "192.0.2.1");

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> door.letIn(shown)).isInstanceOfSatisfying(HttpProblem.class, answer -> {
                assertThat(answer.getStatusCode()).isEqualTo(503);
                assertThat(answer.getParameters()).containsEntry("code", "provider-away");
                assertThat(answer.getHeaders()).containsKey("Retry-After");
            });
        }
        assertThat(failures.waitOf("192.0.2.1", shown.token())).isZero();
    }

    private static String unsigned() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(
                        Provider.claims(List.of("pacer-admin"), null).toJson().getBytes(StandardCharsets.UTF_8))
                + ".";
    }
}
