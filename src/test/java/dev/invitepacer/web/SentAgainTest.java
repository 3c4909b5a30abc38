package dev.invitepacer.web;

import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;

/** What tests of idempotency share: an account, and requests that bring a key. */
abstract class SentAgainTest extends ServiceTest {
    static final String ANNA = "/api/v1/accounts/anna";
    static final String KEY = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Inject
    KeptAnswers answers;

    @Inject
    RunningKeys keys;

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    static HttpResponse<String> post(String path, String key, String json) throws IOException, InterruptedException {
        return send(path, key, "application/json", json);
    }

    static HttpResponse<String> send(String path, String key, String type, String body)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                        .header("Content-Type", type)
                        .header("Idempotency-Key", key)
                        .POST(
                                bytes.length > 1_000_000
                                        ? HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(bytes))
                                        : HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
