package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One overlay as one renderer makes it. */
record Rendering(String overlay, String renderer, Map<String, ObjectNode> objects) {
    static final Path OVERLAYS = Path.of("k8s/overlays");

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

    /** Every overlay on our own rendering, and again on kubectl's where there is a kubectl that can. */
    static Stream<Rendering> all() throws Exception {
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

    /** The workload whose pods a selector means. */
    ObjectNode selected(JsonNode selector) {
        return workloads().stream()
                .filter(workload -> isMet(selector, workload.at("/spec/template/metadata/labels")))
                .findFirst()
                .orElseThrow();
    }

    static boolean isMet(JsonNode selector, JsonNode labels) {
        return StreamSupport.stream(((Iterable<String>) selector::fieldNames).spliterator(), false)
                .allMatch(label -> selector.get(label).equals(labels.get(label)));
    }

    static JsonNode container(JsonNode workload) {
        JsonNode containers = workload.at("/spec/template/spec/containers");
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }

    /** By name. */
    static Map<String, Integer> ports(JsonNode workload) {
        Map<String, Integer> ports = new TreeMap<>();
        container(workload)
                .get("ports")
                .forEach(port -> ports.put(
                        port.get("name").asText(), port.get("containerPort").asInt()));
        return ports;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
