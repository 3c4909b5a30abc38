package dev.invitepacer.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER = "/////wQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final byte[] SECRET = "thirty-two bytes that none knows".getBytes(StandardCharsets.UTF_8);

    private final SecretBox box = SecretBox.of(KEY, "none");

    @Test
    void whatIsSealedOpensForItsOwnerOnly() {
        byte[] kept = box.seal("crm", SECRET);

        assertThat(box.open("crm", kept)).isEqualTo(SECRET);
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("thirty");
        assertThat(box.seal("crm", SECRET)).isNotEqualTo(kept);
        assertThatIllegalStateException().isThrownBy(() -> box.open("crn", kept));
    }

    @Test
    void aChangedByteDoesNotOpen() {
        for (int at = 0; at < box.seal("crm", SECRET).length; at++) {
            byte[] kept = box.seal("crm", SECRET);
            kept[at] ^= 1;

            assertThatIllegalStateException().isThrownBy(() -> box.open("crm", kept));
        }
    }

    @Test
    void thePreviousKeyStillOpensAndIsOutdated() {
        byte[] kept = box.seal("crm", SECRET);
        SecretBox next = SecretBox.of(OTHER, KEY);

        assertThat(next.open("crm", kept)).isEqualTo(SECRET);
        assertThat(next.isOutdated(kept)).isTrue();
        assertThat(next.isOutdated(next.seal("crm", SECRET))).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> SecretBox.of(OTHER, "none").open("crm", kept));
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        assertThat(SecretBox.of("none", "none").canSeal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c2VjcmV0", "hunter2hunter2", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==", "nonsense"})
    void aKeyThatIsNoneIsToldAndNotRepeated(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretBox.of(key, "none"))
                .withMessageContaining("pacer.secrets.key")
                .withMessageNotContaining(key);
    }
}
