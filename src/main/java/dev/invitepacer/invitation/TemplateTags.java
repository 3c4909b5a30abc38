package dev.invitepacer.invitation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.invitepacer.web.Problem;

/**
 * The tags of a template's source, looked over before the engine sees them: only variables, sections and comments, with
 * plain names, few and not nested deeply.
 */
final class TemplateTags {
    private static final int MOST = 100;
    private static final int DEEPEST = 5;

    private static final Pattern NAME = Pattern.compile("(?!this$)[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} _-]{0,62}");

    private final Set<String> variables = new TreeSet<>();
    private final StringBuilder fixed = new StringBuilder();

    /** @throws InvalidTemplate if a tag is none that notes may have */
    TemplateTags(String source) {
        int depth = 0;
        int end = 0;
        int count = 0;
        for (int open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", end)) {
            int line = lineOf(source, open);
            if (++count > MOST) {
                throw new InvalidTemplate(line, "Use at most " + MOST + " tags; here begins one more.");
            }
            fixed.append(depth == 0 ? source.substring(end, open) : "");
            String braces = source.startsWith("{{{", open) ? "}}}" : "}}";
            int close = source.indexOf(braces, open);
            String tag = close < 0 ? "{" : source.substring(open + braces.length(), close);
            if (tag.indexOf('{') >= 0 || tag.indexOf('}') >= 0) {
                throw new InvalidTemplate(line, "Close every {{ with }}, without braces in between.");
            }
            depth += depthAfter(tag.strip(), line);
            if (depth > DEEPEST) {
                throw new InvalidTemplate(line, "Nest sections at most " + DEEPEST + " deep.");
            }
            end = close + braces.length();
        }
        fixed.append(depth == 0 ? source.substring(end) : "");
    }

    private int depthAfter(String tag, int line) {
        char kind = tag.isEmpty() ? ' ' : tag.charAt(0);
        switch (kind) {
            case '!':
                return 0;
            case '=', '<', '>', '$':
                throw new InvalidTemplate(
                        line,
                        "{{" + kind + " is not taken: notes have variables, sections {{#name}}…{{/name}} and"
                                + " {{^name}}…{{/name}}, and comments {{! … }}.");
            case '#', '^':
                variables.add(name(tag.substring(1), line));
                return 1;
            case '/':
                name(tag.substring(1), line);
                return -1;
            default:
                variables.add(name(kind == '&' ? tag.substring(1) : tag, line));
                return 0;
        }
    }

    private static String name(String written, int line) {
        String name = written.strip();
        if (!NAME.matcher(name).matches()) {
            throw new InvalidTemplate(
                    line,
                    "“" + Problem.shown(name, 40) + "” names no field: write up to 63 letters, digits, spaces,"
                            + " hyphens and underscores between the braces.");
        }
        return name;
    }

    private static int lineOf(String source, int at) {
        return 1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    /** The fields that the template names, sections included. */
    Set<String> variables() {
        return variables;
    }

    /** How long every result is at least, in UTF-16 units: the text outside tags and sections. */
    int leastLength() {
        return fixed.toString().replaceAll("\\s+", " ").strip().length();
    }
}
