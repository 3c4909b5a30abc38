package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** What a change would do is what it does, and nothing of it is there before it is made. */
@QuarkusTest
class PreviewTest extends ServiceTest {
    private static final String TWENTY = "\"weeklyCap\":20,\"spread\":\"CAP\"";

    @Test
    void whatIsForetoldIsWhatTheChangedAccountIsForetold() {
        account("anna", TWENTY);
        enqueueMany("anna", 60);

        JsonPath preview = preview("anna", "{\"weeklyCap\":40,\"timeZone\":\"Europe/Oslo\"}");

        assertThat(preview.getMap("changes"))
                .hasSize(2)
                .containsEntry("weeklyCap", java.util.Map.of("from", 20, "to", 40))
                .containsEntry("timeZone", java.util.Map.of("from", "UTC", "to", "Europe/Oslo"));
        side(preview, "before", "anna");
        assertThat(preview.getList("before.perWeek")).containsExactly(20, 20, 20);
        assertThat(preview.getString("before.interval")).isEqualTo("PT2H");

        json("{\"weeklyCap\":40,\"timeZone\":\"Europe/Oslo\"}")
                .patch("/api/v1/accounts/anna")
                .then()
                .statusCode(200);
        side(preview, "after", "anna");
        assertThat(preview.getList("after.perWeek")).containsExactly(40, 20);
        assertThat(preview.getString("after.interval")).isEqualTo("PT1H");
        assertThat(preview.getString("emptyLaterBy")).startsWith("PT-");
        assertThat(preview.getInt("moreReleased")).isZero();
    }

    private void side(JsonPath preview, String side, String account) {
        JsonPath pacing = pacing(account);
        JsonPath forecast = get("/api/v1/accounts/" + account + "/forecast");
        for (String field : List.of("decision", "reason", "until", "nextReleaseAt", "interval", "cap", "notes")) {
            assertThat((Object) preview.get(side + "." + field)).as(field).isEqualTo(pacing.get(field));
        }
        for (String field : List.of("released", "queueEmptyAt", "knownUntil", "notWithin", "perWeek")) {
            assertThat((Object) preview.get(side + "." + field)).as(field).isEqualTo(forecast.get(field));
        }
    }

    @Test
    void nothingIsChanged() {
        account("anna", TWENTY + ",\"adaptive\":true,\"warmUp\":{\"start\":5,\"step\":5}");
        enqueueMany("anna", 3);
        releases.round();
        List<String> before = everything();

        preview("anna", "{\"weeklyCap\":150,\"adaptive\":false,\"warmUp\":null,\"withdrawAt\":\"05:00\"}");

        assertThat(everything()).isEqualTo(before);
    }

    private List<String> everything() {
        return query("select cast(a as text) from account a union all select cast(p as text) from pace p"
                + " union all select cast(h as text) from history h union all select cast(t as text) from task t");
    }

    @Test
    void itIsRefusedAsTheChangeIs() {
        account("anna", "\"tier\":\"PREMIUM\"");
        enqueue("anna", "long", "\"note\":\"" + "Hello. ".repeat(40).strip() + "\"");
        for (String patch : List.of(
                "{\"weeklyCap\":201,\"burst\":0}",
                "{\"tier\":\"BASIC\"}",
                "{\"channel\":\"LINKEDIN\"}",
                "{\"nonsense\":1}",
                "{\"name\":null}",
                "[]",
                "{")) {
            JsonPath asked = json(patch)
                    .post("/api/v1/accounts/anna/preview")
                    .then()
                    .extract()
                    .jsonPath();
            JsonPath made =
                    json(patch).patch("/api/v1/accounts/anna").then().extract().jsonPath();
            assertThat(asked.getMap("")).as(patch).isEqualTo(made.getMap("")).containsKey("code");
        }
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/accounts/nobody/preview")
                .then()
                .statusCode(404);
        json("{}").post("/api/v1/accounts/anna/preview?days=0").then().statusCode(400);
    }

    @Test
    void whoATeammateHasContactedIsToldBeforeTheAccountJoinsTheTeam() {
        account("bob", "\"group\":\"sales\"");
        account("anna", "");
        long bobs = enqueue("bob", "person-1");
        report("bob", bobs, "SENT_BY_HAND", "");
        enqueueMany("anna", 3);

        JsonPath preview = preview("anna", "{\"group\":\"sales\"}");

        assertThat(preview.getList("queuedNowRefused.reason")).containsExactly("CONTACTED_BY_TEAMMATE");
        assertThat(preview.getList("queuedNowRefused.count")).containsExactly(1);
        assertThat(preview.getInt("looked")).isEqualTo(3);
        assertThat(preview("anna", "{\"weeklyCap\":50}").getList("queuedNowRefused"))
                .isEmpty();
    }

    private static JsonPath preview(String account, String patch) {
        return json(patch)
                .post("/api/v1/accounts/" + account + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
