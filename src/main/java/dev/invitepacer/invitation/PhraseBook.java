package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases, as regular expressions in lower case, to be found in texts whatever their letter case, white space and form of
 * apostrophe. A list may hold thousands of notes, so a phrase is only looked for where a word is that it cannot do
 * without.
 */
final class PhraseBook {
    private static final String SPACE = "[\\s\\p{Z}]";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** @param needles one of them stands in whatever the pattern matches; empty where that cannot be said */
    private record Phrase(List<String> needles, Pattern pattern) {
        boolean canBeIn(String lower) {
            for (String needle : needles) {
                if (lower.contains(needle)) {
                    return true;
                }
            }
            return needles.isEmpty();
        }
    }

    private final List<Phrase> phrases = new ArrayList<>();

    /**
     * @param bounded phrases that begin and end where words do
     * @param parts phrases of scripts without spaces between words, or with small words joined to the next one
     */
    PhraseBook(List<String> bounded, List<String> parts) {
        bounded.forEach(phrase -> add(phrase, "(?<![\\p{L}\\p{N}])(?:" + phrase + ")(?![\\p{L}\\p{N}])"));
        parts.forEach(phrase -> add(phrase, phrase));
    }

    private void add(String phrase, String pattern) {
        phrases.add(new Phrase(Needles.of(phrase), Pattern.compile(spaced(pattern), FLAGS)));
    }

    /** A space in a phrase stands for as many as there are, of any kind. */
    private static String spaced(String pattern) {
        return pattern.replace("[- ]", "(?:-|" + SPACE + "+)")
                .replace(" ?", SPACE + "*")
                .replace(" ", SPACE + "+");
    }

    /** The phrase that begins first in a text, as it stands there. */
    Optional<String> firstIn(String text) {
        String plain = plain(text);
        String lower = plain.toLowerCase(Locale.ROOT);
        return phrases.stream()
                .filter(phrase -> phrase.canBeIn(lower))
                .map(phrase -> phrase.pattern().matcher(plain))
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .min(Comparator.comparingInt(MatchResult::start))
                .map(found -> text.substring(found.start(), found.end()));
    }

    /** The text without the phrases; each leaves the end of a sentence behind. The same text where there is none. */
    String without(String text) {
        String rest = plain(text);
        String lower = rest.toLowerCase(Locale.ROOT);
        for (Phrase phrase : phrases) {
            if (phrase.canBeIn(lower)) {
                rest = phrase.pattern().matcher(rest).replaceAll(" . ");
            }
        }
        return rest;
    }

    /** As long as the text, so that places in one are places in the other. */
    static String plain(String text) {
        return text.replace('’', '\'').replace('\u00A0', ' ').replace('\u202F', ' ');
    }
}
