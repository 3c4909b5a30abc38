package dev.invitepacer.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A secret of 256 random bits that lets somebody in. It is kept as its SHA-256, since nobody guesses so many bits. */
record Token(String text) {
    static final String KEY = "pk_";
    static final String SESSION = "ps_";

    private static final Pattern SHAPE = Pattern.compile("p[ks]_[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;

    static Token random(String prefix) {
        byte[] bytes = new byte[BYTES];
        // Not a static one: a native executable would carry its seed.
        new SecureRandom().nextBytes(bytes);
        return new Token(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it can be one of the kind; all others need not be looked up. */
    boolean isA(String prefix) {
        return text.startsWith(prefix) && SHAPE.matcher(text).matches();
    }

    byte[] hash() {
        return sha256(text);
    }

    /** What a page of ours repeats with a session's requests; it tells nothing of the session's secret. */
    String csrf() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf " + text));
    }

    /** Takes as long whether they differ early or late. */
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** It is a secret. */
    @Override
    public String toString() {
        return text.substring(0, Math.min(3, text.length())) + "…";
    }
}
