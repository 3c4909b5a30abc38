package dev.invitepacer.report.linkedin;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether two spellings of a name can be those of one person. */
public final class PersonName {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern APOSTROPHES = Pattern.compile("['’ʼ`´]");

    private PersonName() {}

    /**
     * Whether the names have a word in common, accents and letter case aside. A married name or a nickname still fits by
     * the other word; where one of them is not known there is nothing that would not fit.
     */
    public static boolean fits(String known, String told) {
        Set<String> words = words(known);
        Set<String> others = words(told);
        return words.isEmpty() || others.isEmpty() || words.stream().anyMatch(others::contains);
    }

    private static Set<String> words(String name) {
        if (name == null) {
            return Set.of();
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        String joined = APOSTROPHES.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
        return Arrays.stream(BETWEEN_WORDS.split(joined))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
