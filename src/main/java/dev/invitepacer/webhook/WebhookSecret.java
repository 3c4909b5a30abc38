package dev.invitepacer.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** What an endpoint's messages are signed with: 24 to 64 bytes, told as {@code whsec_} and their base64. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int LENGTH = 32;

    private final byte[] bytes;

    WebhookSecret(byte[] bytes) {
        if (bytes.length < 24 || bytes.length > 64) {
            throw new IllegalArgumentException("A secret has 24 to 64 bytes");
        }
        this.bytes = bytes.clone();
    }

    public static WebhookSecret random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new WebhookSecret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** For whoever verifies: shown once, and never logged. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
