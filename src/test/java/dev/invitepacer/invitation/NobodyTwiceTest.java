package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.faults.AllHours;

/** Nobody is invited twice: teammates, cooldowns as dates, and the one second try. */
@QuarkusTest
class NobodyTwiceTest extends ServiceTest {
    private static final String COOLDOWN_END = "2026-12-14T08:00:00Z";

    @Test
    void aTeammatesQueuedPendingAndAcceptedInvitationsAreLeftToThem() {
        account("anna", "\"group\":\"sales\"");
        account("ben", "\"group\":\"sales\"");
        account("cleo", "\"group\":\"hiring\"");
        account("dora", "");
        long invitation = enqueue("anna", "kamala-eriksen");

        refused("ben", "kamala-eriksen", "contacted-by-teammate").body("availableAt", nullValue());
        assertThat(enqueue("cleo", "kamala-eriksen")).isPositive();
        assertThat(enqueue("dora", "kamala-eriksen")).isPositive();
        report("anna", invitation, "SENT", "");
        refused("ben", "kamala-eriksen", "contacted-by-teammate").body("availableAt", nullValue());
        report("anna", invitation, "ACCEPTED", "");
        advance(Duration.ofDays(700));
        refused("ben", "kamala-eriksen", "contacted-by-teammate").body("availableAt", nullValue());
    }

    @Test
    void afterATeammatesInvitationTheWindowMustPass() {
        account("anna", "\"group\":\"sales\"");
        account("ben", "\"group\":\"sales\",\"groupWindow\":\"P10D\"");
        long invitation = enqueue("anna", "kamala-eriksen");
        report("anna", invitation, "SENT", "");
        advance(Duration.ofDays(2));
        report("anna", invitation, "DECLINED", "");

        refused("ben", "kamala-eriksen", "contacted-by-teammate").body("availableAt", equalTo("2026-12-03T08:00:00Z"));
        setTime(Instant.parse("2026-12-03T07:59:59Z"));
        refused("ben", "kamala-eriksen", "contacted-by-teammate");
        setTime(Instant.parse("2026-12-03T08:00:00Z"));
        assertThat(enqueue("ben", "kamala-eriksen")).isPositive();
    }

    @Test
    void aTeammatesCancelledAndFailedInvitationsStandInNobodysWay() {
        account("anna", "\"group\":\"sales\"");
        account("ben", "\"group\":\"sales\"");
        long cancelled = enqueue("anna", "kamala-eriksen");
        given().delete("/api/v1/accounts/anna/invitations/" + cancelled).then().statusCode(204);
        long failed = enqueue("anna", "jonas-nakamura");
        report("anna", failed, "FAILED", "");

        assertThat(enqueue("ben", "kamala-eriksen")).isPositive();
        assertThat(enqueue("ben", "jonas-nakamura")).isPositive();
    }

    @Test
    void ofSeveralRefusalsTheFirstInTheDocumentedOrderIsTold() {
        account("anna", "\"group\":\"sales\"");
        account("ben", "\"group\":\"sales\"");
        withdrawn("anna", "kamala-eriksen");
        // Ben's was queued before they were teammates, as far as the rules can tell.
        execute("update account set settings = settings - 'group' where account = 'ben'");
        enqueue("ben", "kamala-eriksen");
        execute("update account set settings = jsonb_set(settings, '{group}', '\"sales\"') where account = 'ben'");
        execute("insert into suppression values ('kamala-eriksen', null, 'api', service_now())");

        refused("anna", "kamala-eriksen", "in-cooldown").body("availableAt", equalTo(COOLDOWN_END));
        refusedWith("anna", "kamala-eriksen", "?onCooldown=PARK", "suppressed");
        execute("truncate suppression");
        refusedWith("anna", "kamala-eriksen", "?onCooldown=PARK", "contacted-by-teammate");
        refused("ben", "kamala-eriksen", "already-queued");
    }

    @Test
    void aDraftForSomebodyInCooldownIsParkedWhereTheAccountOrTheRequestWantsIt() {
        account("anna", "");
        withdrawn("anna", "kamala-eriksen");

        refused("anna", "kamala-eriksen", "in-cooldown");
        parked("anna", "kamala-eriksen", "?onCooldown=PARK", "")
                .body("parkedUntil", equalTo(COOLDOWN_END))
                .body("notBefore", equalTo(COOLDOWN_END))
                .body("state", equalTo("QUEUED"));
        withdrawn("anna", "jonas-nakamura");
        account("anna", "\"onCooldown\":\"PARK\"");
        parked("anna", "jonas-nakamura", "", ",\"notBefore\":\"2027-01-01T00:00:00Z\"")
                .body("parkedUntil", equalTo(COOLDOWN_END))
                .body("notBefore", equalTo("2027-01-01T00:00:00Z"));
        withdrawn("anna", "lena-okafor");
        refusedWith("anna", "lena-okafor", "?onCooldown=REFUSE", "in-cooldown");
        enqueue("anna", "nobody-special");

        JsonPath list = get("/api/v1/accounts/anna/invitations?parked=true");
        assertThat(list.getList("items.profile")).containsExactly("kamala-eriksen", "jonas-nakamura");
        assertThat(get("/api/v1/accounts/anna/invitations?state=QUEUED").getList("items"))
                .hasSize(3);
    }

    @Test
    void aParkedDraftGoesWhenTheCooldownIsOverAndNotBefore() {
        account("anna", "\"onCooldown\":\"PARK\"," + AllHours.HOURS);
        withdrawn("anna", "kamala-eriksen");
        long parked = enqueue("anna", "kamala-eriksen");
        String address = "/api/v1/accounts/anna/invitations/" + parked;

        for (String patch : List.of("{\"notBefore\":null}", "{\"notBefore\":\"2026-12-14T07:59:59Z\"}")) {
            json(patch).patch(address).then().statusCode(409).body("code", equalTo("in-cooldown"));
        }
        json("{\"priority\":3}").patch(address).then().statusCode(200).body("parkedUntil", equalTo(COOLDOWN_END));
        setTime(Instant.parse("2026-12-14T07:59:59Z"));
        assertThat(releases.round()).isZero();
        setTime(Instant.parse(COOLDOWN_END));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(get(address).getString("state")).isEqualTo("RELEASED");
        assertThat(get(address).getString("parkedUntil")).isNull();
    }

    @Test
    void aDraftThatWouldLapseBeforeTheCooldownEndsIsNotParked() {
        account("anna", "\"onCooldown\":\"PARK\"");
        withdrawn("anna", "kamala-eriksen");

        json("{\"profile\":\"kamala-eriksen\",\"lapsesAt\":\"" + COOLDOWN_END + "\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("in-cooldown"))
                .body("availableAt", equalTo(COOLDOWN_END))
                .body("detail", org.hamcrest.Matchers.containsString("lapses before that"));
        parked("anna", "kamala-eriksen", "", ",\"lapsesAt\":\"2026-12-14T08:00:01Z\"");
    }

    @Test
    void aListParksToo() {
        account("anna", "");
        withdrawn("anna", "kamala-eriksen");

        for (String how : List.of("REFUSE", "PARK")) {
            given().contentType("text/csv")
                    .body("profile\nkamala-eriksen\n")
                    .post("/api/v1/accounts/anna/imports?onCooldown=" + how)
                    .then()
                    .statusCode(200)
                    .body("enqueued", equalTo(how.equals("PARK") ? 1 : 0));
        }
        given().contentType("text/csv")
                .body("profile\nkamala-eriksen\n")
                .post("/api/v1/accounts/anna/imports?onCooldown=perhaps")
                .then()
                .statusCode(400);
    }

    @Test
    void whomLinkedInPutsInCooldownIsParkedAndStaysInItWhenTheDraftIsCancelled() {
        account("anna", AllHours.HOURS);
        long invitation = enqueue("anna", "kamala-eriksen");
        releases.round();
        report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"until\":\"2026-12-01T00:00:00Z\"");

        assertThat(get("/api/v1/accounts/anna/invitations/" + invitation).getString("parkedUntil"))
                .isEqualTo("2026-12-01T00:00:00Z");
        given().delete("/api/v1/accounts/anna/invitations/" + invitation).then().statusCode(204);
        refused("anna", "kamala-eriksen", "in-cooldown").body("availableAt", equalTo("2026-12-01T00:00:00Z"));
    }

    @Test
    void whatSlippedPastTheListIsCancelledWhenItIsToBeReleased() {
        account("anna", AllHours.HOURS);
        long invitation = enqueue("anna", "kamala-eriksen");
        long parked = enqueue("anna", "jonas-nakamura", "\"notBefore\":\"2026-11-24T00:00:00Z\"");
        // As after an enqueuing that read the list just before it was committed.
        execute("insert into suppression values ('kamala-eriksen', null, 'api', service_now()),"
                + " ('jonas-nakamura', null, 'api', service_now())");

        assertThat(releases.round()).isZero();
        setTime(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(releases.round()).isZero();

        assertThat(state("anna", invitation)).isEqualTo("CANCELLED");
        assertThat(state("anna", parked)).isEqualTo("CANCELLED");
        assertThat(count("select count(*) from ledger")).isZero();
    }

    @Test
    void whoBecameTeammatesWithTheSamePersonInTheirQueuesSendOneInvitation() {
        for (String account : List.of("anna", "ben", "cleo")) {
            account(account, AllHours.HOURS);
            enqueue(account, "kamala-eriksen");
        }
        for (String account : List.of("anna", "ben", "cleo")) {
            account(account, "\"group\":\"sales\"," + AllHours.HOURS);
        }

        int released = 0;
        for (int hour = 0; hour < 48; hour++) {
            advance(Duration.ofHours(1));
            released += releases.round();
        }
        assertThat(released).isEqualTo(1);
        assertThat(query("select state from invitation order by state"))
                .containsExactly("CANCELLED", "CANCELLED", "RELEASED");
    }

    private void withdrawn(String account, String profile) {
        long invitation = enqueue(account, profile);
        report(account, invitation, "SENT", "");
        report(account, invitation, "WITHDRAWN", "");
    }

    private static ValidatableResponse refused(String account, String profile, String code) {
        return refusedWith(account, profile, "", code);
    }

    private static ValidatableResponse refusedWith(String account, String profile, String query, String code) {
        return json("{\"profile\":\"" + profile + "\"}")
                .post("/api/v1/accounts/" + account + "/invitations" + query)
                .then()
                .statusCode(409)
                .body("code", equalTo(code));
    }

    private static ValidatableResponse parked(String account, String profile, String query, String fields) {
        return json("{\"profile\":\"" + profile + "\"" + fields + "}")
                .post("/api/v1/accounts/" + account + "/invitations" + query)
                .then()
                .statusCode(201);
    }
}
