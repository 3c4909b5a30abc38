package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Templates from their making to the note that is sent. */
@QuarkusTest
class TemplateTest extends ServiceTest {
    private static final String PATH = "/api/v1/accounts/anna/templates/";

    @BeforeEach
    void anAccount() {
        account("anna", "");
    }

    private static ValidatableResponse put(String name, String body) {
        return json(body).put(PATH + name).then();
    }

    private static ValidatableResponse draft(String fields) {
        return json("{" + fields + "}")
                .post("/api/v1/accounts/anna/invitations")
                .then();
    }

    private static ValidatableResponse patch(long id, String fields) {
        return json("{" + fields + "}")
                .patch("/api/v1/accounts/anna/invitations/" + id)
                .then();
    }

    @Test
    void isMadeReadReplacedListedAndDeleted() {
        put("group", "{\"alternatives\":[\"Hi {{firstName}}, {{group}}!\"],\"fallbacks\":{\"firstName\":\"there\"}}")
                .statusCode(201)
                .header("Location", containsString(PATH + "group"))
                .body("variables", contains("firstName", "group"))
                .body("createdAt", equalTo("2026-11-23T08:00:00Z"));
        put("group", "{\"alternatives\":[\"A\",\"B\"]}").statusCode(200).body("fallbacks", equalTo(java.util.Map.of()));
        put("a", "{\"alternatives\":[\"A\"]}").statusCode(201);

        JsonPath first = given().get("/api/v1/accounts/anna/templates?limit=1").jsonPath();
        assertThat(first.getList("items.name")).containsExactly("a");
        assertThat(given().get("/api/v1/accounts/anna/templates?cursor=" + first.getString("next"))
                        .jsonPath()
                        .getList("items.name"))
                .containsExactly("group");

        given().delete(PATH + "group").then().statusCode(204);
        given().get(PATH + "group").then().statusCode(404).body("code", equalTo("template-unknown"));
        given().delete(PATH + "group").then().statusCode(404).body("code", equalTo("template-unknown"));
        assertThat(query("select event from history where event like 'template.%' order by id"))
                .containsExactly("template.created", "template.changed", "template.created", "template.deleted");
    }

    @Test
    void oneThatIsNoneIsRefusedWithItsLine() {
        put("t", "{\"alternatives\":[\"ok\",\"one\\ntwo {{#a}}\"]}")
                .statusCode(422)
                .body("code", equalTo("template-invalid"))
                .body("violations.field", contains("alternatives[1]"))
                .body("violations[0].message", startsWith("Line 2"));
        put("t", "{\"alternatives\":[\"Hi {{a}}\"],\"fallbacks\":{\"b\":\"x\"}}")
                .statusCode(422)
                .body("violations.field", contains("fallbacks.b"));
        put("t", "{\"alternatives\":[\"" + "é".repeat(201) + " {{a}}\"]}")
                .statusCode(422)
                .body("violations[0].message", containsString("201"));
        put("t", "{\"alternatives\":[\"" + "x".repeat(4_001) + "\"]}").statusCode(422);
        put("t", "{\"alternatives\":[]}").statusCode(422).body("code", equalTo("invalid"));
        put("t", "{\"alternatives\":[1],\"colour\":\"red\"}").statusCode(422).body("violations", hasSize(2));
        put("T", "{\"alternatives\":[\"A\"]}").statusCode(422).body("code", equalTo("template-invalid"));
        given().get(PATH + "t").then().statusCode(404);
    }

    @Test
    void makesTheNoteOfADraft() {
        put(
                "group",
                "{\"alternatives\":[\"Hi {{firstName}}{{#group}}, we are both in {{group}}{{/group}}.\"],"
                        + "\"fallbacks\":{\"firstName\":\"there\"}}");

        draft("\"profile\":\"tom\",\"firstName\":\"Tom\",\"template\":\"group\",\"fields\":{\"group\":\"JavaBin\"}")
                .statusCode(201)
                .body("note", equalTo("Hi Tom, we are both in JavaBin."))
                .body("template", equalTo("group"))
                .body("alternative", is(1));
        draft("\"profile\":\"tim\",\"template\":\"group\"")
                .statusCode(201)
                .body("note", equalTo("Hi there."))
                .body("advice.code", contains("note-generic"));
        given().contentType("text/csv")
                .body("profile,firstName,template,group\nkim,Kim,group,JavaBin\npia,Pia,nope,\n")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .body("enqueued", equalTo(1))
                .body("refused.code", contains("draft-invalid"))
                .body("refused[0].detail", containsString("There are group."));
        assertThat(query("select note || '/' || template || '/' || alternative from invitation where profile = 'kim'"))
                .containsExactly("Hi Kim, we are both in JavaBin./group/1");
    }

    @Test
    void aDraftIsRefusedForWhatAnyAlternativeLacks() {
        put("t", "{\"alternatives\":[\"Hi\",\"Hi {{firstName}} of {{company}}\"]}");

        draft("\"profile\":\"tom\",\"firstName\":\"Tom\",\"template\":\"t\"")
                .statusCode(422)
                .body("code", equalTo("draft-invalid"))
                .body("violations.field", contains("template"))
                .body("violations[0].message", containsString("needs company"));
        draft("\"profile\":\"tom\",\"note\":\"Hi\",\"template\":\"t\"")
                .statusCode(422)
                .body("violations[0].message", containsString("not both"));
        draft("\"profile\":\"tom\",\"template\":\"nope\"")
                .statusCode(422)
                .body("code", equalTo("draft-invalid"))
                .body("violations[0].message", containsString("There are t."));
    }

    @Test
    void theLongestAlternativeMustFitBeforeAnythingIsEnqueued() {
        put("t", "{\"alternatives\":[\"Hi {{firstName}}\",\"Hi {{firstName}}" + " and so on".repeat(18) + "\",\"Hi\"]}")
                .statusCode(201);

        for (int person = 0; person < 6; person++) {
            draft("\"profile\":\"p" + person + "\",\"firstName\":\"" + "T".repeat(18) + "\",\"template\":\"t\"")
                    .statusCode(422)
                    .body("code", equalTo("note-too-long"))
                    .body(
                            "violations[0].message",
                            containsString("alternative 2 of the template t has 201 characters"));
        }
        draft("\"profile\":\"tom\",\"firstName\":\"" + "T".repeat(17) + "\",\"template\":\"t\"")
                .statusCode(201);
    }

    @Test
    void aPersonAlwaysGetsTheSameAlternativeAndAllAreUsedEvenly() {
        StringBuilder csv = new StringBuilder("profile,template\n");
        for (int i = 0; i < 900; i++) {
            csv.append("person-").append(i).append(",t\n");
        }
        put("t", "{\"alternatives\":[\"A\",\"B\",\"C\"]}");
        account("other", "");
        json("{\"alternatives\":[\"A\",\"B\",\"C\"]}").put("/api/v1/accounts/other/templates/t");
        for (String account : List.of("anna", "other")) {
            given().contentType("text/csv")
                    .body(csv.toString())
                    .post("/api/v1/accounts/" + account + "/imports")
                    .then()
                    .body("enqueued", equalTo(900));
        }

        assertThat(count("select count(*) from invitation a join invitation b using (profile, note, alternative)"
                        + " where a.account = 'anna' and b.account = 'other'"))
                .isEqualTo(900);
        assertThat(query("select count(*) from invitation where account = 'anna' group by alternative"))
                .hasSize(3)
                .allSatisfy(count -> assertThat(Integer.parseInt(count)).isBetween(250, 350));
        assertThat(query("select distinct alternative || note from invitation order by 1"))
                .containsExactly("1A", "2B", "3C");
    }

    @Test
    void aQueuedInvitationTakesAnotherTemplateOrANoteOfItsOwn() {
        put("t", "{\"alternatives\":[\"Hi {{firstName}}, {{group}}\"]}");
        put("u", "{\"alternatives\":[\"Dear {{firstName}}, {{group}}\"]}");
        long id = enqueue("anna", "tom", "\"firstName\":\"Tom\",\"template\":\"t\",\"fields\":{\"group\":\"JavaBin\"}");

        patch(id, "\"template\":\"u\"")
                .statusCode(200)
                .body("note", equalTo("Dear Tom, JavaBin"))
                .body("template", equalTo("u"));
        patch(id, "\"note\":\"Hi Tom\"")
                .statusCode(200)
                .body("note", equalTo("Hi Tom"))
                .body("template", nullValue())
                .body("alternative", nullValue());
        patch(id, "\"template\":\"t\",\"note\":\"Hi\"").statusCode(422).body("code", equalTo("draft-invalid"));
        patch(id, "\"template\":\"nope\"").statusCode(422);
        patch(id, "\"template\":\"t\"").statusCode(200).body("note", equalTo("Hi Tom, JavaBin"));
        given().delete(PATH + "t").then().statusCode(204);
        given().get("/api/v1/accounts/anna/invitations/" + id).then().body("note", equalTo("Hi Tom, JavaBin"));
        patch(id, "\"template\":null").statusCode(200).body("note", nullValue()).body("template", nullValue());
    }

    @Test
    void anAccountHoldsTwoHundred() {
        execute("insert into template select 'anna', 't-' || n, '[\"A\"]', '{}', service_now(), service_now()"
                + " from generate_series(1, 200) n");
        put("one-more", "{\"alternatives\":[\"A\"]}").statusCode(422).body("code", equalTo("template-invalid"));
        put("t-1", "{\"alternatives\":[\"B\"]}").statusCode(200);
    }
}
