package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts an overlay together as {@code kubectl kustomize} does, from as much of its language as {@code k8s/} uses; anything
 * else is refused, so that nothing is passed over. Where kubectl is at hand, {@link ManifestsTest} compares the two.
 */
final class Kustomization {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "images",
            "replicas",
            "patches",
            "configMapGenerator");

    private final Map<String, ObjectNode> objects = new TreeMap<>();

    private Kustomization() {}

    /** Every object of a directory with a kustomization.yaml, by kind and name. */
    static Map<String, ObjectNode> render(Path directory) throws IOException {
        Kustomization all = new Kustomization();
        all.add(directory.normalize());
        return all.objects;
    }

    private void add(Path directory) throws IOException {
        JsonNode told = Manifests.documents(Files.readString(directory.resolve("kustomization.yaml"))).stream()
                .findFirst()
                .orElseThrow();
        told.fieldNames()
                .forEachRemaining(field ->
                        assertThat(KNOWN).as("%s: %s", directory, field).contains(field));
        for (JsonNode resource : told.path("resources")) {
            Path path = directory.resolve(resource.asText()).normalize();
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                Manifests.documents(Files.readString(path)).forEach(this::put);
            }
        }
        for (JsonNode component : told.path("components")) {
            add(directory.resolve(component.asText()).normalize());
        }
        for (JsonNode map : told.path("configMapGenerator")) {
            put(configMap(directory, map));
        }
        told.path("patches").forEach(this::patch);
        if (told.has("namespace")) {
            moveTo(told.get("namespace").asText());
        }
        told.path("images").forEach(this::image);
        for (JsonNode replicas : told.path("replicas")) {
            ObjectNode workload =
                    objects.get("Deployment/" + replicas.get("name").asText());
            ((ObjectNode) workload.get("spec")).set("replicas", replicas.get("count"));
        }
    }

    private void put(ObjectNode object) {
        assertThat(objects.put(key(object), object)).as(key(object)).isNull();
    }

    static String key(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    private static ObjectNode configMap(Path directory, JsonNode map) throws IOException {
        assertThat(map.fieldNames()).toIterable().containsExactlyInAnyOrder("name", "files", "options");
        assertThat(map.at("/options/disableNameSuffixHash").asBoolean()).isTrue();
        ObjectNode object = Manifests.object();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.set("name", map.get("name"));
        metadata.set("labels", map.at("/options/labels"));
        ObjectNode data = object.putObject("data");
        for (JsonNode file : map.get("files")) {
            String[] parts = file.asText().split("=", 2);
            data.put(parts[0], Files.readString(directory.resolve(parts[1])));
        }
        return object;
    }

    /** A JSON patch (RFC 6902), with the three operations that are used. */
    private void patch(JsonNode patch) {
        ObjectNode target = objects.get(patch.at("/target/kind").asText() + "/"
                + patch.at("/target/name").asText());
        assertThat(target).as(patch.toString()).isNotNull();
        for (JsonNode step : Manifests.list(patch.get("patch").asText())) {
            int split = step.get("path").asText().lastIndexOf('/');
            String field = step.get("path").asText().substring(split + 1);
            ObjectNode parent = (ObjectNode) target.at(step.get("path").asText().substring(0, split));
            String operation = step.get("op").asText();
            assertThat(parent.has(field)).as(step.toString()).isEqualTo(!operation.equals("add"));
            switch (operation) {
                case "test" -> assertThat(parent.get(field)).isEqualTo(step.get("value"));
                case "add", "replace" -> parent.set(field, step.get("value"));
                default -> throw new AssertionError(step);
            }
        }
    }

    private void moveTo(String namespace) {
        for (ObjectNode object : List.copyOf(objects.values())) {
            if (object.get("kind").asText().equals("Namespace")) {
                objects.remove(key(object));
                ((ObjectNode) object.get("metadata")).put("name", namespace);
                put(object);
            } else {
                ((ObjectNode) object.get("metadata")).put("namespace", namespace);
            }
        }
    }

    private void image(JsonNode told) {
        for (ObjectNode object : objects.values()) {
            for (JsonNode container : object.at("/spec/template/spec/containers")) {
                if (container
                        .get("image")
                        .asText()
                        .split("[:@]")[0]
                        .equals(told.get("name").asText())) {
                    ((ObjectNode) container)
                            .put(
                                    "image",
                                    told.get("newName").asText() + ":"
                                            + told.get("newTag").asText());
                }
            }
        }
    }
}
