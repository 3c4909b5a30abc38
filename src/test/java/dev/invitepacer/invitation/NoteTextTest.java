package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates say, and what they cannot be made to do. */
class NoteTextTest {
    private static final Map<String, String> KAMALA =
            Map.of("firstName", "Kamala", "company", "Umbrella & Sons <Optics>", "shared context", "the Oslo group");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hi {{firstName}}|Hi Kamala",
                "Hi {{ firstName }}|Hi Kamala",
                "At {{company}}?|At Umbrella & Sons <Optics>?",
                "At {{{company}}}?|At Umbrella & Sons <Optics>?",
                "We share {{shared context}}.|We share the Oslo group.",
                "Hi{{#firstName}} {{firstName}}{{/firstName}}!|Hi Kamala!",
                "Hi{{#nickname}} {{nickname}}{{/nickname}}!|Hi!",
                "Hi{{^nickname}} {{firstName}}{{/nickname}}!|Hi Kamala!",
                "Hi{{^firstName}} you{{/firstName}}!|Hi!",
                "{{#company}}{{firstName}} of {{company}}{{/company}}|Kamala of Umbrella & Sons <Optics>",
                "Hi {{ #firstName }}x{{ /firstName }}{{ ^firstName }}y{{ /firstName }}|Hi x",
                "a{{! never said }}b|ab",
                "1 {curly} }} brace {|1 {curly} }} brace {"
            })
    void saysWhatMustacheSays(String source, String said) {
        NoteText.Result result = new NoteText(source).of(KAMALA, Map.of());

        assertThat(result.text()).isEqualTo(said);
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void aFallbackStandsForWhatIsMissingButMakesNoSectionTrue() {
        NoteText text = new NoteText("Hi {{firstName}}{{#firstName}}, named{{/firstName}} of {{company}}");

        assertThat(text.of(Map.of("company", "Globex"), Map.of("firstName", "there"))
                        .text())
                .isEqualTo("Hi there of Globex");
        assertThat(text.of(Map.of(), Map.of("firstName", "there")).missing()).containsExactly("company");
        assertThat(text.of(Map.of("firstName", "Ana", "company", "X"), Map.of("firstName", "there"))
                        .text())
                .isEqualTo("Hi Ana, named of X");
    }

    @Test
    void whatIsFilledInIsNotReadAsATemplateAgain() {
        NoteText text = new NoteText("{{a}} and {{b}}");

        assertThat(text.of(Map.of("a", "{{b}}{{#b}}", "b", "$1 \\0"), Map.of()).text())
                .isEqualTo("{{b}}{{#b}} and $1 \\0");
        assertThat(text.of(Map.of("a", "x"), Map.of("b", "$0 {{a}} \\")).text()).isEqualTo("x and $0 {{a}} \\");
    }

    @Test
    void aSectionAroundAValueSeesOnlyTheDraft() {
        assertThat(new NoteText("{{#firstName}}{{length}}{{/firstName}}")
                        .of(KAMALA, Map.of())
                        .missing())
                .containsExactly("length");
        assertThat(new NoteText("{{#firstName}}{{class}}{{isEmpty}}{{hashCode}}{{/firstName}}")
                        .of(KAMALA, Map.of())
                        .missing())
                .containsExactlyInAnyOrder("class", "isEmpty", "hashCode");
        assertThat(new NoteText("{{size}}{{entrySet}}{{keySet}}")
                        .of(KAMALA, Map.of())
                        .missing())
                .containsExactlyInAnyOrder("size", "entrySet", "keySet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#a}}",
                "{{/a}}",
                "{{#a}}{{/b}}",
                "{{#a}}{{#b}}{{/a}}{{/b}}",
                "Hi {{firstName",
                "{{}}",
                "{{ }}",
                "{{this}}",
                "{{.}}",
                "{{a.b}}",
                "{{firstName.class.name}}",
                "{{-first}}",
                "{{-index}}",
                "{{> other}}",
                "{{>other}}",
                "{{< other}}{{/other}}",
                "{{$block}}x{{/block}}",
                "{{=<% %>=}}<% firstName %>",
                "{{= | | =}}|firstName|",
                "{{a}b}}",
                "{{a\nb}}",
                "{{\"quoted\"}}",
                "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}deep{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}"
            })
    void whatIsNoPlainTemplateIsRefusedWithItsLine(String source) {
        assertThatThrownBy(() -> new NoteText("one\ntwo\n" + source))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageContaining("Line ");
    }

    @Test
    void theLineOfAFaultIsTold() {
        assertThatThrownBy(() -> new NoteText("one\n\n{{#open}}\nfour"))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageStartingWith("Line 3");
        assertThatThrownBy(() -> new NoteText("one\ntwo {{a.b}}"))
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageStartingWith("Line 2");
    }

    @Test
    void hostileSourcesCostLittle() {
        List<String> hostile = List.of(
                "{{a}}".repeat(800),
                "{{#a}}".repeat(600),
                "{{#a}}".repeat(300) + "{{/a}}".repeat(300),
                "{{".repeat(2_000),
                "{".repeat(4_000),
                "{{!".repeat(1_300),
                "{{#a}}{{^b}}".repeat(300),
                "{{ " + " ".repeat(3_900),
                "{{{" + "a".repeat(3_900));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String source : hostile) {
                assertThatThrownBy(() -> new NoteText(source)).isInstanceOf(InvalidTemplate.class);
            }
        });
    }

    @Test
    void aResultIsBoundedHoweverLongTheValues() {
        String source = IntStream.range(0, 50).mapToObj(i -> "{{f" + i + "}}").collect(Collectors.joining());
        Map<String, String> values = new HashMap<>();
        IntStream.range(0, 50).forEach(i -> values.put("f" + i, "{{f0}}".repeat(80)));

        assertThat(new NoteText(source).of(values, Map.of()).text())
                .hasSizeGreaterThan(NoteText.LONGEST_RESULT)
                .hasSizeLessThan(12_000);
    }

    @Test
    void theLeastLengthIsThatOfTheTextOutsideSections() {
        assertThat(new NoteText("Hi {{firstName}}, ok{{#a}} and more{{/a}}{{^b}} or less{{/b}}").leastLength())
                .isEqualTo("Hi , ok".length());
    }
}
