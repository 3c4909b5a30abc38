package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking for needles first loses no phrase. */
class PhraseBookTest {
    private static final int SENTENCES = 40;

    static Stream<String> bounded() {
        return Stream.concat(PitchPhrases.PHRASES.stream(), StockPhrases.PHRASES.stream());
    }

    static Stream<String> parts() {
        return Stream.concat(PitchPhrases.PARTS.stream(), StockPhrases.PARTS.stream());
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void whateverAPhraseDescribesIsFound(String phrase) {
        PhraseBook book = new PhraseBook(List.of(phrase), List.of());
        Random random = new Random(phrase.hashCode());
        for (int i = 0; i < SENTENCES; i++) {
            String said = new Speaker(phrase, random).say().strip();
            assertThat(book.firstIn("Well, " + said + "!")).as(said).isPresent();
            boolean hasCapitals = said.indexOf('ß') < 0 && said.indexOf('ı') < 0;
            String loud = hasCapitals ? said.toUpperCase(Locale.ROOT) : said;
            assertThat(book.firstIn(loud.replace(" ", "\n "))).as(loud).isPresent();
            assertThat(book.without("Well, " + said + "!")).as(said).isNotEqualTo("Well, " + said + "!");
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void whateverAPartDescribesIsFound(String part) {
        PhraseBook book = new PhraseBook(List.of(), List.of(part));
        Random random = new Random(part.hashCode());
        for (int i = 0; i < SENTENCES; i++) {
            String said = new Speaker(part, random).say();
            assertThat(book.firstIn("字" + said + "字")).as(said).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "book a call;book",
                "(?:book|schedule) a (?:quick )?call;book,schedule",
                "a(?:bb|cd)e;bb,cd",
                "colou?r;colo",
                "\\d+ ?%;",
                "(?:very )?nice;nice",
                "(?:x|y?);",
                "(?:word ){0,3}on;on",
                "ab+c;ab",
                "[ab]cde;cde"
            })
    void theNeedleIsTheLongestWordThatCannotBeMissing(String regex, String needles) {
        assertThat(String.join(",", Needles.of(regex))).isEqualTo(needles == null ? "" : needles);
    }

    @Test
    void aPhraseIsFoundWholeOnly() {
        PhraseBook book = new PhraseBook(List.of("our rates"), List.of());

        assertThat(book.firstIn("your rates")).isEmpty();
        assertThat(book.firstIn("our ratess")).isEmpty();
        assertThat(book.firstIn("Our\u00A0Rates!")).contains("Our\u00A0Rates");
    }

    /** Says something that a regular expression of this book describes. */
    private static final class Speaker {
        private final String regex;
        private final Random random;
        private int at;

        Speaker(String regex, Random random) {
            this.regex = regex;
            this.random = random;
        }

        String say() {
            List<StringBuilder> alternatives = new ArrayList<>(List.of(new StringBuilder()));
            while (at < regex.length() && regex.charAt(at) != ')') {
                if (regex.charAt(at) == '|') {
                    at++;
                    alternatives.add(new StringBuilder());
                } else {
                    alternatives.get(alternatives.size() - 1).append(repeated(atom()));
                }
            }
            return alternatives.get(random.nextInt(alternatives.size())).toString();
        }

        private String atom() {
            char c = regex.charAt(at++);
            if (c == '(') {
                at += "?:".length();
                String inner = say();
                at++;
                return inner;
            }
            if (c == '[') {
                String set = regex.substring(at, regex.indexOf(']', at));
                at += set.length() + 1;
                return set.startsWith("\\p{L}") ? "q" : set.startsWith("\\d") ? "5" : set.substring(set.length() - 1);
            }
            if (c == '\\') {
                char kind = regex.charAt(at++);
                if (kind == 'p') {
                    at = regex.indexOf('}', at) + 1;
                    return "q";
                }
                return kind == 'd' ? "7" : "" + kind;
            }
            return "" + c;
        }

        private String repeated(String atom) {
            if (at >= regex.length()) {
                return atom;
            }
            char c = regex.charAt(at);
            if (c == '{') {
                at = regex.indexOf('}', at) + 1;
                return random.nextBoolean() ? "" : atom;
            }
            if (c == '?' || c == '*') {
                at++;
                return random.nextBoolean() ? "" : atom;
            }
            if (c == '+') {
                at++;
                return atom.repeat(1 + random.nextInt(2));
            }
            return atom;
        }
    }
}
