package dev.invitepacer.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches whom in what {@code k8s/} deploys: nothing leads nowhere, and nothing else is open. */
class ManifestNetworkTest {
    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void labelsAndSelectorsMeetSomebody(Rendering rendering) {
        List<JsonNode> pods = rendering.workloads().stream()
                .map(workload -> workload.at("/spec/template/metadata/labels"))
                .toList();
        for (ObjectNode workload : rendering.workloads()) {
            assertThat(Rendering.isMet(
                            workload.at("/spec/selector/matchLabels"), workload.at("/spec/template/metadata/labels")))
                    .isTrue();
            for (JsonNode spread : workload.at("/spec/template/spec/topologySpreadConstraints")) {
                assertThat(Rendering.isMet(
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
                .anyMatch(labels -> Rendering.isMet(selector, labels)));
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void everyPortThatIsNamedIsThere(Rendering rendering) {
        for (ObjectNode service : rendering.of("Service")) {
            ObjectNode workload = rendering.selected(service.at("/spec/selector"));
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(Rendering.ports(workload))
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
                            .filter(service -> Rendering.isMet(
                                    monitor.at("/spec/selector/matchLabels"), service.at("/metadata/labels"))))
                    .singleElement()
                    .satisfies(service -> assertThat(service.at("/spec/ports").findValuesAsText("name"))
                            .contains(monitor.at("/spec/endpoints/0/port").asText()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void everyProbeLeadsToAPortThatIsThereAndGivesUpInTime(Rendering rendering) {
        for (ObjectNode workload : rendering.workloads()) {
            JsonNode container = Rendering.container(workload);
            for (String kind : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode probe = container.get(kind);
                assertThat(probe)
                        .as("%s of %s", kind, Kustomization.key(workload))
                        .isNotNull();
                assertThat(probe.get("timeoutSeconds").asInt()).isBetween(2, 3);
                JsonNode port = probe.findValue("port");
                assertThat(port == null || Rendering.ports(workload).containsKey(port.asText()))
                        .isTrue();
            }
        }
        JsonNode ours = Rendering.container(rendering.objects().get("Deployment/invite-pacer"));
        assertThat(ours.at("/startupProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/started\",\"port\":\"management\"}");
        assertThat(ours.at("/livenessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/live\",\"port\":\"management\"}");
        assertThat(ours.at("/readinessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/q/health/ready\",\"port\":\"management\"}");
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
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
                    .filter(policy -> Rendering.isMet(policy.at("/spec/podSelector/matchLabels"), labels))
                    .forEach(policy -> policy.at("/spec/ingress").forEach(rule -> {
                        assertThat(rule.path("from")).as("nobody in particular").isNotEmpty();
                        rule.path("ports")
                                .forEach(port -> open.add(port.get("port").asText()));
                    }));
            assertThat(open).isEqualTo(Rendering.ports(workload).keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.invitepacer.operations.kubernetes.Rendering#all")
    void theDatabaseDnsWebhooksAndACollectorOfTracesCanBeReachedAndNothingElse(Rendering rendering) {
        JsonNode labels = rendering.objects().get("Deployment/invite-pacer").at("/spec/template/metadata/labels");
        Set<String> ways = new TreeSet<>();
        rendering.of("NetworkPolicy").stream()
                .filter(policy -> Rendering.isMet(policy.at("/spec/podSelector/matchLabels"), labels))
                .forEach(policy -> policy.at("/spec/egress").forEach(rule -> rule.path("ports")
                        .forEach(port -> ways.add(port.get("protocol").asText() + " "
                                + port.get("port").asText().replace("postgresql", "5432")))));

        assertThat(ways).containsExactly("TCP 4317", "TCP 4318", "TCP 443", "TCP 53", "TCP 5432", "UDP 53");
    }
}
