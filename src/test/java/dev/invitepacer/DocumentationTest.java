package dev.invitepacer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Advice;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.events.EventType;
import dev.invitepacer.invitation.Refusal;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.report.ReportType;
import dev.invitepacer.report.Transition;
import dev.invitepacer.report.Transitions;
import dev.invitepacer.web.Fields;

/** What README and docs tell is what the code says: nothing is missing, and nothing is there that is no more. */
class DocumentationTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ROW_OF_A_KEY = Pattern.compile("(?m)^\\| `(PACER_[A-Z_]+)` \\| `([^`]*)` \\|");
    private static final Pattern SETTING =
            Pattern.compile("(?m)^### (\\w+)$.*?^\\*\\*Default\\.\\*\\* (.*?)$", Pattern.DOTALL);
    private static final Pattern EVENT =
            Pattern.compile("[\"'`]((?:account|invitation|list|template|export)\\.[a-z-]+)[\"'`]");
    private static final Pattern PUBLIC_EVENT =
            Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z-]+)` \\| (.*) \\| (.*) \\| `(\\{.*})` \\|$");
    private static final Pattern FIELD = Pattern.compile("`([a-z][A-Za-z]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST_METHOD = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("`([a-z]+(?:-[a-z]+)+|suppressed)`");
    private static final Pattern TEST = Pattern.compile("`([A-Z][a-z]\\w*(?:Test|IT))`");

    @Test
    void theReadmeTellsEveryKeyWithItsDefault() {
        SortedMap<String, String> told = new TreeMap<>();
        matches(ROW_OF_A_KEY, Path.of("README.md")).forEach(row -> told.put(row.group(1), row.group(2)));

        assertThat(told).isEqualTo(keys("PACER", PacerConfig.class));
    }

    @Test
    void everySettingOfAnAccountIsToldWithItsDefault() {
        Map<String, Object> defaults =
                AccountSettings.read(new Fields(emptyButFor("name", "Anna"))).toJson();
        SortedMap<String, String> known = new TreeMap<>();
        defaults.forEach((setting, value) -> known.put(setting, shown(value)));
        known.put("name", "None: it must be given.");

        SortedMap<String, String> told = new TreeMap<>();
        matches(SETTING, Path.of("docs/reference/account-settings.md"))
                .forEach(setting -> told.put(setting.group(1), setting.group(2)));

        assertThat(told).isEqualTo(known);
    }

    @Test
    void theTableOfTransitionsIsTheCodesOwn() {
        String header = Arrays.stream(ReportType.values())
                .map(ReportType::name)
                .collect(Collectors.joining(" | ", "| | ", " |"));
        String rows = Arrays.stream(State.values())
                .map(state -> Arrays.stream(ReportType.values())
                        .map(report -> cell(Transitions.of(state, report)))
                        .collect(Collectors.joining(" | ", "| **" + state + "** | ", " |")))
                .collect(Collectors.joining("\n"));

        assertThat(text(Path.of("docs/reference/life-of-an-invitation.md")))
                .contains(header + "\n" + "|---".repeat(ReportType.values().length + 1) + "|\n" + rows + "\n\n");
    }

    @Test
    void everyEventIsInTheCatalogue() {
        SortedSet<String> known = inSources(EVENT);
        // What is told to others under another name is in a catalogue of its own.
        Arrays.stream(EventType.values())
                .map(EventType::text)
                .filter(type ->
                        !text(Path.of("docs/reference/history-events.md")).contains("`" + type + "`"))
                .forEach(known::remove);
        assertThat(found(EVENT, Path.of("docs/reference/history-events.md"))).isEqualTo(known);
    }

    @Test
    void everyEventOfAnAccountCanBeAskedFor() {
        String catalogue = text(Path.of("docs/reference/history-events.md"));
        assertThat(EVENT.matcher(catalogue.substring(catalogue.indexOf("## Of an account")))
                        .results()
                        .map(event -> event.group(1)))
                .containsExactlyInAnyOrderElementsOf(Journal.OF_ACCOUNT);
    }

    @Test
    void everyEventThatIsToldToOthersIsInItsCatalogueWithItsFields() {
        String catalogue = text(Path.of("docs/reference/events.md"));
        List<MatchResult> rows = PUBLIC_EVENT.matcher(catalogue).results().toList();

        assertThat(rows.stream().map(row -> row.group(1)))
                .containsExactlyElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::text).toList());
        rows.forEach(row -> {
            EventType type = EventType.named(row.group(1)).orElseThrow();
            assertThat(FIELD.matcher(row.group(3)).results().map(field -> field.group(1)))
                    .as(row.group(1))
                    .containsExactlyElementsOf(type.fields());
            assertThat(type.fields()).as("the example of " + row.group(1)).containsAll(fieldNames(row.group(4)));
        });
    }

    private static List<String> fieldNames(String example) {
        try {
            List<String> names = new java.util.ArrayList<>();
            new ObjectMapper().readTree(example).fieldNames().forEachRemaining(names::add);
            return names;
        } catch (JsonProcessingException broken) {
            throw new AssertionError(example, broken);
        }
    }

    @Test
    void everyPageThatAsksTheApiSaysHowTheKeyIsSent() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("docs/how-to"))) {
            assertThat(pages.filter(Files::isRegularFile)
                            .filter(page ->
                                    text(page).contains("curl ") && text(page).contains("/api/v1/"))
                            .filter(page -> !text(page).contains("keys.md#the-first-one") && !page.endsWith("keys.md")))
                    .isEmpty();
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        SortedSet<String> named = new TreeSet<>(found(TEST, Path.of("docs/reference/guarantees.md")));
        named.addAll(found(TEST, Path.of("docs/explanation/pacing.md")));
        named.addAll(found(TEST, Path.of("docs/explanation/architecture.md")));

        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(tests());
    }

    @Test
    void everyTestThatShowsWhatStopsAThreatIsThere() {
        Path threats = Path.of("docs/explanation/threat-model.md");
        List<String> missing = matches(TEST_METHOD, threats).stream()
                .filter(test -> !text(source(test.group(1))).contains(" " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();

        assertThat(missing).isEmpty();
        assertThat(found(TEST, threats)).isNotEmpty().isSubsetOf(tests());
    }

    @Test
    void everyRuleNamesTestsThatAreThereAndNoRefusalOrAdviceIsMissing() {
        Path rules = Path.of("docs/reference/rules.md");
        List<String> missing = matches(TEST_METHOD, rules).stream()
                .filter(test -> !text(source(test.group(1))).contains(" " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();
        SortedSet<String> told = found(CODE, rules);

        assertThat(found(TEST, rules)).isSubsetOf(tests());
        assertThat(missing).isEmpty();
        assertThat(told)
                .containsAll(Arrays.stream(Refusal.values()).map(Refusal::code).toList())
                .containsAll(Arrays.stream(Advice.values()).map(Advice::text).toList())
                .contains(
                        "already-queued",
                        "already-pending",
                        "already-connected",
                        "in-cooldown",
                        "suppressed",
                        "contacted-by-teammate",
                        "note-quota-used",
                        "queue-full");
    }

    private static Path source(String test) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.getFileName().toString().equals(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + test));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("docs")), Stream.of(Path.of("README.md"), Path.of("SECURITY.md")))) {
            List<String> broken = files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(file -> found(LINK, file).stream()
                            .filter(link -> !Files.exists(file.resolveSibling(link)))
                            .map(link -> file + " -> " + link))
                    .toList();

            assertThat(broken).isEmpty();
        }
    }

    private static SortedMap<String, String> keys(String prefix, Class<?> tree) {
        SortedMap<String, String> keys = new TreeMap<>();
        for (Method part : tree.getDeclaredMethods()) {
            String key =
                    prefix + "_" + part.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            if (part.isAnnotationPresent(WithDefault.class)) {
                keys.put(key, part.getAnnotation(WithDefault.class).value());
            } else {
                keys.putAll(keys(key, part.getReturnType()));
            }
        }
        return keys;
    }

    private static String cell(Transition transition) {
        if (transition instanceof Transition.Move move) {
            return move.to().name();
        }
        if (transition instanceof Transition.Sent) {
            return "sent";
        }
        if (transition instanceof Transition.Followed) {
            return "followed";
        }
        if (transition instanceof Transition.NotSent) {
            return "not sent";
        }
        return transition instanceof Transition.Already ? "already" : "–";
    }

    private static String shown(Object value) {
        try {
            return value == null
                    ? "none"
                    : "`" + new ObjectMapper().writeValueAsString(value).replaceAll("^\"|\"$", "") + "`";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode emptyButFor(String field, String value) {
        return new ObjectMapper().createObjectNode().put(field, value);
    }

    private static SortedSet<String> tests() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SortedSet<String> inSources(Pattern pattern) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> found(pattern, file).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SortedSet<String> found(Pattern pattern, Path file) {
        return matches(pattern, file).stream()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<MatchResult> matches(Pattern pattern, Path file) {
        return pattern.matcher(text(file)).results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
