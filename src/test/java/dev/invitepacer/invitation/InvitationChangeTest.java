package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of an invitation may be changed, until when, and its cancellation. */
@QuarkusTest
class InvitationChangeTest extends AnnasQueue {
    @Test
    void aQueuedInvitationIsChanged() {
        long id = enqueue("anna", "somebody", "\"note\":\"Hi\",\"priority\":3,\"campaign\":\"a\"");

        change(
                        id,
                        "{\"note\":\"Hi\\r\\nyou \",\"priority\":null,\"campaign\":null,\"notBefore\":\"2026-11-25T00:00:00Z\","
                                + "\"lapsesAt\":\"2026-11-26T00:00:00Z\",\"keep\":true}")
                .then()
                .statusCode(200)
                .body("note", equalTo("Hi\nyou"))
                .body("priority", equalTo(0))
                .body("campaign", nullValue())
                .body("notBefore", equalTo("2026-11-25T00:00:00Z"))
                .body("lapsesAt", equalTo("2026-11-26T00:00:00Z"))
                .body("keep", equalTo(true));
        change(id, "{\"note\":null}")
                .then()
                .statusCode(200)
                .body("note", nullValue())
                .body("keep", equalTo(true));
        change(id, "{\"note\":null}").then().statusCode(200);
        change(id, "{}").then().statusCode(200);

        JsonPath history = get(QUEUE + "/" + id + "/history");
        assertThat(history.getList("items.event"))
                .containsExactly("invitation.queued", "invitation.changed", "invitation.changed");
        assertThat(history.getString("items[1].detail.notBefore")).isEqualTo("2026-11-25T00:00:00Z");
        assertThat(history.getString("items[1].actor")).isEqualTo("api");
    }

    @Test
    void aChangeKeepsTheRulesOfADraft() {
        long id = enqueue("anna", "somebody", "\"note\":\"Hi\",\"lapsesAt\":\"2026-11-26T00:00:00Z\"");
        String before = query("select invitation::text from invitation").get(0);

        change(id, "{\"note\":\"" + "x".repeat(201) + "\"}")
                .then()
                .statusCode(422)
                .body("code", equalTo("note-too-long"));
        for (String refused : List.of(
                "{\"note\":\"bell \\u0007\"}",
                "{\"campaign\":\"a/b\"}",
                "{\"campaign\":\"a\\nb\"}",
                "{\"priority\":11}",
                "{\"notBefore\":\"2026-11-26T00:00:00Z\"}",
                "{\"lapsesAt\":\"soon\"}")) {
            change(id, refused)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("draft-invalid"))
                    .body("violations", hasSize(1));
        }
        change(id, "{\"profile\":\"other\",\"state\":\"PENDING\",\"keep\":1,\"note\":2}")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("violations.field", containsInAnyOrder("profile", "state", "keep", "note"));
        assertThat(query("select invitation::text from invitation")).containsExactly(before);
    }

    @Test
    void aReleasedInvitationKeepsAllButItsKeep() {
        long id = pending("somebody");

        change(id, "{\"note\":\"too late\"}").then().statusCode(409).body("code", equalTo("too-late"));
        change(id, "{\"keep\":true,\"note\":null}").then().statusCode(409).body("code", equalTo("too-late"));
        change(id, "{\"nobody\":1}").then().statusCode(422);
        change(id, "{\"keep\":true}").then().statusCode(200).body("keep", equalTo(true));
        given().delete(QUEUE + "/" + id)
                .then()
                .statusCode(409)
                .body("code", equalTo("too-late"))
                .body("detail", containsString("PENDING"));

        report("anna", id, "ACCEPTED", "");
        change(id, "{\"keep\":false}").then().statusCode(409).body("code", equalTo("too-late"));
    }

    @Test
    void anInvitationIsCancelledOnce() {
        long id = enqueue("anna", "somebody");

        given().delete(QUEUE + "/" + id).then().statusCode(204);
        given().delete(QUEUE + "/" + id).then().statusCode(204);

        assertThat(state("anna", id)).isEqualTo("CANCELLED");
        assertThat(get(QUEUE + "/" + id).getString("endedAt")).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(get(QUEUE + "/" + id + "/history").getList("items.event"))
                .containsExactly("invitation.queued", "invitation.cancelled");
        change(id, "{\"note\":\"x\"}").then().statusCode(409);
        enqueue("anna", "somebody");
    }

    private static io.restassured.response.Response change(long id, String body) {
        return json(body).patch(QUEUE + "/" + id);
    }
}
