package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code k8s/} deploys: every overlay, put together, is what Kubernetes takes, and nothing in it leads nowhere. Each test
 * runs on our own rendering, and again on kubectl's where there is a kubectl that can.
 */
class ManifestsTest {
    private static final Path OVERLAYS = Path.of("k8s/overlays");
    private static final Path GUIDE = Path.of("docs/how-to/kubernetes.md");

    /** One overlay as one renderer makes it. */
    record Rendering(String overlay, String renderer, Map<String, ObjectNode> objects) {
        List<ObjectNode> of(String kind) {
            return objects.values().stream()
                    .filter(object -> object.get("kind").asText().equals(kind))
                    .toList();
        }

        /** Deployments and stateful sets. */
        List<ObjectNode> workloads() {
            return objects.values().stream()
                    .filter(object -> object.at("/spec/template").isObject())
                    .toList();
        }

        @Override
        public String toString() {
            return overlay + " by " + renderer;
        }
    }

    static Stream<Rendering> renderings() throws Exception {
        List<Rendering> all = new ArrayList<>();
        try (Stream<Path> overlays = Files.list(OVERLAYS)) {
            for (Path overlay : overlays.sorted().toList()) {
                String name = overlay.getFileName().toString();
                all.add(new Rendering(name, "this test", Kustomization.render(overlay)));
                Path kubectl = kubectl();
                if (kubectl != null) {
                    all.add(new Rendering(name, "kubectl", kubectl(kubectl, overlay)));
                }
            }
        }
        return all.stream();
    }

    private static Path kubectl() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, ObjectNode> kubectl(Path kubectl, Path overlay) throws Exception {
        Path out = Files.createTempFile("rendered", ".yaml");
        Process process = new ProcessBuilder(kubectl.toString(), "kustomize", overlay.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        Map<String, ObjectNode> objects = new TreeMap<>();
        Manifests.documents(Files.readString(out)).forEach(object -> objects.put(Kustomization.key(object), object));
        Files.delete(out);
        return objects;
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyOverlayIsTheSameWhoeverPutsItTogether(Rendering rendering) throws Exception {
        assertThat(rendering.objects()).isEqualTo(Kustomization.render(OVERLAYS.resolve(rendering.overlay())));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void kubernetesKnowsEveryField(Rendering rendering) throws Exception {
        for (ObjectNode object : rendering.objects().values()) {
            assertThat(Manifests.typed(object).getMetadata().getName())
                    .as(Kustomization.key(object))
                    .matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() throws Exception {
        ObjectNode deployment = Kustomization.render(OVERLAYS.resolve("demo")).get("Deployment/invite-pacer");
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0/readinessProbe/httpGet");
        container.put("prot", 9000);

        assertThatThrownBy(() -> Manifests.typed(deployment))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("prot");
    }

    @Test
    void aNumberWhereATextBelongsIsFound() throws Exception {
        ObjectNode map = Kustomization.render(OVERLAYS.resolve("demo")).get("ConfigMap/invite-pacer");
        ((ObjectNode) map.get("data")).put("PACER_TIME_LAPSE", 1);

        assertThatThrownBy(() -> Manifests.typed(map)).isInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyWordOfAFixedListIsOneOfIt(Rendering rendering) {
        Map<String, Set<String>> lists = Map.of(
                "imagePullPolicy", Set.of("IfNotPresent"),
                "protocol", Set.of("TCP", "UDP"),
                "pathType", Set.of("Prefix", "Exact"),
                "whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway"),
                "nodeTaintsPolicy", Set.of("Honor", "Ignore"),
                "unhealthyPodEvictionPolicy", Set.of("AlwaysAllow", "IfHealthyBudget"),
                "fsGroupChangePolicy", Set.of("OnRootMismatch", "Always"),
                "policyTypes", Set.of("Ingress", "Egress"),
                "accessModes", Set.of("ReadWriteOnce"));
        lists.forEach((field, words) -> rendering.objects().values().forEach(object -> object.findValues(field)
                .forEach(value ->
                        assertThat(words).containsAll(value.isArray() ? texts(value) : List.of(value.asText())))));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void labelsAndSelectorsMeetSomebody(Rendering rendering) {
        List<JsonNode> pods = rendering.workloads().stream()
                .map(workload -> workload.at("/spec/template/metadata/labels"))
                .toList();
        for (ObjectNode workload : rendering.workloads()) {
            assertThat(isMet(workload.at("/spec/selector/matchLabels"), workload.at("/spec/template/metadata/labels")))
                    .isTrue();
            for (JsonNode spread : workload.at("/spec/template/spec/topologySpreadConstraints")) {
                assertThat(isMet(
                                spread.at("/labelSelector/matchLabels"), workload.at("/spec/template/metadata/labels")))
                        .isTrue();
            }
        }
        List<JsonNode> selectors = new ArrayList<>();
        rendering.of("Service").forEach(service -> selectors.add(service.at("/spec/selector")));
        rendering.of("PodDisruptionBudget").forEach(budget -> selectors.add(budget.at("/spec/selector/matchLabels")));
        for (ObjectNode policy : rendering.of("NetworkPolicy")) {
            selectors.add(policy.at("/spec/podSelector/matchLabels"));
            policy.at("/spec")
                    .findValues("podSelector")
                    .forEach(selector -> selectors.add(selector.at("/matchLabels")));
        }
        assertThat(selectors).isNotEmpty().allSatisfy(selector -> assertThat(pods)
                .anyMatch(labels -> isMet(selector, labels)));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyPortThatIsNamedIsThere(Rendering rendering) {
        for (ObjectNode service : rendering.of("Service")) {
            ObjectNode workload = selected(rendering, service.at("/spec/selector"));
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(ports(workload))
                        .containsEntry(
                                port.get("targetPort").asText(),
                                port.get("port").asInt());
            }
        }
        for (ObjectNode ingress : rendering.of("Ingress")) {
            for (JsonNode backend : ingress.findValues("backend")) {
                JsonNode service = rendering
                        .objects()
                        .get("Service/" + backend.at("/service/name").asText());
                assertThat(service.at("/spec/ports").findValuesAsText("name"))
                        .contains(backend.at("/service/port/name").asText())
                        .doesNotContain("management");
            }
        }
        for (ObjectNode monitor : rendering.of("ServiceMonitor")) {
            assertThat(rendering.of("Service").stream()
                            .filter(service ->
                                    isMet(monitor.at("/spec/selector/matchLabels"), service.at("/metadata/labels"))))
                    .singleElement()
                    .satisfies(service -> assertThat(service.at("/spec/ports").findValuesAsText("name"))
                            .contains(monitor.at("/spec/endpoints/0/port").asText()));
        }
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyProbeLeadsToAPortThatIsThereAndGivesUpInTime(Rendering rendering) {
        for (ObjectNode workload : rendering.workloads()) {
            JsonNode container = container(workload);
            for (String kind : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode probe = container.get(kind);
                assertThat(probe)
                        .as("%s of %s", kind, Kustomization.key(workload))
                        .isNotNull();
                assertThat(probe.get("timeoutSeconds").asInt()).isBetween(2, 3);
                JsonNode port = probe.findValue("port");
                assertThat(port == null || ports(workload).containsKey(port.asText()))
                        .isTrue();
            }
        }
        JsonNode ours = container(rendering.objects().get("Deployment/invite-pacer"));
        assertThat(ours.at("/startupProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/started\",\"port\":\"management\"}");
        assertThat(ours.at("/livenessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/live\",\"port\":\"management\"}");
        assertThat(ours.at("/readinessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/ready\",\"port\":\"management\"}");
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void whatAPodReadsIsThereOrTheGuideSaysHowItIsMade(Rendering rendering) throws IOException {
        assertThat(rendering.of("Secret")).isEmpty();
        String guide = Files.readString(GUIDE);
        for (ObjectNode workload : rendering.workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            pod.findValues("configMapRef").forEach(map -> assertThat(rendering.objects())
                    .containsKey("ConfigMap/" + map.get("name").asText()));
            for (JsonNode secret : pod.findValues("secretKeyRef")) {
                assertThat(guide)
                        .contains("create secret generic " + secret.get("name").asText())
                        .contains(secret.get("key").asText() + "=");
            }
            pod.findValues("secretName")
                    .forEach(secret -> assertThat(guide).contains("create secret generic " + secret.asText()));
            Set<String> volumes = new TreeSet<>(pod.path("volumes").findValuesAsText("name"));
            workload.at("/spec/volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
            assertThat(container(workload).get("volumeMounts").findValuesAsText("name"))
                    .containsExactlyInAnyOrderElementsOf(volumes);
            assertThat(pod.path("serviceAccountName").asText("default")).isIn("default", "invite-pacer");
        }
        rendering.of("Ingress").forEach(ingress -> ingress.findValues("secretName")
                .forEach(secret -> assertThat(guide).contains(secret.asText())));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theServiceKnowsEveryKeyThatIsSet(Rendering rendering) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Set<String> keys = new TreeSet<>();
        rendering
                .objects()
                .get("ConfigMap/invite-pacer")
                .get("data")
                .fieldNames()
                .forEachRemaining(keys::add);
        keys.addAll(container(rendering.objects().get("Deployment/invite-pacer"))
                .get("env")
                .findValuesAsText("name"));

        keys.stream().filter(key -> key.startsWith("PACER_")).forEach(key -> assertThat(readme)
                .contains("`" + key + "`"));
        assertThat(keys).contains("PACER_SECRETS_KEY", "QUARKUS_HTTP_HOST", "QUARKUS_MANAGEMENT_HOST");
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyPortIsCoveredByAPolicyAndTheRestIsClosed(Rendering rendering) {
        assertThat(rendering
                        .objects()
                        .get("NetworkPolicy/nothing-else")
                        .get("spec")
                        .toString())
                .contains("\"podSelector\":{}")
                .contains("Ingress")
                .contains("Egress")
                .doesNotContain("ports");
        for (ObjectNode workload : rendering.workloads()) {
            JsonNode labels = workload.at("/spec/template/metadata/labels");
            Set<String> open = new TreeSet<>();
            rendering.of("NetworkPolicy").stream()
                    .filter(policy -> isMet(policy.at("/spec/podSelector/matchLabels"), labels))
                    .forEach(policy -> policy.at("/spec/ingress").forEach(rule -> {
                        assertThat(rule.path("from")).as("nobody in particular").isNotEmpty();
                        rule.path("ports")
                                .forEach(port -> open.add(port.get("port").asText()));
                    }));
            assertThat(open).isEqualTo(ports(workload).keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theDatabaseDnsWebhooksAndACollectorOfTracesCanBeReachedAndNothingElse(Rendering rendering) {
        JsonNode labels = rendering.objects().get("Deployment/invite-pacer").at("/spec/template/metadata/labels");
        Set<String> ways = new TreeSet<>();
        rendering.of("NetworkPolicy").stream()
                .filter(policy -> isMet(policy.at("/spec/podSelector/matchLabels"), labels))
                .forEach(policy -> policy.at("/spec/egress").forEach(rule -> rule.path("ports")
                        .forEach(port -> ways.add(port.get("protocol").asText() + " "
                                + port.get("port").asText().replace("postgresql", "5432")))));

        assertThat(ways).containsExactly("TCP 4317", "TCP 4318", "TCP 443", "TCP 53", "TCP 5432", "UDP 53");
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void anUpgradeTakesNothingAwayBeforeTheNewOneIsThere(Rendering rendering) {
        JsonNode spec = rendering.objects().get("Deployment/invite-pacer").get("spec");

        assertThat(spec.get("strategy"))
                .isEqualTo(Manifests.list("{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"));
        assertThat(spec.at("/replicas").asInt()).isEqualTo(rendering.overlay().equals("production") ? 2 : 1);
        assertThat(rendering
                        .objects()
                        .get("PodDisruptionBudget/invite-pacer")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void aStopHasTheTimeThatItMayTake(Rendering rendering) throws IOException {
        JsonNode pod = rendering.objects().get("Deployment/invite-pacer").at("/spec/template/spec");
        int delay = seconds(rendering
                .objects()
                .get("ConfigMap/invite-pacer")
                .at("/data/QUARKUS_SHUTDOWN_DELAY")
                .asText());
        String properties = Files.readString(Path.of("src/main/resources/application.properties"));
        int requests = seconds(properties.replaceAll("(?s).*quarkus\\.shutdown\\.timeout=(\\w+).*", "$1"));

        assertThat(delay).isPositive();
        // Requests, then hand-overs, which have 18 s and 2 s more to write what is known of them.
        assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(delay + requests + 20 + 10);
        assertThat(properties).contains("quarkus.shutdown.delay-enabled=true");
    }

    @Test
    void theImageIsThisVersion() throws IOException {
        String version = Files.readString(Path.of("pom.xml"))
                .replaceAll("(?s).*?<artifactId>invite-pacer</artifactId>\\s*<version>([^<]+)</version>.*", "$1");

        assertThat(container(Kustomization.render(Path.of("k8s/base")).get("Deployment/invite-pacer"))
                        .get("image")
                        .asText())
                .isEqualTo("invite-pacer:" + version);
        assertThat(container(Kustomization.render(OVERLAYS.resolve("production"))
                                .get("Deployment/invite-pacer"))
                        .get("image")
                        .asText())
                .endsWith("/invite-pacer:" + version);
    }

    @Test
    void everyFileIsPartOfSomething() throws Exception {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            files.filter(file -> file.endsWith("kustomization.yaml")).forEach(file -> {
                Path directory = file.getParent();
                JsonNode told = Manifests.documents(read(file)).get(0);
                texts(told.path("resources"))
                        .forEach(name ->
                                used.add(directory.resolve(name).normalize().toString()));
                texts(told.path("components"))
                        .forEach(name ->
                                used.add(directory.resolve(name).normalize().toString()));
            });
        }
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml"))
                            .filter(file -> !file.endsWith("kustomization.yaml")
                                    && !file.startsWith("k8s/tests")
                                    && !file.startsWith("k8s/compose"))
                            .map(Path::toString))
                    .allMatch(used::contains)
                    .hasSizeGreaterThan(8);
        }
        assertThat(used).contains("k8s/base", "k8s/components/monitoring");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int seconds(String duration) {
        assertThat(duration).matches("\\d+s");
        return Integer.parseInt(duration.substring(0, duration.length() - 1));
    }

    private static ObjectNode selected(Rendering rendering, JsonNode selector) {
        return rendering.workloads().stream()
                .filter(workload -> isMet(selector, workload.at("/spec/template/metadata/labels")))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isMet(JsonNode selector, JsonNode labels) {
        return StreamSupport.stream(((Iterable<String>) selector::fieldNames).spliterator(), false)
                .allMatch(label -> selector.get(label).equals(labels.get(label)));
    }

    static JsonNode container(JsonNode workload) {
        JsonNode containers = workload.at("/spec/template/spec/containers");
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }

    private static Map<String, Integer> ports(JsonNode workload) {
        Map<String, Integer> ports = new TreeMap<>();
        container(workload)
                .get("ports")
                .forEach(port -> ports.put(
                        port.get("name").asText(), port.get("containerPort").asInt()));
        return ports;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
