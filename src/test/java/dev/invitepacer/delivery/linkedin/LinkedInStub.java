package dev.invitepacer.delivery.linkedin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** LinkedIn's API as far as it is public, on loopback, and one account that uses it. */
final class LinkedInStub implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(5);
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    static final String TOKEN = "AQX-this.is_secret~0123456789";
    static final String INVITATION = "urn:li:invitation:617608454596123456";

    final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    /** Why accounts were paused, in order. */
    final List<String> pauses = new ArrayList<>();

    String tokenText = TOKEN;

    LinkedInStub() {
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    LinkedInSender sender(WithdrawalCall withdrawal) {
        return new LinkedInSender(new LinkedInApi(address(), LIMIT), tokens(), inviters(), withdrawal);
    }

    AccessTokens tokens() {
        return new AccessTokens(
                Path.of("target/no-tokens-here"), name -> name.equals("PACER_LINKEDIN_TOKEN_ANNA") ? tokenText : null);
    }

    Inviters inviters() {
        return new Inviters() {
            @Override
            public String tokenOf(String account) {
                return account;
            }

            @Override
            public void pause(String account, String reason) {
                pauses.add(account + ": " + reason);
            }

            @Override
            public Instant now() {
                return NOW;
            }
        };
    }

    void answers(ResponseDefinitionBuilder answer) {
        server.resetMappings();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    void answers(int status, String body) {
        answers(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body));
    }

    void creates() {
        server.resetMappings();
        server.stubFor(any(urlMatching("/v2/made-up/.*")).willReturn(aResponse().withStatus(204)));
        server.stubFor(post(urlEqualTo("/v2/invitations"))
                .willReturn(aResponse().withStatus(201).withHeader("x-linkedin-id", INVITATION)));
    }

    int calls() {
        return asked().size();
    }

    /** What it was asked, in order. */
    List<LoggedRequest> asked() {
        return server.findAll(WireMock.anyRequestedFor(anyUrl()));
    }

    @Override
    public void close() {
        server.stop();
    }
}
