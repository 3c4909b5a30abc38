package dev.invitepacer.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images and the composition of one machine promise, read from their files. */
class ImagesTest {
    private static final String NATIVE = "Dockerfile.native";
    private static final String JVM = "src/main/docker/Dockerfile.jvm";
    private static final Path COMPOSE = Path.of("k8s/compose/compose.yaml");
    private static final Pattern EXACT = Pattern.compile("[a-z0-9.-]+(?:/[a-z0-9._-]+)+:[\\w.-]+@sha256:[0-9a-f]{64}");
    private static final Pattern PORT_OF_THIS_MACHINE = Pattern.compile("127\\.0\\.0\\.1:\\d+:\\d+");

    /** What the Compose specification knows of a service, a health check, a network and a secret, as far as it is of use here. */
    private static final Map<String, Set<String>> KNOWN_TO_COMPOSE = Map.of(
            "",
            Set.of("name", "services", "networks", "volumes", "secrets"),
            "services",
            Set.of(
                    "image",
                    "build",
                    "restart",
                    "depends_on",
                    "ports",
                    "environment",
                    "secrets",
                    "healthcheck",
                    "stop_grace_period",
                    "user",
                    "read_only",
                    "cap_drop",
                    "security_opt",
                    "tmpfs",
                    "volumes",
                    "networks",
                    "shm_size",
                    "mem_limit",
                    "pids_limit",
                    "logging",
                    "command",
                    "entrypoint",
                    "labels",
                    "cpus"),
            "healthcheck",
            Set.of("test", "interval", "timeout", "retries", "start_period", "start_interval"),
            "build",
            Set.of("context", "dockerfile", "args", "target"),
            "logging",
            Set.of("driver", "options"),
            "depends_on",
            Set.of("condition", "restart", "required"),
            "networks",
            Set.of("internal", "driver", "name"),
            "secrets",
            Set.of("file", "environment", "name"));

    private static final Pattern DURATION = Pattern.compile("\\d+(s|m)");

    private record Instruction(String name, String rest) {}

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, JVM})
    void everyBaseImageIsOneExactImageAndCanBeReplaced(String file) throws IOException {
        Map<String, String> bases = new HashMap<>();
        Set<String> stages = new LinkedHashSet<>();
        for (Instruction step : instructions(file)) {
            if (step.name.equals("ARG") && stages.isEmpty()) {
                String[] base = step.rest.split("=", 2);
                bases.put("${" + base[0] + "}", base[1]);
            } else if (step.name.equals("FROM")) {
                String[] words = step.rest.split(" AS ");
                assertThat(bases.containsKey(words[0]) || stages.contains(words[0]))
                        .as("%s: FROM %s names an argument or a stage before it", file, words[0])
                        .isTrue();
                stages.add(words.length > 1 ? words[1] : "last");
            }
        }
        assertThat(bases.values()).isNotEmpty().allMatch(base -> EXACT.matcher(base)
                .matches());
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, JVM})
    void anImageRunsAsAnOrdinaryUserWithoutAShellAndSaysWhatItIs(String file) throws IOException {
        List<Instruction> last = lastStage(file);

        assertThat(texts(last, "USER")).as("the user, at the end").last().isEqualTo("1001");
        assertThat(texts(last, "ENTRYPOINT")).singleElement().asString().startsWith("[\"");
        assertThat(texts(last, "RUN")).as("nothing is run in the last stage").isEmpty();
        assertThat(texts(last, "EXPOSE")).containsExactly("8080 9000");
        assertThat(String.join(" ", texts(last, "LABEL")))
                .contains(
                        "org.opencontainers.image.title=\"" + ofPom("name") + "\"",
                        "org.opencontainers.image.description=\"" + ofPom("description") + "\"",
                        "org.opencontainers.image.version=\"" + ofPom("version") + "\"",
                        "org.opencontainers.image.licenses=\"Apache-2.0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, JVM})
    void nothingComesFromTheNetworkButThroughMavenAndNothingSecretIsBuiltIn(String file) throws IOException {
        List<Instruction> steps = instructions(file);

        assertThat(texts(steps, "ADD")).as("COPY tells where things come from").isEmpty();
        assertThat(texts(steps, "RUN")).noneMatch(run -> run.matches("(?s).*\\b(curl|wget|dnf|yum|apt-get)\\b.*"));
        // Where a file is may be told, not what is in it.
        assertThat(texts(steps, "ENV"))
                .extracting(env -> env.replaceAll("\\w+_FILE=\\S+", ""))
                .noneMatch(env -> env.matches("(?i).*(password|secret|token|_key).*"));
        assertThat(texts(steps, "COPY"))
                .as("the source by name, not the whole directory")
                .noneMatch(copy -> copy.startsWith(". "));
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, JVM})
    void everythingThatIsCopiedIsThereAndLeftInByTheIgnoreFile(String file) throws IOException {
        List<String> kept = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        List<String> copied = texts(instructions(file), "COPY").stream()
                .filter(copy -> !copy.startsWith("--from="))
                .map(copy -> copy.split(" ")[0])
                .toList();

        assertThat(copied).isNotEmpty().allSatisfy(path -> {
            assertThat(Path.of(path)).exists();
            assertThat(kept).anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
        });
    }

    @Test
    void theCacheIsRecordedInTheLastImagesOwnBase() throws IOException {
        List<String> stages = texts(instructions(JVM), "FROM");

        assertThat(stages).contains("base AS train").last().isEqualTo("base");
        assertThat(texts(lastStage(JVM), "ENTRYPOINT").get(0)).contains("-XX:AOTCache=/opt/pacer/pacer.aot");
        assertThat(Path.of("src/main/docker/train.sh")).isExecutable();
    }

    @Test
    void theCompositionOfOneMachineGivesNobodyMoreThanIsNeeded() throws IOException {
        JsonNode compose = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(COMPOSE));
        JsonNode services = compose.get("services");

        assertThat(services).hasSize(2).allSatisfy(service -> {
            assertThat(service.path("user").asText()).matches("[1-9]\\d*:\\d+");
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(words(service.path("cap_drop"))).containsExactly("ALL");
            assertThat(service.has("cap_add")).isFalse();
            assertThat(service.has("privileged")).isFalse();
            assertThat(words(service.path("security_opt"))).contains("no-new-privileges:true");
            assertThat(words(service.path("tmpfs"))).anyMatch(mount -> mount.startsWith("/tmp"));
            assertThat(words(service.path("healthcheck").path("test"))).first().isEqualTo("CMD");
            assertThat(service.path("mem_limit").asText()).isNotEmpty();
            assertThat(service.path("pids_limit").asInt()).isPositive();
            assertThat(words(service.path("ports")))
                    .allMatch(port -> PORT_OF_THIS_MACHINE.matcher(port).matches());
            assertThat(service.path("environment").toString()).doesNotContainPattern("(PASSWORD|KEY|TOKEN)\":");
        });
        assertThat(services.path("database").has("ports")).isFalse();
        assertThat(words(services.path("database").path("networks"))).containsExactly("inside");
        assertThat(compose.path("networks").path("inside").path("internal").asBoolean())
                .isTrue();
        assertThat(compose.path("secrets"))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.path("file").asText()).startsWith("secrets/"));
    }

    @Test
    void composeKnowsEveryWordOfTheCompositionAndFindsWhatItNames() throws IOException {
        JsonNode compose = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(COMPOSE));

        assertKnown(compose, "", "the composition");
        for (String kind : List.of("networks", "secrets")) {
            compose.path(kind).properties().forEach(each -> assertKnown(each.getValue(), kind, each.getKey()));
        }
        compose.path("services").properties().forEach(each -> {
            JsonNode service = each.getValue();
            assertKnown(service, "services", each.getKey());
            for (String part : List.of("healthcheck", "build", "logging")) {
                assertKnown(service.path(part), part, each.getKey() + "." + part);
            }
            service.path("depends_on").properties().forEach(needed -> {
                assertKnown(needed.getValue(), "depends_on", each.getKey() + ".depends_on");
                assertThat(compose.path("services").has(needed.getKey())).isTrue();
                assertThat(compose.at("/services/" + needed.getKey() + "/healthcheck")
                                .isObject())
                        .as("what is waited for can tell that it is healthy")
                        .isTrue();
            });
            for (String time : List.of("interval", "timeout", "start_period", "start_interval")) {
                assertThat(service.path("healthcheck").path(time).asText("1s")).matches(DURATION);
            }
            assertThat(service.path("stop_grace_period").asText()).matches(DURATION);
            assertThat(words(service.path("networks")))
                    .allMatch(network -> compose.path("networks").has(network));
            assertThat(service.path("volumes")).allMatch(volume -> compose.path("volumes")
                    .has(volume.asText().split(":")[0]));
            assertThat(service.path("secrets")).isNotEmpty().allMatch(secret -> compose.path("secrets")
                    .has(secret.path("source").asText(secret.asText())));
        });
    }

    @Test
    void theCompositionRunsThisVersionAndAsksTheProgramItself() throws IOException {
        JsonNode services = new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(COMPOSE))
                .get("services");
        JsonNode pacer = services.get("pacer");

        assertThat(pacer.path("image").asText()).isEqualTo(ofPom("artifactId") + ":" + ofPom("version"));
        assertThat(services.path("database").path("image").asText()).matches(EXACT);
        assertThat(COMPOSE.resolveSibling(pacer.path("build").path("context").asText())
                        .resolve(pacer.path("build").path("dockerfile").asText()))
                .exists();
        String program = words(pacer.path("healthcheck").path("test")).get(1);
        assertThat(texts(lastStage(NATIVE), "ENTRYPOINT").get(0)).startsWith("[\"" + program + "\"");
        assertThat(words(pacer.path("healthcheck").path("test"))).last().isEqualTo(Probe.COMMAND);
    }

    private static void assertKnown(JsonNode object, String kind, String where) {
        List<String> words = new ArrayList<>();
        object.fieldNames().forEachRemaining(words::add);
        assertThat(KNOWN_TO_COMPOSE.get(kind)).as(where).containsAll(words);
    }

    /** Comments and continued lines taken away. */
    private static List<Instruction> instructions(String file) throws IOException {
        String text =
                Files.readString(Path.of(file)).replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" ", 2))
                .map(words -> new Instruction(words[0], words[1].strip()))
                .toList();
    }

    /** What stands after the last FROM. */
    private static List<Instruction> lastStage(String file) throws IOException {
        List<Instruction> last = new ArrayList<>();
        for (Instruction step : instructions(file)) {
            if (step.name.equals("FROM")) {
                last.clear();
            }
            last.add(step);
        }
        return last;
    }

    private static List<String> texts(List<Instruction> steps, String name) {
        return steps.stream()
                .filter(step -> step.name.equals(name))
                .map(Instruction::rest)
                .toList();
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    /** The project's own, which is the first of its kind. */
    private static String ofPom(String element) throws IOException {
        return Stream.of(Files.readString(Path.of("pom.xml")))
                .map(Pattern.compile("<" + element + ">(.*?)</" + element + ">")::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
