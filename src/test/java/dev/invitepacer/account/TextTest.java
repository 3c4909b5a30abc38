package dev.invitepacer.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Jane", "O’Sullivan", "田中", "🎉👩\u200D💻", "\u202Eאב", "=1+1", "a\u00A0b"})
    void ordinaryWordsOfAnyScriptAreKept(String text) {
        assertThat(Text.line(100).objection(text)).isEmpty();
    }

    @Test
    void onlySeveralLinesMayHoldLineFeedsAndTabs() {
        assertThat(Text.lines(10).objection("a\n\tb")).isEmpty();
    }

    @ParameterizedTest(name = "[{index}] {1}")
    @MethodSource("misuses")
    void isAnsweredWithWhatToMend(String text, String sentence) {
        assertThat(Text.line(10).objection(text)).hasValue(sentence);
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                Arguments.of("ab\0", "Remove the NUL character (U+0000) at position 3: it cannot be stored."),
                Arguments.of(
                        "a\uD83D",
                        "Character 2 is half of a surrogate pair, as when a text is cut inside an emoji: send whole characters."),
                Arguments.of(
                        "\uDE80",
                        "Character 1 is half of a surrogate pair, as when a text is cut inside an emoji: send whole characters."),
                Arguments.of("a\nb", "Write it on one line: there is a line break at position 2."),
                Arguments.of("a\rb", "Write it on one line: there is a line break at position 2."),
                Arguments.of("a\tb", "Remove the control character U+0009 at position 2."),
                Arguments.of("🎉\u001B[0m", "Remove the control character U+001B at position 3."),
                Arguments.of("\u009F", "Remove the control character U+009F at position 1."),
                Arguments.of("x".repeat(11), "Write at most 10 characters; this has 11."),
                Arguments.of("🎉".repeat(6), "Write at most 10 characters; this has 12."));
    }

    @Test
    void severalLinesHoldNoOtherControlEither() {
        assertThat(Text.lines(10).objection("a\r")).hasValue("Remove the control character U+000D at position 2.");
        assertThat(Text.lines(10).objection("\0")).isPresent();
        assertThat(Text.lines(10).objection("\u000B")).hasValue("Remove the control character U+000B at position 1.");
    }

    @Test
    void whatCopyingLeavesAroundAStringIsTakenOff() {
        assertThat(Text.bare("\uFEFF \u00A0\u200BJane  Doe\u2060\u202C\r\n")).isEqualTo("Jane  Doe");
        assertThat(Text.bare(" \u200B\t")).isEmpty();
    }

    @Test
    void aTextOfNoLengthMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Text.line(0));
    }

    @Property
    void whatIsKeptSurvivesUtf8AndFitsAColumn(@ForAll String text) {
        if (Text.lines(60).objection(text).isEmpty()) {
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(text).doesNotContain("\0").hasSizeLessThanOrEqualTo(60);
        }
    }
}
