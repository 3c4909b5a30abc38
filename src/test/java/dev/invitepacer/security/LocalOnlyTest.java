package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.web.Answer;

/** Without keys the service is for this machine alone. */
@QuarkusTest
class LocalOnlyTest extends ServiceTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8080, 200",
        "127.0.0.1, 200",
        "[::1]:80, 200",
        "LOCALHOST, 200",
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "192.168.1.5, 421"
    })
    void aPageWhoseNameWasMadeToLeadHereReadsNothing(String host, int status) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/accounts HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void anotherSiteMakesABrowserChangeNothingWithoutKeysEither(String site) {
        account("anna", "");

        assertThat(Answer.to("POST", "/api/v1/accounts/anna/resume", null, "Sec-Fetch-Site", site)
                        .code())
                .isEqualTo("cross-origin");
        assertThat(Answer.to("POST", "/api/v1/accounts/anna/resume", null, "Origin", "https://evil.example")
                        .code())
                .isEqualTo("cross-origin");
        assertThat(Answer.to("POST", "/api/v1/accounts/anna/resume", null, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theConsoleIsToldThatNoKeysAreAskedFor() {
        Answer session = Answer.to("GET", "/api/v1/session", null);

        assertThat(session.body())
                .isEqualTo(
                        "{\"security\":false,\"name\":null,\"role\":\"ADMIN\",\"accounts\":null,\"csrf\":null,\"expiresAt\":null,"
                                + "\"now\":\"2026-11-23T08:00:00Z\"}");
        assertThat(Answer.toJson("POST", "/api/v1/session", "{\"key\":\"any\"}").body())
                .isEqualTo(session.body());
    }

    @ParameterizedTest
    @CsvSource({"quarkus.http.host, 0.0.0.0", "quarkus.management.host, 10.1.2.3", "quarkus.http.host, ::"})
    void theServiceRefusesToStartWithoutKeysWhereOthersReachIt(String key, String host) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("quarkus.http.host", "127.0.0.1", "quarkus.management.host", "localhost"), "base", 100))
                .withSources(new PropertiesConfigSource(Map.of(key, host), "given", 200))
                .build();

        assertThatThrownBy(() -> LocalOnly.requireLoopback(config))
                .hasMessageContaining(key + " is " + host)
                .hasMessageContaining("pacer.security.enabled=false");
    }
}
