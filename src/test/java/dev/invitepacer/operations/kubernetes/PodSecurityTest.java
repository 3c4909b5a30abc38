package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pod is of the restricted profile of the Pod Security Standards, checked control by control in the order in which the
 * standard lists them, and of a few things more that we ask of ourselves.
 */
class PodSecurityTest {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void everyPodIsOfTheRestrictedProfile(Rendering rendering) {
        assertThat(rendering.workloads()).isNotEmpty();
        rendering.workloads().forEach(workload -> assertThat(violations(workload.at("/spec/template/spec")))
                .as(workload.at("/metadata/name").asText())
                .isEmpty());
        assertThat(rendering.of("Namespace")).singleElement().satisfies(namespace -> assertThat(namespace
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted"));
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void noPodHasATokenOrWritesToItsImageOrTakesWhatItLikes(Rendering rendering) {
        for (ObjectNode workload : rendering.workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            for (JsonNode container : containers(pod)) {
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(container.at("/resources/requests").fieldNames())
                        .toIterable()
                        .contains("cpu", "memory", "ephemeral-storage");
                assertThat(container.at("/resources/limits").fieldNames())
                        .toIterable()
                        .contains("memory", "ephemeral-storage");
                assertThat(container.get("image").asText()).matches(".+:[0-9][^:]*");
            }
            for (JsonNode volume : pod.path("volumes")) {
                assertThat(!volume.has("emptyDir") || volume.at("/emptyDir").has("sizeLimit"))
                        .as(volume.toString())
                        .isTrue();
            }
        }
        rendering.of("ServiceAccount").forEach(account -> assertThat(
                        account.path("automountServiceAccountToken").asBoolean(true))
                .isFalse());
    }

    /** Each line breaks one control; the check has to name it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hostNetwork\": true}",
                "{\"hostPID\": true}",
                "{\"hostIPC\": true}",
                "{\"securityContext\": {\"windowsOptions\": {\"hostProcess\": true}}}",
                "{\"securityContext\": {\"sysctls\": [{\"name\": \"kernel.msgmax\"}]}}",
                "{\"securityContext\": {\"runAsNonRoot\": false}}",
                "{\"securityContext\": {\"runAsUser\": 0}}",
                "{\"securityContext\": {\"seccompProfile\": {\"type\": \"Unconfined\"}}}",
                "{\"securityContext\": {\"seLinuxOptions\": {\"user\": \"x\"}}}",
                "{\"volumes\": [{\"name\": \"x\", \"hostPath\": {\"path\": \"/\"}}]}",
                "{\"containers\": [{\"securityContext\": {\"privileged\": true}}]}",
                "{\"containers\": [{\"securityContext\": {\"allowPrivilegeEscalation\": true}}]}",
                "{\"containers\": [{\"securityContext\": {\"capabilities\": {\"drop\": []}}}]}",
                "{\"containers\": [{\"securityContext\": {\"capabilities\": {\"drop\": [\"ALL\"], \"add\": [\"SYS_TIME\"]}}}]}",
                "{\"containers\": [{\"securityContext\": {\"procMount\": \"Unmasked\"}}]}",
                "{\"containers\": [{\"securityContext\": {\"runAsUser\": 0}}]}",
                "{\"containers\": [{\"ports\": [{\"hostPort\": 80}]}]}",
                "{\"containers\": [{\"livenessProbe\": {\"httpGet\": {\"host\": \"10.0.0.1\"}}}]}",
                "{\"containers\": [{\"securityContext\": {\"appArmorProfile\": {\"type\": \"Unconfined\"}}}]}",
                "{\"initContainers\": [{\"name\": \"first\"}]}"
            })
    void whateverIsNotOfTheProfileIsFound(String change) throws Exception {
        ObjectNode pod = (ObjectNode) Kustomization.render(Path.of("k8s/base"))
                .get("Deployment/invite-pacer")
                .at("/spec/template/spec");
        assertThat(violations(pod)).isEmpty();

        merge(pod, Manifests.list(change));

        assertThat(violations(pod)).isNotEmpty();
    }

    @Test
    void aPodThatSaysNothingIsNotOfTheProfile() {
        assertThat(violations(Manifests.list("{\"containers\": [{\"name\": \"x\"}]}")))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    private static void merge(JsonNode into, JsonNode change) {
        change.fields().forEachRemaining(field -> {
            JsonNode old = into.path(field.getKey());
            if (old.isObject() && field.getValue().isObject()) {
                merge(old, field.getValue());
            } else if (old.isArray() && field.getKey().equals("containers")) {
                merge(old.get(0), field.getValue().get(0));
            } else {
                ((ObjectNode) into).set(field.getKey(), field.getValue());
            }
        });
    }

    private static List<JsonNode> containers(JsonNode pod) {
        List<JsonNode> all = new ArrayList<>();
        List.of("containers", "initContainers", "ephemeralContainers")
                .forEach(kind -> pod.path(kind).forEach(all::add));
        return all;
    }

    private static List<String> violations(JsonNode pod) {
        List<String> found = new ArrayList<>();
        List.of("hostNetwork", "hostPID", "hostIPC").stream()
                .filter(name -> pod.path(name).asBoolean(false))
                .forEach(found::add);
        pod.findValues("hostProcess").stream().filter(JsonNode::asBoolean).forEach(yes -> found.add("hostProcess"));
        for (JsonNode volume : pod.path("volumes")) {
            volume.fieldNames().forEachRemaining(type -> {
                if (!type.equals("name") && !VOLUMES.contains(type)) {
                    found.add("volume " + type);
                }
            });
        }
        pod.at("/securityContext/sysctls").forEach(sysctl -> found.add("sysctl " + sysctl));
        if (!pod.at("/securityContext/seLinuxOptions").isMissingNode()) {
            found.add("seLinuxOptions");
        }
        containers(pod).forEach(container -> violations(pod.path("securityContext"), container, found));
        return found;
    }

    private static void violations(JsonNode pod, JsonNode container, List<String> found) {
        JsonNode own = container.path("securityContext");
        check(!own.path("privileged").asBoolean(false), "privileged", found);
        check(!own.path("allowPrivilegeEscalation").asBoolean(true), "allowPrivilegeEscalation", found);
        check(own.path("procMount").asText("Default").equals("Default"), "procMount", found);
        check(own.path("seLinuxOptions").isMissingNode(), "seLinuxOptions", found);
        check(either(own, pod, "runAsNonRoot").asBoolean(false), "runAsNonRoot", found);
        check(either(own, pod, "runAsUser").asInt(0) != 0, "runAsUser", found);
        check(
                Set.of("RuntimeDefault", "Localhost")
                        .contains(
                                either(own, pod, "seccompProfile").path("type").asText()),
                "seccompProfile",
                found);
        check(
                Set.of("RuntimeDefault", "Localhost")
                        .contains(
                                either(own, pod, "appArmorProfile").path("type").asText("RuntimeDefault")),
                "appArmorProfile",
                found);
        check(own.at("/capabilities/drop").toString().contains("\"ALL\""), "capabilities", found);
        check(own.at("/capabilities/add").isEmpty(), "added capabilities", found);
        container.path("ports").findValues("hostPort").forEach(port -> check(port.asInt() == 0, "hostPort", found));
        List.of("startupProbe", "livenessProbe", "readinessProbe", "lifecycle")
                .forEach(probe -> check(container.path(probe).findValue("host") == null, "host of " + probe, found));
    }

    /** The container's own setting, otherwise the pod's. */
    private static JsonNode either(JsonNode own, JsonNode pod, String field) {
        return own.has(field) ? own.get(field) : pod.path(field);
    }

    private static void check(boolean isKept, String control, List<String> found) {
        if (!isKept) {
            found.add(control);
        }
    }
}
