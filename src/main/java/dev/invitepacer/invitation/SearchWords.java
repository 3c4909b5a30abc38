package dev.invitepacer.invitation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;

/**
 * The words by which people are looked for: each must be the beginning of a word of their name, company or profile. The
 * database splits those likewise, in its function {@code search_words}.
 */
public final class SearchWords {
    private static final int MOST = 6;
    private static final int LONGEST = 200;
    private static final int SHORTEST = 2;

    private final List<String> words;

    private SearchWords(List<String> words) {
        this.words = words;
    }

    /**
     * Reads the query parameter.
     *
     * @return null where it is missing or blank
     * @throws io.quarkiverse.resteasy.problem.HttpProblem where it has too few letters and digits, or too many words
     */
    public static SearchWords of(String parameter, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        List<String> words = Arrays.stream(
                        Query.text(parameter, text).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (text.length() > LONGEST || words.size() > MOST) {
            throw Problem.of(Code.UNREADABLE, parameter + " must be at most " + MOST + " words.");
        }
        if (words.stream().mapToInt(String::length).sum() < SHORTEST) {
            throw Problem.of(Code.UNREADABLE, parameter + " must have at least " + SHORTEST + " letters or digits.");
        }
        return new SearchWords(words);
    }

    /** As PostgreSQL's {@code tsquery}; words hold letters and digits only. */
    public String toQuery() {
        return words.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
