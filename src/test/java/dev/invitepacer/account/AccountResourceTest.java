package dev.invitepacer.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Accounts through the API: made, changed, paused, listed, deleted. */
@QuarkusTest
class AccountResourceTest extends ServiceTest {
    private static final String ANNA = "/api/v1/accounts/anna";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    @Test
    void aNewAccountIsCreatedWhereItsAddressSays() {
        json("{\"name\":\"Anna\"}")
                .put(ANNA)
                .then()
                .statusCode(201)
                .header("Location", endsWith(ANNA))
                .body("account", equalTo("anna"))
                .body("createdAt", equalTo("2026-11-23T08:00:00Z"))
                .body("summary.queued", equalTo(0));
        assertThat(get(ANNA).getString("name")).isEqualTo("Anna");
    }

    @Test
    void puttingItAgainReplacesEverySettingAndKeepsItsAge() {
        account("anna", "\"weeklyCap\":40,\"tier\":\"PREMIUM\"");
        advance(Duration.ofHours(1));

        json("{\"name\":\"Anna B\",\"burst\":2}")
                .put(ANNA)
                .then()
                .statusCode(200)
                .body("name", equalTo("Anna B"))
                .body("weeklyCap", equalTo(100))
                .body("tier", equalTo("BASIC"))
                .body("burst", equalTo(2))
                .body("createdAt", equalTo("2026-11-23T08:00:00Z"))
                .body("changedAt", equalTo("2026-11-23T09:00:00Z"));
    }

    @Test
    void whatWasReadCanBePutAgain() {
        account("anna", "\"weeklyCap\":40,\"warmUp\":{\"start\":5,\"step\":5},\"restDays\":[\"2026-12-24\"]");
        String read = given().get(ANNA).asString();

        String put = json(read).put(ANNA).then().statusCode(200).extract().asString();

        assertThat(settings(put)).isEqualTo(settings(read));
        assertThat(query("select event from history order by id")).containsExactly("account.created");
    }

    @Test
    void aNameIsASlugOf63() {
        for (String taken : List.of("a", "0", "-", "a".repeat(63))) {
            json("{\"name\":\"x\"}").put("/api/v1/accounts/" + taken).then().statusCode(201);
        }
        for (String refused : List.of("A", "a_b", "a.b", "é", "a".repeat(64))) {
            json("{\"name\":\"x\"}")
                    .put("/api/v1/accounts/" + refused)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("invalid"))
                    .body("violations.field", equalTo(List.of("account")));
            given().get("/api/v1/accounts/" + refused).then().statusCode(404).body("code", equalTo("account-unknown"));
        }
    }

    @Test
    void everyViolationIsToldAtOnceAndNothingIsKept() {
        json("{\"weeklyCap\":201,\"burst\":0,\"timeZone\":\"Mars\",\"weekly_cap\":3,\"withdrawAt\":7}")
                .put(ANNA)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("6 values"))
                .body(
                        "violations.field",
                        containsInAnyOrder("name", "weeklyCap", "burst", "timeZone", "weekly_cap", "withdrawAt"));
        given().get(ANNA).then().statusCode(404);
    }

    @Test
    void aBodyIsUtf8WithOrWithoutAByteOrderMark() {
        for (Charset other : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
            given().contentType("application/json")
                    .body("{\"name\":\"Søren\"}".getBytes(other))
                    .put(ANNA)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("unreadable"));
        }
        given().contentType("application/json")
                .body("\uFEFF{\"name\":\"Søren\"}".getBytes(StandardCharsets.UTF_8))
                .put(ANNA)
                .then()
                .statusCode(201)
                .body("name", equalTo("Søren"));
    }

    @Test
    void anUnknownFieldIsRefusedWithAHint() {
        json("{\"name\":\"x\",\"weeklycap\":3}")
                .put(ANNA)
                .then()
                .statusCode(422)
                .body("violations.message", equalTo(List.of("is not known here; do you mean weeklyCap?")));
    }

    @Test
    void aPatchChangesWhatItNamesAndNullBringsTheDefaultBack() {
        account("anna", "\"weeklyCap\":40,\"dailyCap\":9,\"warmUp\":{\"start\":5,\"step\":5},\"burst\":3");

        given().contentType(MERGE_PATCH)
                .body("""
                        {"weeklyCap":null,"dailyCap":null,"warmUp":{"step":7},"activeHours":{"FRIDAY":null,"SUNDAY":["10:00-11:00"]}}""")
                .patch(ANNA)
                .then()
                .statusCode(200)
                .body("weeklyCap", equalTo(100))
                .body("dailyCap", nullValue())
                .body("burst", equalTo(3))
                .body("warmUp.start", equalTo(5))
                .body("warmUp.step", equalTo(7))
                .body("activeHours.FRIDAY", nullValue())
                .body("activeHours.SUNDAY", equalTo(List.of("10:00-11:00")))
                .body("activeHours.MONDAY", equalTo(List.of("09:00-17:00")));
        json("{\"name\":null}").patch(ANNA).then().statusCode(422);
        json("{\"weeklyCap\":201}").patch(ANNA).then().statusCode(422);
        json("{}").patch("/api/v1/accounts/nobody").then().statusCode(404).body("code", equalTo("account-unknown"));
    }

    @Test
    void theHistoryTellsEachChangeNewestFirst() {
        account("anna", "");
        advance(Duration.ofMinutes(1));
        json("{\"weeklyCap\":40}").patch(ANNA).then().statusCode(200);
        json("{\"weeklyCap\":40}").patch(ANNA).then().statusCode(200);
        json("{\"reason\":\"ill\"}").post(ANNA + "/pause").then().statusCode(200);
        given().post(ANNA + "/resume").then().statusCode(200);
        given().post(ANNA + "/resume").then().statusCode(200);

        JsonPath history = get(ANNA + "/history");

        assertThat(history.getList("items.event"))
                .containsExactly("account.resumed", "account.paused", "account.changed", "account.created");
        assertThat(history.getInt("items[2].detail.weeklyCap.from")).isEqualTo(100);
        assertThat(history.getInt("items[2].detail.weeklyCap.to")).isEqualTo(40);
        assertThat(history.getString("items[2].at")).isEqualTo("2026-11-23T08:01:00Z");
        assertThat(history.getString("items[1].detail.reason")).isEqualTo("ill");
        assertThat(history.getString("items[3].actor")).isEqualTo("api");

        JsonPath first = get(ANNA + "/history?limit=3");
        JsonPath second = get(ANNA + "/history?limit=3&cursor=" + first.getString("next"));
        assertThat(second.getList("items.event")).containsExactly("account.created");
        assertThat(second.getString("next")).isNull();
    }

    @Test
    void theHistoryTellsOnlyTheEventsThatAreAskedFor() {
        account("anna", "");
        json("{\"reason\":\"ill\"}").post(ANNA + "/pause").then().statusCode(200);
        given().post(ANNA + "/resume").then().statusCode(200);
        json("{\"weeklyCap\":40}").patch(ANNA).then().statusCode(200);

        assertThat(pausesAndResumptions(Map.of()).getList("items.event"))
                .containsExactly("account.resumed", "account.paused");
        JsonPath first = pausesAndResumptions(Map.of("limit", "1"));
        assertThat(pausesAndResumptions(Map.of("limit", "1", "cursor", first.getString("next")))
                        .getList("items.event"))
                .containsExactly("account.paused");
        assertThat(get(ANNA + "/history?event=").getList("items")).hasSize(4);
        given().get(ANNA + "/history?event=account.payed")
                .then()
                .statusCode(400)
                .body("code", equalTo("unreadable"), "detail", containsString("account.paused"));
    }

    private static JsonPath pausesAndResumptions(Map<String, String> page) {
        return given().queryParam("event", "account.paused", "account.resumed")
                .queryParams(page)
                .get(ANNA + "/history")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void anAccountPausedUntilATimeGoesOnThen() {
        account("anna", "");
        enqueueMany("anna", 3);
        json("{\"reason\":\"leave\",\"until\":\"2026-11-25T12:00:00+01:00\"}")
                .post(ANNA + "/pause")
                .then()
                .statusCode(200)
                .body("summary.pauseReason", equalTo("leave"))
                .body("summary.pausedUntil", equalTo("2026-11-25T11:00:00Z"));

        List<Instant> released = run(Duration.ofMinutes(10), Instant.parse("2026-11-25T12:00:00Z"));

        assertThat(released).isNotEmpty().allSatisfy(at -> assertThat(at).isAfterOrEqualTo("2026-11-25T11:00:00Z"));
    }

    @Test
    void anAccountPausedForGoodGoesOnWhenItIsResumed() {
        account("anna", "");
        enqueueMany("anna", 3);
        json("{\"reason\":\"ill\"}").post(ANNA + "/pause").then().statusCode(200);
        assertThat(run(Duration.ofHours(1), MONDAY_8.plus(Duration.ofDays(2)))).isEmpty();
        assertThat(pacing("anna").getString("reason")).isEqualTo("PAUSED");

        given().post(ANNA + "/resume").then().statusCode(200).body("summary.pauseReason", nullValue());

        assertThat(run(Duration.ofHours(1), MONDAY_8.plus(Duration.ofDays(3)))).isNotEmpty();
    }

    @Test
    void aPauseNeedsAReasonAndEndsInTheFuture() {
        account("anna", "");
        for (String refused : List.of(
                "{}",
                "{\"reason\":\" \"}",
                "{\"reason\":null}",
                "{\"reason\":\"x\",\"until\":\"2026-11-23T08:00:00Z\"}",
                "{\"reason\":\"x\",\"until\":\"tomorrow\"}",
                "{\"reason\":\"x\",\"til\":null}",
                "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
            json(refused).post(ANNA + "/pause").then().statusCode(422).body("violations", hasSize(1));
        }
        assertThat(get(ANNA).getString("summary.pauseReason")).isNull();
    }

    @Test
    void aTierWithShorterNotesWaitsUntilQueuedNotesFit() {
        account("anna", "\"tier\":\"PREMIUM\"");
        long tooLong = enqueue("anna", "a-long-note", "\"note\":\"" + "ø".repeat(201) + "\"");
        enqueue("anna", "a-fitting-note", "\"note\":\"" + "ø".repeat(200) + "\"");

        for (String body : List.of("{\"tier\":null}", "{\"tier\":\"BASIC\"}")) {
            json(body)
                    .patch(ANNA)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("note-too-long"))
                    .body(
                            "detail",
                            containsString("1 notes that are queued, or released and not yet sent, are longer"));
        }
        assertThat(get(ANNA).getString("tier")).isEqualTo("PREMIUM");
        given().delete(ANNA + "/invitations/" + tooLong).then().statusCode(204);
        json("{\"tier\":\"BASIC\"}").patch(ANNA).then().statusCode(200).body("tier", equalTo("BASIC"));
    }

    @Test
    void anAccountWithWorkIsDeletedByForceOnly() {
        account("anna", "");
        enqueue("anna", "somebody");

        given().delete(ANNA)
                .then()
                .statusCode(409)
                .body("code", equalTo("account-in-use"))
                .body("detail", containsString("1 queued, 0 released and 0 pending"));
        given().delete(ANNA + "?force=yes").then().statusCode(400).body("code", equalTo("unreadable"));
        given().delete(ANNA + "?force=true").then().statusCode(204);
        given().get(ANNA).then().statusCode(404);
        assertThat(count("select count(*) from invitation")).isZero();
        given().delete(ANNA).then().statusCode(404).body("code", equalTo("account-unknown"));
    }

    @Test
    void anIdleAccountIsDeletedAtOnce() {
        account("anna", "");
        given().delete(ANNA + "/invitations/" + enqueue("anna", "somebody"))
                .then()
                .statusCode(204);

        given().delete(ANNA).then().statusCode(204);
    }

    @Test
    void deletingAndMakingItAnewDoesNotRefillItsCap() {
        String hours =
                "\"weeklyCap\":4,\"burst\":4,\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"]}";
        account("anna", hours);
        enqueueMany("anna", 10);
        assertThat(run(Duration.ofMinutes(30), MONDAY_8.plus(Duration.ofHours(2))))
                .hasSize(4);

        given().delete(ANNA + "?force=true").then().statusCode(204);
        account("anna", hours);
        enqueueMany("anna", 10);

        assertThat(run(Duration.ofHours(1), MONDAY_8.plus(Duration.ofDays(7)))).isEmpty();
        assertThat(pacing("anna").getString("reason")).isEqualTo("WEEKLY_CAP");
        assertThat(run(Duration.ofMinutes(30), MONDAY_8.plus(Duration.ofDays(7)).plus(Duration.ofHours(2))))
                .hasSize(4);
    }

    @Test
    void accountsAreListedInPages() {
        for (int i = 100; i < 107; i++) {
            account("account-" + i, "");
        }
        List<String> walked = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = get("/api/v1/accounts?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(page.getList("items").size()).isBetween(1, 3);
            walked.addAll(page.getList("items.account"));
            cursor = page.getString("next");
        }
        assertThat(walked).hasSize(7).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyCallOnAnUnknownAccountIs404() {
        for (String address :
                List.of("", "/history", "/pacing", "/invitations", "/invitations/1", "/invitations/1/history")) {
            given().get("/api/v1/accounts/nobody" + address)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("account-unknown"))
                    .body("detail", containsString("PUT /api/v1/accounts/nobody makes it"));
        }
        for (String address : List.of("/pause", "/resume", "/invitations", "/reports", "/invitations/1/withdraw")) {
            String body = address.equals("/pause")
                    ? "{\"reason\":\"x\"}"
                    : address.equals("/reports") ? "{\"type\":\"SENT\",\"profile\":\"x-y\"}" : "{\"profile\":\"x-y\"}";
            json(body)
                    .post("/api/v1/accounts/nobody" + address)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("account-unknown"));
        }
    }

    private static Object settings(String json) {
        var settings = new java.util.TreeMap<String, Object>(new JsonPath(json).getMap(""));
        settings.keySet().removeAll(List.of("changedAt", "summary"));
        return settings;
    }
}
