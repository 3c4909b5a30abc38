package dev.invitepacer.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets for the database: AES-256-GCM with a nonce of its own for each, bound to the owner's name, so that a
 * secret copied to another owner does not open. Sealed bytes: 4 that tell the key, 12 of the nonce, the rest.
 */
public final class SecretBox {
    private static final int MARK = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Optional<Key> key;
    private final Optional<Key> previous;

    private record Key(byte[] mark, SecretKeySpec spec) {}

    private SecretBox(Optional<Key> key, Optional<Key> previous) {
        this.key = key;
        this.previous = previous;
    }

    /**
     * @param key 32 bytes in base64, or {@code none}
     * @param previous likewise; it only opens
     * @throws IllegalArgumentException where one is neither; the message does not repeat it
     */
    public static SecretBox of(String key, String previous) {
        return new SecretBox(read("pacer.secrets.key", key), read("pacer.secrets.previous-key", previous));
    }

    /** Whether there is a key at all. */
    public boolean canSeal() {
        return key.isPresent();
    }

    public byte[] seal(String owner, byte[] secret) {
        Key with = key.orElseThrow(() -> new IllegalStateException("There is no key (pacer.secrets.key)"));
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] text = crypt(Cipher.ENCRYPT_MODE, with, nonce, owner, secret);
        return ByteBuffer.allocate(MARK + NONCE + text.length)
                .put(with.mark)
                .put(nonce)
                .put(text)
                .array();
    }

    /** @throws IllegalStateException where no key of ours opens it, or it was changed, or it is another owner's */
    public byte[] open(String owner, byte[] kept) {
        byte[] mark = Arrays.copyOf(kept, MARK);
        Key with = key.filter(one -> Arrays.equals(one.mark, mark))
                .or(() -> previous.filter(one -> Arrays.equals(one.mark, mark)))
                .orElseThrow(() -> new IllegalStateException(
                        "A secret was encrypted with a key that is neither pacer.secrets.key nor"
                                + " pacer.secrets.previous-key"));
        return crypt(
                Cipher.DECRYPT_MODE,
                with,
                Arrays.copyOfRange(kept, MARK, MARK + NONCE),
                owner,
                Arrays.copyOfRange(kept, MARK + NONCE, kept.length));
    }

    /** Whether the previous key sealed it, so that it is to be sealed anew. */
    public boolean isOutdated(byte[] kept) {
        byte[] mark = Arrays.copyOf(kept, MARK);
        return key.isPresent()
                && !Arrays.equals(key.get().mark, mark)
                && previous.isPresent()
                && Arrays.equals(previous.get().mark, mark);
    }

    private static byte[] crypt(int mode, Key key, byte[] nonce, String owner, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.spec, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException changed) {
            throw new IllegalStateException(
                    "The secret of " + owner + " does not open: it was changed, or moved", changed);
        }
    }

    private static Optional<Key> read(String setting, String base64) {
        if (base64.equals("none")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.trim());
            if (bytes.length == 32) {
                byte[] mark = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), MARK);
                return Optional.of(new Key(mark, new SecretKeySpec(bytes, "AES")));
            }
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            // told below, without what was written
        }
        throw new IllegalArgumentException(
                setting + " must be 32 random bytes in base64, as `openssl rand -base64 32` makes them");
    }
}
