package dev.invitepacer.invitation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A note with blanks to fill in, in one or several alternatives.
 *
 * <p>Guarantees: the same person always gets the same alternative as long as there are as many; over many people the
 * alternatives are even; filling in runs no code and its cost is bounded.
 */
public final class NoteTemplate {
    static final int MOST_ALTERNATIVES = 10;
    static final int LONGEST_SOURCE = 4_000;

    /**
     * A filled-in template.
     *
     * @param alternative which was taken for the person, from 1 on
     * @param note what it says; null where that is nothing
     * @param longest which alternative is the longest for this draft
     * @param length of that one, in UTF-16 units
     * @param missing the fields that some alternative needs and the draft lacks
     */
    record Filled(int alternative, String note, int longest, int length, Set<String> missing) {}

    private final String name;
    private final List<NoteText> alternatives;
    private final Map<String, String> fallbacks;

    /** @throws InvalidTemplate if a source is no template */
    NoteTemplate(String name, List<String> sources, Map<String, String> fallbacks) {
        this.name = name;
        this.alternatives = sources.stream().map(NoteText::new).toList();
        this.fallbacks = Map.copyOf(fallbacks);
    }

    String name() {
        return name;
    }

    /** Fills in every alternative, so that none surprises later. */
    Filled filled(Profile profile, Map<String, String> values) {
        List<NoteText.Result> results = new ArrayList<>();
        Set<String> missing = new TreeSet<>();
        int longest = 0;
        for (NoteText alternative : alternatives) {
            NoteText.Result result = alternative.of(values, fallbacks);
            missing.addAll(result.missing());
            results.add(result);
            longest = length(result) > length(results.get(longest)) ? results.size() - 1 : longest;
        }
        int taken = alternativeFor(profile);
        return new Filled(taken + 1, results.get(taken).text(), longest + 1, length(results.get(longest)), missing);
    }

    /** By the profile and the template's name: two templates do not sort people in the same way. */
    private int alternativeFor(Profile profile) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((name + '\n' + profile.slug()).getBytes(StandardCharsets.UTF_8));
            long first = java.nio.ByteBuffer.wrap(hash).getLong();
            return (int) Long.remainderUnsigned(first, alternatives.size());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int length(NoteText.Result result) {
        return result.text() == null ? 0 : result.text().length();
    }
}
