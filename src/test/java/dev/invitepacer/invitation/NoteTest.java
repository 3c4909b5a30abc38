package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.account.Text;
import dev.invitepacer.account.Tier;

class NoteTest {

    @Test
    void aBasicAccountSendsTwoHundredCharactersAndAPremiumOneThreeHundred() {
        assertThat(Tier.BASIC.noteLimit()).isEqualTo(200);
        assertThat(Tier.PREMIUM.noteLimit()).isEqualTo(300);
        assertThat(note("x".repeat(200)).objection(Tier.BASIC)).isEmpty();
        assertThat(note("x".repeat(201)).objection(Tier.BASIC))
                .hasValue("The note has 201 characters and a BASIC account may send 200: shorten it by 1.");
        assertThat(note("x".repeat(300)).objection(Tier.PREMIUM)).isEmpty();
        assertThat(note("x".repeat(350)).objection(Tier.PREMIUM))
                .hasValue("The note has 350 characters and a PREMIUM account may send 300: shorten it by 50.");
    }

    @Test
    void anEmojiCountsAsABrowserCountsIt() {
        assertThat(note("🎉").length()).isEqualTo(2);
        assertThat(note("👩\u200D💻").length()).isEqualTo(5);
    }

    @Test
    void aLineBreakCountsOnceHoweverItIsWritten() {
        assertThat(note("a\r\nb\rc\nd")).isEqualTo(note("a\nb\nc\nd"));
        assertThat(note("a\r\nb").length()).isEqualTo(3);
    }

    @Test
    void anAccentCountsOnceHoweverItIsWritten() {
        assertThat(note("Jose\u0301")).isEqualTo(note("José"));
        assertThat(note("Jose\u0301").length()).isEqualTo(4);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\r\n\t", "\u3000", "\u00A0", "\u200B"})
    void aBlankNoteIsNone(String raw) {
        assertThat(Note.written(raw)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a\r\nb", "e\u0301"})
    void aNoteOnlyExistsInItsNormalForm(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Note(text));
    }

    @Property
    void noOtherCountOfWhatIsKeptComesToMore(@ForAll String raw) {
        Note.written(raw).ifPresent(note -> {
            String text = note.text();
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(note.length());
            assertThat(Normalizer.normalize(text, Normalizer.Form.NFC)).hasSize(note.length());
            assertThat(Text.bare(text)).hasSize(note.length());
            assertThat(Note.written(text)).hasValue(note);
        });
    }

    private static Note note(String raw) {
        return Note.written(raw).orElseThrow();
    }
}
