package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The OpenAPI document says what the server does, closely enough to make a client of it. */
@QuarkusTest
class OpenApiTest extends ServiceTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    @Test
    void everyCallIsThere() {
        assertThat(calls(document()))
                .contains(
                        "get /api/v1/accounts",
                        "get /api/v1/accounts/{account}",
                        "put /api/v1/accounts/{account}",
                        "patch /api/v1/accounts/{account}",
                        "delete /api/v1/accounts/{account}",
                        "post /api/v1/accounts/{account}/pause",
                        "post /api/v1/accounts/{account}/resume",
                        "get /api/v1/accounts/{account}/history",
                        "get /api/v1/accounts/{account}/pacing",
                        "get /api/v1/accounts/{account}/forecast",
                        "get /api/v1/accounts/{account}/statistics",
                        "get /api/v1/overview",
                        "get /api/v1/accounts/{account}/week",
                        "post /api/v1/accounts/{account}/preview",
                        "get /api/v1/accounts/{account}/imports/{id}/report",
                        "get /api/v1/people",
                        "get /api/v1/tasks/counts",
                        "post /api/v1/accounts/{account}/invitations",
                        "get /api/v1/accounts/{account}/invitations",
                        "get /api/v1/accounts/{account}/invitations/{id}",
                        "patch /api/v1/accounts/{account}/invitations/{id}",
                        "delete /api/v1/accounts/{account}/invitations/{id}",
                        "get /api/v1/accounts/{account}/invitations/{id}/history",
                        "post /api/v1/accounts/{account}/invitations/{id}/withdraw",
                        "get /api/v1/accounts/{account}/withdrawals/preview",
                        "post /api/v1/accounts/{account}/withdrawals",
                        "post /api/v1/accounts/{account}/imports",
                        "post /api/v1/accounts/{account}/reports",
                        "get /api/v1/accounts/{account}/campaigns",
                        "get /api/v1/accounts/{account}/campaigns/{name}",
                        "put /api/v1/accounts/{account}/campaigns/{name}",
                        "delete /api/v1/accounts/{account}/campaigns/{name}",
                        "post /api/v1/accounts/{account}/campaigns/{name}/pause",
                        "post /api/v1/accounts/{account}/campaigns/{name}/resume",
                        "post /api/v1/accounts/{account}/campaigns/{name}/move",
                        "post /api/v1/accounts/{account}/campaigns/{name}/cancel",
                        "post /api/v1/accounts/{account}/linkedin-export",
                        "get /api/v1/suppressions",
                        "post /api/v1/suppressions",
                        "get /api/v1/suppressions/{profile}",
                        "put /api/v1/suppressions/{profile}",
                        "delete /api/v1/suppressions/{profile}",
                        "get /api/v1/people/{profile}",
                        "delete /api/v1/people/{profile}",
                        "get /api/v1/tasks",
                        "post /api/v1/tasks/{task}/claim",
                        "delete /api/v1/tasks/{task}/claim",
                        "post /api/v1/tasks/{task}/deliver",
                        "post /api/v1/tasks/{task}/report",
                        "get /api/v1/events",
                        "get /api/v1/subscriptions",
                        "get /api/v1/subscriptions/{subscription}",
                        "put /api/v1/subscriptions/{subscription}",
                        "delete /api/v1/subscriptions/{subscription}",
                        "post /api/v1/subscriptions/{subscription}/deliver",
                        "get /problems/{code}");
    }

    @Test
    void everyBodyHasAShape() {
        JsonNode document = document();
        for (String call : List.of(
                "put /api/v1/accounts/{account}",
                "patch /api/v1/accounts/{account}",
                "post /api/v1/accounts/{account}/preview",
                "post /api/v1/accounts/{account}/pause",
                "put /api/v1/accounts/{account}/campaigns/{name}",
                "post /api/v1/accounts/{account}/campaigns/{name}/move",
                "post /api/v1/accounts/{account}/invitations",
                "patch /api/v1/accounts/{account}/invitations/{id}",
                "post /api/v1/tasks/{task}/report")) {
            JsonNode content =
                    call(document, call).path("requestBody").path("content").path("application/json");
            assertThat(shape(document, content.path("schema")).path("properties"))
                    .as(call)
                    .isNotEmpty();
        }
        assertThat(call(document, "post /api/v1/accounts/{account}/imports")
                        .path("requestBody")
                        .path("content")
                        .has("text/csv"))
                .isTrue();
        assertThat(call(document, "post /api/v1/accounts/{account}/reports")
                        .at("/requestBody/content/application~1json/schema/anyOf"))
                .hasSize(2);
    }

    @Test
    void theSettingsInItAreThoseOfAnAccount() {
        account("anna", "");
        JsonNode document = document();
        JsonNode answer = Answer.to("GET", "/api/v1/accounts/anna", null).json();

        List<String> settings = new ArrayList<>();
        answer.fieldNames().forEachRemaining(settings::add);
        settings.removeAll(List.of("account", "createdAt", "changedAt", "summary"));
        List<String> told = new ArrayList<>();
        document.at("/components/schemas/AccountSettings/properties")
                .fieldNames()
                .forEachRemaining(told::add);
        assertThat(told).containsExactlyInAnyOrderElementsOf(settings);
    }

    @Test
    void everyCallTellsHowItIsRefused() {
        JsonNode document = document();
        assertThat(calls(document)).allSatisfy(call -> assertThat(call(document, call)
                        .at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem"));
        assertThat(document.at("/components/schemas/Problem/properties/code/enum"))
                .hasSize(Code.values().length);
    }

    @Test
    void everyCallTellsWhatItDoes() {
        JsonNode document = document();
        assertThat(calls(document)).allSatisfy(call -> assertThat(
                        call(document, call).path("summary").asText())
                .isNotBlank());
    }

    static JsonNode document() {
        Answer answer = Answer.to("GET", "/q/openapi?format=json", null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    /** Every call as its method and address. */
    static List<String> calls(JsonNode document) {
        List<String> calls = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        calls.add(method + " " + path.getKey());
                    }
                }));
        return calls;
    }

    static JsonNode call(JsonNode document, String call) {
        String method = call.substring(0, call.indexOf(' '));
        return document.path("paths").path(call.substring(method.length() + 1)).path(method);
    }

    /** The schema itself, where it is a reference. */
    static JsonNode shape(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }
}
