package dev.invitepacer.invitation;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Writer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One alternative of a template, as Mustache without anything that runs code, reaches into objects or loads other
 * templates. It sees a flat map of texts, and its result is bounded.
 */
final class NoteText {
    /** Longer results are cut: no account may send half of it. */
    static final int LONGEST_RESULT = 2_000;

    /** Names of missing fields stand in the raw result until fallbacks take their place. */
    private static final int LONGEST_RAW = 10_000;

    private static final Pattern LINE = Pattern.compile("(.*?)\\s*@ line (\\d+)\\s*", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("\u0001([^\u0002]*)\u0002");

    private static final Mustache.Compiler ENGINE = Mustache.compiler()
            .escapeHTML(false)
            .withFormatter(value -> ((Value) value).said())
            .withLoader(name -> {
                throw new InvalidTemplate(1, "A note's template includes no other.");
            })
            .withCollector(new FlatMaps());

    /**
     * What a template says for one draft.
     *
     * @param text null where it says nothing
     * @param missing the fields that it needs and that have neither a value nor a fallback
     */
    record Result(String text, Set<String> missing) {}

    private final Template template;
    private final TemplateTags tags;

    /** @throws InvalidTemplate if the source is no template of a note */
    NoteText(String source) {
        this.tags = new TemplateTags(source);
        try {
            this.template = ENGINE.compile(source);
        } catch (MustacheException wrong) {
            throw invalid(wrong);
        }
    }

    Set<String> variables() {
        return tags.variables();
    }

    int leastLength() {
        return tags.leastLength();
    }

    /** @param values no blank ones; sections ask for these, so that a fallback does not make a section true */
    Result of(Map<String, String> values, Map<String, String> fallbacks) {
        Bounded raw = new Bounded();
        try {
            template.execute(values, raw);
        } catch (Bounded.Full full) {
            return new Result("…".repeat(LONGEST_RESULT + 1), Set.of());
        }
        Set<String> missing = new TreeSet<>();
        Matcher gap = MISSING.matcher(raw.text);
        StringBuilder filled = new StringBuilder();
        while (gap.find()) {
            String fallback = fallbacks.get(gap.group(1));
            if (fallback == null) {
                missing.add(gap.group(1));
            }
            gap.appendReplacement(filled, fallback == null ? "" : Matcher.quoteReplacement(fallback));
        }
        gap.appendTail(filled);
        return new Result(Note.written(filled.toString()).map(Note::text).orElse(null), missing);
    }

    private static InvalidTemplate invalid(MustacheException wrong) {
        Matcher said = LINE.matcher(String.valueOf(wrong.getMessage()));
        boolean hasLine = said.matches();
        return new InvalidTemplate(
                hasLine ? Integer.parseInt(said.group(2)) : 1,
                "This is no Mustache: " + (hasLine ? said.group(1) : String.valueOf(wrong.getMessage()))
                        + ". Every {{#name}} and {{^name}} needs its {{/name}}, every {{ its }}.");
    }

    /** What a name stands for; a missing one is false in sections and leaves its name where it should be said. */
    private record Value(String name, String text) {
        String said() {
            return text == null ? "\u0001" + name + "\u0002" : text;
        }
    }

    /** A map of texts is all that there is: nothing has methods, fields or items. */
    private static final class FlatMaps implements Mustache.Collector {
        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof Value known && known.text() != null ? null : Collections.emptyIterator();
        }

        @Override
        public Mustache.VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map ? (map, key) -> new Value(key, (String) ((Map<?, ?>) map).get(key)) : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private static final class Bounded extends Writer {
        private final StringBuilder text = new StringBuilder();

        private static final class Full extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Full() {
                super("The result is too long", null, false, false);
            }
        }

        @Override
        public void write(char[] from, int offset, int length) {
            if (text.length() + length > LONGEST_RAW) {
                throw new Full();
            }
            text.append(from, offset, length);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
