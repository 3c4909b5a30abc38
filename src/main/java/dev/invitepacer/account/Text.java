package dev.invitepacer.account;

import java.util.Locale;
import java.util.Optional;

/**
 * A kind of text that callers may send: how long, and whether it may run over several lines.
 *
 * <p>A string without objection can be stored by PostgreSQL and written as UTF-8 and as JSON unchanged: it holds no
 * NUL, no half of a surrogate pair and no control character; a text of several lines may hold line feeds and tabs.
 *
 * @param maxLength the longest accepted string, in UTF-16 units
 * @param multiLine whether line feeds and tabs are accepted
 */
public record Text(int maxLength, boolean multiLine) {

    public Text {
        if (maxLength < 1) {
            throw new IllegalArgumentException("A text of at most " + maxLength + " characters holds nothing.");
        }
    }

    /** Text on one line: names, titles, labels. */
    public static Text line(int maxLength) {
        return new Text(maxLength, false);
    }

    /** Text that may run over several lines, which end in a line feed: notes. */
    public static Text lines(int maxLength) {
        return new Text(maxLength, true);
    }

    /**
     * Says what is wrong with a string, in a sentence that tells the caller how to mend it.
     *
     * @return the first objection, or nothing if the string may be kept as it is
     */
    public Optional<String> objection(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String objection = objectionTo(text.codePointAt(at), at + 1);
            if (objection != null) {
                return Optional.of(objection);
            }
        }
        if (text.length() > maxLength) {
            return Optional.of(String.format(
                    Locale.ROOT, "Write at most %,d characters; this has %,d.", maxLength, text.length()));
        }
        return Optional.empty();
    }

    private String objectionTo(int codePoint, int position) {
        if (codePoint == 0) {
            return "Remove the NUL character (U+0000) at position " + position + ": it cannot be stored.";
        }
        if (Character.getType(codePoint) == Character.SURROGATE) {
            return "Character " + position + " is half of a surrogate pair, as when a text is cut inside an emoji:"
                    + " send whole characters.";
        }
        if (!Character.isISOControl(codePoint) || multiLine && (codePoint == '\n' || codePoint == '\t')) {
            return null;
        }
        if (!multiLine && (codePoint == '\n' || codePoint == '\r')) {
            return "Write it on one line: there is a line break at position " + position + ".";
        }
        return String.format(Locale.ROOT, "Remove the control character U+%04X at position %d.", codePoint, position);
    }

    /**
     * A string without what copying leaves around it: white space of every kind, the no-break ones too, byte order
     * marks, zero-width characters and marks of writing direction. What is inside stays as it is.
     */
    public static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isInvisible(c);
    }

    /** Soft hyphen, zero-width characters, direction marks and overrides, invisible operators, byte order mark. */
    private static boolean isInvisible(char c) {
        return c == '\u00AD'
                || c >= '\u200B' && c <= '\u200F'
                || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2060' && c <= '\u206F'
                || c == '\uFEFF';
    }
}
