package dev.invitepacer.web;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of an {@code Idempotency-Key} header: a string as RFC 8941 writes it, 1 to {@value #LONGEST} characters. */
record IdempotencyKey(String text) {
    static final String HEADER = "Idempotency-Key";
    static final int LONGEST = 255;

    private static final Pattern STRING = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");

    /** Reads the header's lines; UNREADABLE tells how to write it. */
    static IdempotencyKey of(List<String> lines) {
        Matcher string = lines.size() == 1 ? STRING.matcher(lines.get(0).strip()) : null;
        if (string == null || !string.matches()) {
            throw Problem.of(
                    Code.UNREADABLE,
                    "Write Idempotency-Key once, as a string in double quotes, such as Idempotency-Key:"
                            + " \"8e03978e-40d5-43dd-bc93-6894a57f9324\"; printable ASCII, with \\\" and \\\\ for a quote and"
                            + " a backslash in it.");
        }
        String text = string.group(1).replaceAll("\\\\(.)", "$1");
        if (text.isEmpty() || text.length() > LONGEST) {
            throw Problem.of(
                    Code.UNREADABLE,
                    "An Idempotency-Key has 1 to " + LONGEST + " characters; this one has " + text.length() + ".");
        }
        return new IdempotencyKey(text);
    }
}
