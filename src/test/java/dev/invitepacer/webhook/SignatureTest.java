package dev.invitepacer.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the library that the specification's authors publish: what we sign it verifies, and what it signs is what we sign. */
class SignatureTest {
    private static final byte[] BODY =
            "{\"type\":\"task.send\",\"data\":{\"note\":\"Grüße, 東京 🚀\"}}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    private final WebhookSecret secret = WebhookSecret.random();

    private static Map<String, List<String>> asLists(Map<String, String> headers) {
        return headers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue())));
    }

    private static void verify(WebhookSecret with, byte[] body, Map<String, String> headers)
            throws WebhookVerificationException {
        new Webhook(with.reveal()).verify(new String(body, StandardCharsets.UTF_8), asLists(headers));
    }

    /** The specification's own example. */
    @Test
    void theGoldenVectorIsSignedAsThePublishedOne() {
        WebhookSecret known = new WebhookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        Map<String, String> headers = Signature.headers(ID, Instant.ofEpochSecond(1_614_265_330), body, List.of(known));

        assertThat(headers)
                .containsExactly(
                        Map.entry("webhook-id", ID),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    /** Computed with OpenSSL: the shortest and the longest secret, words in several scripts, an empty body. */
    @ParameterizedTest
    @CsvSource({
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, nwXsuQAdtY5x/TMe5hh+18AvkKR2X9FbqQdJT9DzVNw=,"
                + " OS9+ycolTnfLWMSgZ2rYlmHjZ8zDcGJH1TkzKlbptNw=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX, QtTVFS+RlYIkwynQvu/BqjKByPYUOKaNHcOUJA28rUo=,"
                + " e8P0XOcbAcdKGfeqg/KhauL6ZLp8ABgR/ckjK9nqxc0=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==,"
                + " /es6WrNq0MqnzNMpFKVqNY0SK4k7cS72ydnii3TxkQU=, ld6mj+Fb51ROCf9U/CWB2oRShVPAhQXVKM7E3dKiEZk="
    })
    void furtherGoldenVectorsAreSignedSo(String key, String ofWords, String ofNothing) {
        List<WebhookSecret> known =
                List.of(new WebhookSecret(Base64.getDecoder().decode(key)));

        assertThat(Signature.headers(
                        "task_00112233445566778899aabbccddeeff", Instant.ofEpochSecond(1_795_686_000L), BODY, known))
                .containsEntry("webhook-timestamp", "1795686000")
                .containsEntry("webhook-signature", "v1," + ofWords);
        assertThat(Signature.headers("ping_1", Instant.EPOCH, new byte[0], known))
                .containsEntry("webhook-signature", "v1," + ofNothing);
    }

    @Test
    void whatWeSignTheLibraryVerifies() {
        Map<String, String> headers = Signature.headers(ID, Instant.now(), BODY, List.of(secret));

        assertThatCode(() -> verify(secret, BODY, headers)).doesNotThrowAnyException();
    }

    @Test
    void whatTheLibrarySignsIsWhatWeSign() throws Exception {
        Instant now = Instant.now();

        assertThat(Signature.headers(ID, now, BODY, List.of(secret)))
                .containsEntry("webhook-signature", signedByTheLibrary(secret, now));
    }

    private static String signedByTheLibrary(WebhookSecret with, Instant at) throws Exception {
        return new Webhook(with.reveal()).sign(ID, at.getEpochSecond(), new String(BODY, StandardCharsets.UTF_8));
    }

    @Test
    void duringARotationBothKeysVerify() throws Exception {
        WebhookSecret old = WebhookSecret.random();
        Instant now = Instant.now();
        Map<String, String> headers = Signature.headers(ID, now, BODY, List.of(secret, old));

        assertThat(headers)
                .containsEntry(
                        "webhook-signature", signedByTheLibrary(secret, now) + " " + signedByTheLibrary(old, now));
        assertThatCode(() -> verify(secret, BODY, headers)).doesNotThrowAnyException();
        assertThatCode(() -> verify(old, BODY, headers)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(WebhookSecret.random(), BODY, headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void aTamperedBodyOrIdDoesNotVerify() {
        Map<String, String> headers = Signature.headers(ID, Instant.now(), BODY, List.of(secret));
        byte[] tampered = BODY.clone();
        tampered[12] ^= 1;

        assertThatThrownBy(() -> verify(secret, tampered, headers)).isInstanceOf(WebhookVerificationException.class);
        headers.put("webhook-id", ID + "x");
        assertThatThrownBy(() -> verify(secret, BODY, headers)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void aStaleTimestampDoesNotVerify() {
        for (Duration age : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
            Map<String, String> headers = Signature.headers(ID, Instant.now().minus(age), BODY, List.of(secret));

            assertThatThrownBy(() -> verify(secret, BODY, headers)).isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void aSecretIsNotWrittenByAccident() {
        assertThat(secret).hasToString("whsec_…");
        assertThat(Base64.getDecoder().decode(secret.reveal().substring("whsec_".length())))
                .hasSizeBetween(24, 64);
    }
}
