package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of which at least one stands in whatever a regular expression matches: of all that it cannot do without, the
 * longest. Knows literals, groups, alternatives, classes and quantifiers; what it does not know names no word.
 */
final class Needles {
    private final String regex;
    private int at;
    private List<String> best = List.of();
    private final StringBuilder run = new StringBuilder();

    private Needles(String regex) {
        this.regex = regex;
    }

    /** Empty where no word can be told. */
    static List<String> of(String regex) {
        List<String> needles = new ArrayList<>();
        for (String alternative : alternatives(regex)) {
            List<String> some = new Needles(alternative).inSequence();
            if (some.isEmpty()) {
                return List.of();
            }
            needles.addAll(some);
        }
        return List.copyOf(needles);
    }

    private List<String> inSequence() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '(') {
                group();
            } else if (c == '[') {
                endRun();
                at = regex.indexOf(']', at) + 1;
                skipQuantifier();
            } else if (c == '\\') {
                endRun();
                boolean isNamed = regex.startsWith("\\p{", at);
                at = isNamed ? regex.indexOf('}', at) + 1 : at + 2;
                skipQuantifier();
            } else {
                literal(c);
            }
        }
        endRun();
        return best;
    }

    private void group() {
        endRun();
        int end = closing(regex, at);
        String inner = regex.substring(at + 1, end);
        at = end + 1;
        boolean isOptional = skipQuantifier();
        if (!isOptional && inner.startsWith("?:")) {
            prefer(of(inner.substring(2)));
        }
    }

    private void literal(char c) {
        at++;
        int before = at;
        boolean isOptional = skipQuantifier();
        if (isOptional || !Character.isLetterOrDigit(c)) {
            endRun();
            return;
        }
        run.append(c);
        if (at > before) {
            endRun();
        }
    }

    /** Says whether what stands before the quantifier may be missing. */
    private boolean skipQuantifier() {
        if (at >= regex.length()) {
            return false;
        }
        char c = regex.charAt(at);
        if (c == '{') {
            boolean isOptional = regex.startsWith("{0", at);
            at = regex.indexOf('}', at) + 1;
            return isOptional;
        }
        if (c == '?' || c == '*' || c == '+') {
            at++;
            return c != '+';
        }
        return false;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            prefer(List.of(run.toString()));
            run.setLength(0);
        }
    }

    private void prefer(List<String> needles) {
        if (!needles.isEmpty() && shortest(needles) > shortest(best)) {
            best = needles;
        }
    }

    private static int shortest(List<String> needles) {
        return needles.stream().mapToInt(String::length).min().orElse(0);
    }

    private static List<String> alternatives(String regex) {
        List<String> alternatives = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                i = closing(regex, i);
            } else if (c == '[') {
                i = regex.indexOf(']', i);
            } else if (c == '|') {
                alternatives.add(regex.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(regex.substring(from));
        return alternatives;
    }

    private static int closing(String regex, int open) {
        int depth = 0;
        for (int i = open; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("A group is never closed in " + regex);
    }
}
