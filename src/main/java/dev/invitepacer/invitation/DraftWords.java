package dev.invitepacer.invitation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words by which a draft knows its person and what is around them, to be found again in a note: without regard to
 * letter case and accents, and with the endings that languages give to names.
 */
final class DraftWords {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int LONGEST_ENDING = 3;

    /** First names that are words too: in lower case they name nobody. */
    private static final Set<String> WORDS_TOO = Set.of(
            "will", "hope", "may", "mark", "grace", "rose", "art", "bill", "rich", "joy", "faith", "dean", "don", "any",
            "max", "an", "so", "do", "in", "my", "to", "he", "sunny", "happy", "dear", "see", "can", "bo", "long",
            "song");

    /** Words of companies, headlines and fields that could stand in any note. */
    private static final Set<String> COMMON = Set.of(
            "with",
            "from",
            "your",
            "into",
            "help",
            "helping",
            "team",
            "teams",
            "people",
            "lead",
            "leading",
            "work",
            "working",
            "business",
            "senior",
            "group",
            "company",
            "consulting",
            "services",
            "service",
            "solutions",
            "international",
            "global",
            "digital",
            "and",
            "for",
            "the",
            "und",
            "der",
            "die",
            "das",
            "och",
            "via",
            "new",
            "open",
            "their",
            "that",
            "this",
            "who",
            "what",
            "more",
            "best",
            "great",
            "network",
            "networking",
            "connect",
            "connecting",
            "professional",
            "experience",
            "experienced",
            "contact",
            "looking",
            "grow",
            "growing",
            "growth",
            "inc",
            "ltd",
            "llc",
            "gmbh",
            "corp",
            "limited",
            "have",
            "are",
            "you",
            "our",
            "can",
            "los",
            "las",
            "del",
            "por",
            "para",
            "con",
            "les",
            "des",
            "pour",
            "avec",
            "som",
            "til",
            "med",
            "för",
            "von",
            "mit",
            "bei",
            "at",
            "of",
            "on",
            "in");

    private final Set<String> names;
    private final Set<String> things = new HashSet<>();
    private final List<String> phrases;

    DraftWords(Draft draft) {
        this.names = Stream.of(draft.firstName(), draft.lastName())
                .filter(Objects::nonNull)
                .flatMap(name -> Arrays.stream(BETWEEN_WORDS.split(folded(name))))
                .filter(name -> !name.isEmpty() && (name.length() > 1 || !isCased(name)))
                .collect(Collectors.toSet());
        this.phrases = Stream.concat(Stream.of(draft.company(), draft.headline()), draft.fields().values().stream())
                .filter(Objects::nonNull)
                .map(DraftWords::folded)
                .filter(text -> text.length() > 1)
                .toList();
        phrases.forEach(phrase -> Arrays.stream(BETWEEN_WORDS.split(phrase))
                .filter(word -> word.length() > (isCased(word) ? 2 : 1) && !COMMON.contains(word))
                .forEach(things::add));
    }

    /** Whether a text names the person. */
    boolean namesPerson(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text)).anyMatch(this::isName) || holdsUnspaced(folded(text), names);
    }

    /** Whether a text names something of what the draft knows. */
    boolean namesThing(String text) {
        String folded = folded(text);
        String spaced = " " + BETWEEN_WORDS.matcher(folded).replaceAll(" ") + " ";
        return Arrays.stream(BETWEEN_WORDS.split(folded)).anyMatch(things::contains)
                || phrases.stream()
                        .map(phrase ->
                                BETWEEN_WORDS.matcher(phrase).replaceAll(" ").strip())
                        .anyMatch(phrase ->
                                !COMMON.contains(phrase) && !phrase.isEmpty() && spaced.contains(" " + phrase + " "))
                || holdsUnspaced(folded, things);
    }

    /** Whether a word is a name of the person, be it with an ending. */
    boolean isName(String word) {
        String folded = folded(BETWEEN_WORDS.matcher(word).replaceAll(""));
        if (folded.isEmpty() || WORDS_TOO.contains(folded) && Character.isLowerCase(word.codePointAt(0))) {
            return false;
        }
        return names.stream().anyMatch(name -> folded.equals(name) || hasEnding(folded, name));
    }

    private static boolean hasEnding(String word, String name) {
        String stem = name.length() > 4 ? name.substring(0, name.length() - 1) : name;
        return name.length() > 2 && word.length() <= name.length() + LONGEST_ENDING && word.startsWith(stem);
    }

    /** Japanese, Chinese and Thai put no spaces between words. */
    private static boolean holdsUnspaced(String text, Set<String> words) {
        return words.stream().anyMatch(word -> !isCased(word) && text.contains(word));
    }

    private static boolean isCased(String word) {
        return word.codePoints().anyMatch(c -> Character.isLowerCase(c) || Character.isUpperCase(c));
    }

    private static String folded(String text) {
        String lower = text.toLowerCase(Locale.ROOT)
                .replace('ı', 'i')
                .replace('ł', 'l')
                .replace('ø', 'o');
        String bare =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }
}
