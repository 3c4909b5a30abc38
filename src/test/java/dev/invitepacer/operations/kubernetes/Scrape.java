package dev.invitepacer.operations.kubernetes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an instance answers to Prometheus, read from its text format. */
record Scrape(Map<String, String> types, List<Sample> samples) {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_][\\w]*)(?:\\{(.*)\\})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A name with its labels, in a PromQL expression; not a function. */
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*+)(\\{[^}]*\\})?+(?!\\s*\\()");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** Labels that Prometheus adds, or that name a series of Prometheus' own. */
    private static final Set<String> ADDED = Set.of("namespace", "pod", "instance", "job");

    record Sample(String name, Map<String, String> labels, double value) {
        String series() {
            return name
                    + labels.entrySet().stream()
                            .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                            .collect(Collectors.joining(
                                    ",", "{namespace=\"pacer\",pod=\"a\"" + (labels.isEmpty() ? "" : ","), "}"));
        }

        String plainValue() {
            return new BigDecimal(String.format(Locale.ROOT, "%.6f", value))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    static Scrape of(String text) {
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        List<Sample> samples = new ArrayList<>();
        SAMPLE.matcher(text).results().forEach(sample -> {
            Map<String, String> labels = new TreeMap<>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            samples.add(new Sample(
                    sample.group(1), labels, Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))));
        });
        return new Scrape(types, samples);
    }

    /** The names of the labels of a metric, whatever is appended to its name. */
    Set<String> labels(String metric) {
        return samples.stream()
                .filter(sample -> sample.name().equals(metric) || sample.name().equals(metric + "_count"))
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The selectors of an expression that no series answers to. */
    List<String> unanswered(String expression) {
        String bare = expression
                .replaceAll("\\b(by|on|without|ignoring)\\s*\\([^)]*\\)", "")
                .replaceAll("\\[[^\\]]*\\]", "");
        List<String> found = new ArrayList<>();
        Matcher selectors = SELECTOR.matcher(bare);
        while (selectors.find()) {
            String name = selectors.group(1);
            String labels = selectors.group(2) == null ? "" : selectors.group(2);
            if (!WORDS.contains(name) && samples.stream().noneMatch(sample -> answers(sample, name, labels))) {
                found.add(name + labels);
            }
        }
        return found;
    }

    private static boolean answers(Sample sample, String name, String labels) {
        return sample.name().equals(name)
                && MATCHER.matcher(labels).results().allMatch(matcher -> {
                    if (ADDED.contains(matcher.group(1))) {
                        return true;
                    }
                    String value = sample.labels().getOrDefault(matcher.group(1), "");
                    return matcher.group(2).equals("=")
                            ? value.equals(matcher.group(3))
                            : value.matches(matcher.group(3));
                });
    }
}
