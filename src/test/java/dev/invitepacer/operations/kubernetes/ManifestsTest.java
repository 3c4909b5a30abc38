package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code k8s/} deploys: every overlay, put together, is what Kubernetes takes, and holds what the service needs. */
class ManifestsTest {
    private static final Path GUIDE = Path.of("docs/how-to/kubernetes.md");

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void everyOverlayIsTheSameWhoeverPutsItTogether(Rendering rendering) throws Exception {
        assertThat(rendering.objects())
                .isEqualTo(Kustomization.render(Rendering.OVERLAYS.resolve(rendering.overlay())));
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void kubernetesKnowsEveryField(Rendering rendering) throws Exception {
        for (ObjectNode object : rendering.objects().values()) {
            assertThat(Manifests.typed(object).getMetadata().getName())
                    .as(Kustomization.key(object))
                    .matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() throws Exception {
        ObjectNode deployment =
                Kustomization.render(Rendering.OVERLAYS.resolve("demo")).get("Deployment/invite-pacer");
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0/readinessProbe/httpGet");
        container.put("prot", 9000);

        assertThatThrownBy(() -> Manifests.typed(deployment))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("prot");
    }

    @Test
    void aNumberWhereATextBelongsIsFound() throws Exception {
        ObjectNode map =
                Kustomization.render(Rendering.OVERLAYS.resolve("demo")).get("ConfigMap/invite-pacer");
        ((ObjectNode) map.get("data")).put("PACER_TIME_LAPSE", 1);

        assertThatThrownBy(() -> Manifests.typed(map)).isInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
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
                .forEach(value -> assertThat(words)
                        .containsAll(value.isArray() ? Rendering.texts(value) : List.of(value.asText())))));
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
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
            assertThat(Rendering.container(workload).get("volumeMounts").findValuesAsText("name"))
                    .containsExactlyInAnyOrderElementsOf(volumes);
            assertThat(pod.path("serviceAccountName").asText("default")).isIn("default", "invite-pacer");
        }
        rendering.of("Ingress").forEach(ingress -> ingress.findValues("secretName")
                .forEach(secret -> assertThat(guide).contains(secret.asText())));
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void theServiceKnowsEveryKeyThatIsSet(Rendering rendering) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Set<String> keys = new TreeSet<>();
        rendering
                .objects()
                .get("ConfigMap/invite-pacer")
                .get("data")
                .fieldNames()
                .forEachRemaining(keys::add);
        keys.addAll(Rendering.container(rendering.objects().get("Deployment/invite-pacer"))
                .get("env")
                .findValuesAsText("name"));

        keys.stream().filter(key -> key.startsWith("PACER_")).forEach(key -> assertThat(readme)
                .contains("`" + key + "`"));
        assertThat(keys).contains("PACER_SECRETS_KEY", "QUARKUS_HTTP_HOST", "QUARKUS_MANAGEMENT_HOST");
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
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
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
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

        assertThat(Rendering.container(Kustomization.render(Path.of("k8s/base")).get("Deployment/invite-pacer"))
                        .get("image")
                        .asText())
                .isEqualTo("invite-pacer:" + version);
        assertThat(Rendering.container(Kustomization.render(Rendering.OVERLAYS.resolve("production"))
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
                Rendering.texts(told.path("resources"))
                        .forEach(name ->
                                used.add(directory.resolve(name).normalize().toString()));
                Rendering.texts(told.path("components"))
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
}
