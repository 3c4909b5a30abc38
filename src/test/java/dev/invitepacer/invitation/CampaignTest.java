package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class CampaignTest extends ServiceTest {
    private static final String CAMPAIGNS = "/api/v1/accounts/anna/campaigns";
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"]},\"burst\":10";

    @BeforeEach
    void makeAnAccount() {
        account("anna", ALWAYS);
    }

    /** The loop finds a draft by its campaign, so that none may be without. */
    @AfterEach
    void everyQueuedDraftHasItsCampaign() {
        assertThat(query("select i.id from invitation i where i.state = 'QUEUED' and not exists (select from campaign c"
                        + " where c.account = i.account and c.name = coalesce(i.campaign, '') collate \"C\")"))
                .isEmpty();
    }

    @Test
    void aDraftMakesItsCampaignWithWeightOne() {
        enqueue("anna", "kamala-eriksen", "\"campaign\":\"Spring 2027\"");
        enqueue("anna", "jonas-berg");
        imported("profile,campaign\nmira-lund,by list\n");

        JsonPath page = get(CAMPAIGNS);
        assertThat(page.getList("items.name")).containsExactly("-", "Spring 2027", "by list");
        assertThat(page.getList("items.weight")).containsOnly(1);
        assertThat(page.getList("items.queued")).containsOnly(1);
        assertThat(json("").urlEncodingEnabled(false)
                        .get(CAMPAIGNS + "/Spring%202027")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getString("name"))
                .isEqualTo("Spring 2027");
    }

    @Test
    void aDryRunMakesNone() {
        json("").contentType("text/csv")
                .body("profile,campaign\nmira-lund,by list\n")
                .post("/api/v1/accounts/anna/imports?dryRun=true")
                .then()
                .statusCode(200);

        assertThat(get(CAMPAIGNS).getList("items")).isEmpty();
    }

    @Test
    void itsInvitationsAreCountedByWhatBecameOfThem() {
        for (String type : List.of("SENT", "ACCEPTED", "DECLINED", "WITHDRAWN", "FAILED")) {
            long invitation =
                    enqueue("anna", "person-" + type.toLowerCase(java.util.Locale.ROOT), "\"campaign\":\"a\"");
            assertThat(releases.round()).isEqualTo(1);
            report("anna", invitation, type, "");
        }
        enqueue("anna", "released", "\"campaign\":\"a\"");
        assertThat(releases.round()).isEqualTo(1);
        enqueue("anna", "queued", "\"campaign\":\"a\",\"notBefore\":\"2027-01-01T00:00:00Z\"");

        assertThat(get(CAMPAIGNS + "/a").getMap("").toString())
                .isEqualTo("{name=a, weight=1, paused=false, queued=1, released=1, pending=1, accepted=1, declined=1,"
                        + " withdrawn=1}");
    }

    @Test
    void aConnectionThatThereWasAlreadyIsNoAcceptance() {
        long invitation = enqueue("anna", "old-friend", "\"campaign\":\"a\"");
        assertThat(releases.round()).isEqualTo(1);
        report("anna", invitation, "REFUSED", "\"refusal\":\"ALREADY_CONNECTED\"");

        assertThat(state("anna", invitation)).isEqualTo("ACCEPTED");
        assertThat(get(CAMPAIGNS + "/a").getInt("accepted")).isZero();
    }

    @Test
    void theListIsPagedByName() {
        for (int i = 0; i < 5; i++) {
            put("c" + i, 1, 201);
        }
        enqueue("anna", "jonas-berg");

        JsonPath first = get(CAMPAIGNS + "?limit=1");
        assertThat(first.getList("items.name")).containsExactly("-");
        JsonPath second = get(CAMPAIGNS + "?limit=3&cursor=" + first.getString("next"));
        assertThat(second.getList("items.name")).containsExactly("c0", "c1", "c2");
        JsonPath last = get(CAMPAIGNS + "?limit=3&cursor=" + second.getString("next"));
        assertThat(last.getList("items.name")).containsExactly("c3", "c4");
        assertThat(last.getString("next")).isNull();
    }

    @Test
    void aWeightIsFromOneToAHundredAndItsChangeIsTold() {
        put("a", 3, 201);
        put("a", 3, 200);
        put("a", 100, 200);

        for (String wrong : List.of("0", "101", "1.5", "\"3\"", "null")) {
            json("{\"weight\":" + wrong + "}").put(CAMPAIGNS + "/a").then().statusCode(422);
        }
        json("{\"weight\":1,\"colour\":\"red\"}").put(CAMPAIGNS + "/a").then().statusCode(422);
        assertThat(get(CAMPAIGNS + "/a").getInt("weight")).isEqualTo(100);
        assertThat(get("/api/v1/accounts/anna/history").getList("items.event"))
                .containsExactly("account.campaign-changed", "account.campaign-changed", "account.created");
        assertThat(get("/api/v1/accounts/anna/history").getString("items[0].detail"))
                .isEqualTo("[weight:100, campaign:a]");
    }

    @Test
    void aChangedWeightKeepsWhatTheCampaignIsAheadInReleases() {
        put("a", 1, 201);
        execute("update campaign set share_tag = 5000; update pace set share_time = 4000");

        put("a", 100, 200);
        assertThat(query("select share_tag from campaign where name = 'a'")).containsExactly("4010");
        put("a", 50, 200);
        assertThat(query("select share_tag from campaign where name = 'a'")).containsExactly("4020");
    }

    @Test
    void aNameIsOneThatADraftMayUse() {
        json("{\"profile\":\"jonas-berg\",\"campaign\":\"..\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(422)
                .body("violations.field", org.hamcrest.Matchers.contains("campaign"));
        for (String wrong : List.of("a%2Fb", "a%00b", "%E2%82%AC", "a".repeat(64), "%20")) {
            json("{\"weight\":1}")
                    .urlEncodingEnabled(false)
                    .put(CAMPAIGNS + "/" + wrong)
                    .then()
                    .statusCode(422);
            json("").urlEncodingEnabled(false)
                    .get(CAMPAIGNS + "/" + wrong)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("campaign-unknown"));
        }
        json("{\"profile\":\"jonas-berg\",\"campaign\":\"-\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(422)
                .body("code", equalTo("draft-invalid"))
                .body("detail", containsString("stands for the drafts of no campaign"));
        put("%20e%CC%81te", 1, 201);
        enqueue("anna", "jonas-berg", "\"campaign\":\"\u00e9te\"");
        assertThat(get(CAMPAIGNS).getList("items.name")).containsExactly("\u00e9te");
    }

    @Test
    void pausingAndResumingTwiceChangesNothing() {
        enqueue("anna", "jonas-berg", "\"campaign\":\"a\"");
        for (String what : List.of("pause", "pause", "resume", "resume")) {
            post("a", what, "").statusCode(200).body("paused", equalTo(what.equals("pause")));
        }

        assertThat(get("/api/v1/accounts/anna/history").getList("items.event"))
                .containsExactly("account.campaign-resumed", "account.campaign-paused", "account.created");
    }

    @Test
    void itsQueuedDraftsMoveToAnotherWithTheirPlaces() {
        long old = enqueue("anna", "old", "\"campaign\":\"a\"");
        setTime(MONDAY_8.plusSeconds(60));
        long young = enqueue("anna", "young", "\"campaign\":\"b\"");
        long none = enqueue("anna", "none");

        post("a", "move", "{\"to\":\"b\"}")
                .statusCode(200)
                .body("changed", equalTo(1))
                .body("left", equalTo(0));
        post("-", "move", "{\"to\":\"new\"}").statusCode(200).body("changed", equalTo(1));
        post("new", "move", "{\"to\":\"-\"}").statusCode(200).body("changed", equalTo(1));

        assertThat(get("/api/v1/accounts/anna/invitations?campaign=b").getList("items.id"))
                .containsExactly((int) old, (int) young);
        assertThat(get("/api/v1/accounts/anna/invitations/" + none).getString("campaign"))
                .isNull();
        assertThat(get("/api/v1/accounts/anna/invitations/" + old + "/history").getString("items[1].detail.campaign"))
                .isEqualTo("b");
        post("a", "pause", "");
        releases.round();
        assertThat(query("select i.profile from ledger l join invitation i on i.id = l.invitation order by l.id"))
                .containsSubsequence("old", "young");
    }

    @Test
    void movingNeedsAnotherCampaign() {
        put("a", 1, 201);

        post("a", "move", "{\"to\":\"a\"}").statusCode(422);
        post("a", "move", "{}").statusCode(422);
        post("a", "move", "{\"to\":\"a/b\"}").statusCode(422);
        post("nobody", "move", "{\"to\":\"a\"}").statusCode(404);
    }

    @Test
    void cancellingTakesItsQueuedDraftsAndNoOthers() {
        long released = enqueue("anna", "released", "\"campaign\":\"a\"");
        releases.round();
        long queued = enqueue("anna", "queued", "\"campaign\":\"a\"");
        long other = enqueue("anna", "other", "\"campaign\":\"b\"");

        post("a", "cancel", "").statusCode(200).body("changed", equalTo(1)).body("left", equalTo(0));
        post("a", "cancel", "").statusCode(200).body("changed", equalTo(0));

        assertThat(state("anna", released)).isEqualTo("RELEASED");
        assertThat(state("anna", queued)).isEqualTo("CANCELLED");
        assertThat(state("anna", other)).isEqualTo("QUEUED");
        assertThat(get("/api/v1/accounts/anna/invitations/" + queued + "/history")
                        .getString("items[1].detail.reason"))
                .isEqualTo("CAMPAIGN");
    }

    @Test
    void itIsForgottenOnceNothingOfItCanGoOrComeBack() {
        long invitation = enqueue("anna", "jonas-berg", "\"campaign\":\"a\"");
        json("").delete(CAMPAIGNS + "/a").then().statusCode(409).body("code", equalTo("campaign-in-use"));
        releases.round();
        json("").delete(CAMPAIGNS + "/a").then().statusCode(409);
        report("anna", invitation, "SENT", "");

        json("").delete(CAMPAIGNS + "/a").then().statusCode(204);
        json("").delete(CAMPAIGNS + "/a").then().statusCode(404);
        assertThat(get("/api/v1/accounts/anna/invitations?campaign=a").getList("items"))
                .hasSize(1);
    }

    @Test
    void anAccountHasAtMostTwoHundred() {
        enqueue("anna", "nobodys");
        imported("profile,campaign\n"
                + IntStream.range(0, 200).mapToObj(i -> "p" + i + ",c" + i).collect(Collectors.joining("\n")) + "\n");
        assertThat(count("select count(*) from campaign")).isEqualTo(201);

        json("{\"profile\":\"one-more\",\"campaign\":\"c200\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(422)
                .body("detail", containsString("at most 200 campaigns"));
        json("{\"weight\":1}").put(CAMPAIGNS + "/c200").then().statusCode(422);
        json("{\"campaign\":\"c200\"}")
                .patch("/api/v1/accounts/anna/invitations/"
                        + query("select min(id) from invitation").get(0))
                .then()
                .statusCode(422);
        enqueue("anna", "one-more", "\"campaign\":\"c7\"");
        post("c9", "move", "{\"to\":\"c8\"}").statusCode(200);
        json("").delete(CAMPAIGNS + "/c9").then().statusCode(204);
        put("c200", 1, 201);
    }

    @Test
    void aPatchedCampaignIsMadeToo() {
        long invitation = enqueue("anna", "jonas-berg");

        json("{\"campaign\":\"later\"}")
                .patch("/api/v1/accounts/anna/invitations/" + invitation)
                .then()
                .statusCode(200);

        assertThat(get(CAMPAIGNS + "/later").getInt("queued")).isEqualTo(1);
    }

    private static void put(String name, int weight, int status) {
        json("{\"weight\":" + weight + "}")
                .urlEncodingEnabled(false)
                .put(CAMPAIGNS + "/" + name)
                .then()
                .statusCode(status);
    }

    private static ValidatableResponse post(String name, String what, String body) {
        return (body.isEmpty() ? io.restassured.RestAssured.given() : json(body))
                .post(CAMPAIGNS + "/" + name + "/" + what)
                .then();
    }

    private static void imported(String csv) {
        json("").contentType("text/csv")
                .body(csv)
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(200);
    }
}
