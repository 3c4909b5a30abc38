package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.config.PacerConfig;

/** The provider's keys, over HTTP, while it is there, changes them and goes away. */
class ProviderKeysTest {
    private static final RsaJsonWebKey OLD = Provider.pair("old");
    private static final RsaJsonWebKey NEW = Provider.pair("new");
    private static final long NOW = 5;

    private final Queue<Runnable> beside = new ArrayDeque<>();
    private volatile List<RsaJsonWebKey> published = List.of(OLD);
    private volatile int asked;
    private HttpServer provider;
    private OpenIdTokens tokens;

    static PacerConfig config(String jwks) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PacerConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "pacer.security.openid.jwks",
                                jwks,
                                "pacer.security.openid.issuer",
                                Locked.ISSUER,
                                "pacer.security.openid.audience",
                                Locked.AUDIENCE,
                                "pacer.security.openid.roles-claim",
                                "realm_access/roles"),
                        "given",
                        100))
                .build()
                .getConfigMapping(PacerConfig.class);
    }

    @BeforeEach
    void publish() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/jwks", exchange -> {
            asked++;
            byte[] keys = new JsonWebKeySet(published)
                    .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        tokens = new OpenIdTokens(
                config("http://127.0.0.1:" + provider.getAddress().getPort() + "/jwks"), beside::add);
    }

    @AfterEach
    void goAway() {
        provider.stop(0);
    }

    private static Token by(RsaJsonWebKey pair) {
        return new Token(Provider.sign(Provider.claims(List.of("pacer-admin"), null), pair));
    }

    private static long at(Duration since) {
        return NOW + since.toNanos();
    }

    private Optional<Role> role(RsaJsonWebKey pair, Duration since) {
        return tokens.find(by(pair), at(since)).map(Entrant::role);
    }

    private void assertAway(RsaJsonWebKey pair, Duration since) {
        assertThatThrownBy(() -> role(pair, since))
                .isInstanceOfSatisfying(HttpProblem.class, answer -> assertThat(answer.getStatusCode())
                        .isEqualTo(503));
    }

    /** What others do beside requests. */
    private void read() {
        while (!beside.isEmpty()) {
            beside.remove().run();
        }
    }

    @Test
    void untilTheyAreThereNobodyIsRefusedAndNobodyWaits() {
        tokens.keepUp(NOW);
        for (int i = 0; i < 100; i++) {
            assertAway(OLD, Duration.ZERO);
        }
        assertThat(asked).isZero();
        assertThat(beside).hasSize(1);

        read();
        assertThat(role(OLD, Duration.ZERO)).contains(Role.ADMIN);
        assertThat(asked).isOne();
    }

    @Test
    void whileTheProviderIsAwayTheyCountForAnHour() {
        tokens.keepUp(NOW);
        read();
        goAway();
        for (int minutes = 1; minutes <= 60; minutes++) {
            tokens.keepUp(at(Duration.ofMinutes(minutes)));
            read();
            assertThat(role(OLD, Duration.ofMinutes(minutes))).contains(Role.ADMIN);
        }
        assertAway(OLD, Duration.ofMinutes(61));
    }

    @Test
    void aNewOneIsAskedForWhenATokenNamesItAndATokenOfNobodysIsRefused() {
        tokens.keepUp(NOW);
        read();
        published = List.of(OLD, NEW);
        Duration minute = Duration.ofMinutes(1);

        assertAway(NEW, minute);
        assertThat(role(OLD, minute)).contains(Role.ADMIN);
        read();
        assertThat(role(NEW, minute)).contains(Role.ADMIN);

        // However many tokens name keys that are none, it is asked twice a minute.
        RsaJsonWebKey junk = Provider.pair("junk");
        for (int seconds = 61; seconds < 90; seconds++) {
            assertThat(role(junk, Duration.ofSeconds(seconds))).isEmpty();
        }
        assertThat(asked).isEqualTo(2);
        assertThat(beside).isEmpty();
    }

    @Test
    void theyAreReadEveryTenMinutes() {
        for (int minutes = 0; minutes < 30; minutes++) {
            tokens.keepUp(at(Duration.ofMinutes(minutes)));
            read();
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void oneThatWasTakenBackOpensNothingOnceTheyAreReadAnew() {
        tokens.keepUp(NOW);
        read();
        published = List.of(NEW);
        tokens.keepUp(at(ProviderKeys.EVERY));
        read();

        assertThat(role(OLD, ProviderKeys.EVERY)).isEmpty();
        assertThat(role(NEW, ProviderKeys.EVERY)).contains(Role.ADMIN);
    }
}
