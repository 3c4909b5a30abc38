package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;

/** Notes as callers meet them: advice, refusals, the month's quota. */
@QuarkusTest
class NoteRulesTest extends ServiceTest {
    private static final String GOOD = "\"firstName\":\"Tom\",\"note\":\"Hi Tom, your talk at Devoxx was a gem.\"";

    private static ValidatableResponse draft(String account, String fields) {
        return json("{" + fields + "}")
                .post("/api/v1/accounts/" + account + "/invitations")
                .then();
    }

    private ValidatableResponse patch(String account, long id, String fields) {
        return json("{" + fields + "}")
                .patch("/api/v1/accounts/" + account + "/invitations/" + id)
                .then();
    }

    @Test
    void theAnswerToADraftSaysWhatItCouldDoBetter() {
        account("anna", "");

        draft("anna", "\"profile\":\"tom\",\"degree\":3,\"source\":\"bought list\",\"note\":\"book a call: bit.ly/x1\"")
                .statusCode(201)
                .body(
                        "advice.code",
                        contains("note-generic", "note-pitch", "note-has-link", "third-degree", "source-bought-list"))
                .body("advice[2].message", containsString("bit.ly/x1"));
        draft("anna", "\"profile\":\"tim\"," + GOOD).statusCode(201).body("advice", empty());
    }

    @Test
    void everyQueuedInvitationIsShownWithItsAdviceAndNoOther() {
        account("anna", "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]}");
        long blank = enqueue("anna", "tom");
        long good = enqueue("anna", "tim", GOOD);

        given().get("/api/v1/accounts/anna/invitations")
                .then()
                .body("items[0].advice.code", contains("note-blank"))
                .body("items[1].advice", empty());
        releases.round();
        given().get("/api/v1/accounts/anna/invitations/" + blank).then().body("advice", nullValue());
        patch("anna", good, "\"note\":\"hello\"").statusCode(200).body("advice.code", contains("note-generic"));
    }

    @Test
    void anAccountTurnsAdviceIntoRefusals() {
        account("anna", "\"refuseAdvice\":[\"third-degree\",\"note-blank\",\"note-pitch\"]");

        draft("anna", "\"profile\":\"tom\",\"degree\":3")
                .statusCode(422)
                .body("code", equalTo("note-blank"))
                .body("violations.field", contains("note", "degree"));
        draft("anna", "\"profile\":\"tom\",\"note\":\"Tom, book a demo. " + "x".repeat(200) + "\"")
                .statusCode(422)
                .body("code", equalTo("note-too-long"));
        draft("anna", "\"profile\":\"tom\",\"note\":\"hello\"")
                .statusCode(201)
                .body("advice.code", contains("note-generic"));
        given().contentType("text/csv")
                .body("profile,note,degree\ntim,,2\nkim,hello,3\npia,hello,2\n")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .body("enqueued", equalTo(1))
                .body("refused.code", contains("note-blank", "third-degree"));
    }

    @Test
    void aChangeOfTheNoteIsJudgedLikeADraftAndAnyOtherChangeIsNot() {
        account("anna", "");
        long id = enqueue("anna", "tom");
        account("anna", "\"refuseAdvice\":[\"note-blank\",\"note-has-link\",\"third-degree\"]");

        patch("anna", id, "\"priority\":3").statusCode(200).body("priority", equalTo(3));
        patch("anna", id, "\"note\":\"see acme.com/x\",\"priority\":5")
                .statusCode(422)
                .body("code", equalTo("note-has-link"));
        given().get("/api/v1/accounts/anna/invitations/" + id)
                .then()
                .body("note", nullValue())
                .body("priority", equalTo(3));
        patch("anna", id, "\"note\":\"Tom, Oslo was fun\"").statusCode(200);
        patch("anna", id, "\"note\":null").statusCode(422).body("code", equalTo("note-blank"));
    }

    @Test
    void anAccountThatRefusesTakesAsManyNotesAsTheMonthHas() {
        account("anna", "\"onNoteQuota\":\"REFUSE\",\"timeZone\":\"Asia/Tokyo\"");
        for (int i = 1; i <= 3; i++) {
            draft("anna", "\"profile\":\"p" + i + "\"," + GOOD).statusCode(201).body("noteQuota", nullValue());
        }
        draft("anna", "\"profile\":\"p4\"," + GOOD)
                .statusCode(409)
                .body("code", equalTo("note-quota-used"))
                .body("availableAt", equalTo("2026-11-30T15:00:00Z"));
        long bare = enqueue("anna", "p5");
        patch("anna", bare, GOOD.substring(GOOD.indexOf("\"note\"")))
                .statusCode(409)
                .body("code", equalTo("note-quota-used"));

        execute("update invitation set state = 'CANCELLED', ended_at = service_now() where profile = 'p1'");
        draft("anna", "\"profile\":\"p4\"," + GOOD).statusCode(201);
    }

    @Test
    void theLastNoteOfTheMonthMayBeGivenToADraftThatWaitsWithoutOne() {
        account("anna", "\"onNoteQuota\":\"REFUSE\",\"noteQuota\":3");
        enqueue("anna", "p1", GOOD);
        enqueue("anna", "p2", GOOD);
        long third = enqueue("anna", "p3");
        long fourth = enqueue("anna", "p4");
        String note = GOOD.substring(GOOD.indexOf("\"note\""));

        patch("anna", third, note).statusCode(200);
        patch("anna", fourth, note).statusCode(409).body("code", equalTo("note-quota-used"));
    }

    @Test
    void anAccountWithoutNotesPromisesNoneForTheNextMonth() {
        account("anna", "\"onNoteQuota\":\"REFUSE\",\"noteQuota\":0");
        draft("anna", "\"profile\":\"p1\"," + GOOD)
                .statusCode(409)
                .body("code", equalTo("note-quota-used"))
                .body("availableAt", nullValue())
                .body("detail", endsWith("Enqueue it without a note."));
        account("anna", "\"noteQuota\":0");
        draft("anna", "\"profile\":\"p1\"," + GOOD).statusCode(201).body("noteQuota.resetsAt", nullValue());
    }

    @Test
    void aListIsCountedRowByRow() {
        account("anna", "\"onNoteQuota\":\"REFUSE\",\"noteQuota\":4");
        execute("insert into note_use (account, invitation, at) values ('anna', 1, '2026-11-01T00:00:00Z')");
        execute("insert into note_use (account, invitation, at) values ('anna', 2, '2026-10-31T23:59:59Z')");
        execute("insert into note_use (account, invitation, at, returned_at)"
                + " values ('anna', 3, '2026-11-02T00:00:00Z', '2026-11-02T01:00:00Z')");

        given().contentType("text/csv")
                .body("profile,note\na1,one\na2,\na3,two\na4,three\na5,four\na6,\n")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .body("enqueued", equalTo(5))
                .body("refused.code", contains("note-quota-used"))
                .body("refused.line", contains(6))
                .body("refused[0].availableAt", equalTo("2026-12-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListTellsForHowManyOfItsNotesTheMonthDoesNotReach(boolean isDryRun) {
        account("anna", "\"noteQuota\":2");

        given().contentType("text/csv")
                .body("profile,note\na1,one\na2,\na3,two\na4,three\na5,four\na6,\n")
                .post("/api/v1/accounts/anna/imports?dryRun=" + isDryRun)
                .then()
                .body("enqueued", equalTo(6))
                .body("beyondNoteQuota", equalTo(2));
    }

    @Test
    void anAccountThatHoldsOrSendsBareSaysItBeforeItBites() {
        account("anna", "\"noteQuota\":1");
        draft("anna", "\"profile\":\"a\"," + GOOD).statusCode(201).body("noteQuota", nullValue());
        draft("anna", "\"profile\":\"b\"").statusCode(201).body("noteQuota", nullValue());
        draft("anna", "\"profile\":\"c\"," + GOOD)
                .statusCode(201)
                .body("noteQuota.quota", equalTo(1))
                .body("noteQuota.used", equalTo(0))
                .body("noteQuota.queued", equalTo(2))
                .body("noteQuota.resetsAt", equalTo("2026-12-01T00:00:00Z"))
                .body("noteQuota.consequence", equalTo("HOLD"));
        account("anna", "\"noteQuota\":1,\"onNoteQuota\":\"SEND_BARE\"");
        draft("anna", "\"profile\":\"d\"," + GOOD).statusCode(201).body("noteQuota.consequence", equalTo("SEND_BARE"));
        account("anna", "\"tier\":\"PREMIUM\"");
        draft("anna", "\"profile\":\"e\"," + GOOD).statusCode(201).body("noteQuota", nullValue());
    }

    @Test
    void whatLinkedInSaidCountsMoreThanTheCount() {
        account("anna", "\"onNoteQuota\":\"REFUSE\",\"tier\":\"PREMIUM\"");
        execute("update pace set notes_used_up_until = '2026-11-25T00:00:00Z'");
        draft("anna", "\"profile\":\"a\"," + GOOD).statusCode(409).body("availableAt", equalTo("2026-11-25T00:00:00Z"));
        setTime(Instant.parse("2026-11-25T00:00:00Z"));
        draft("anna", "\"profile\":\"a\"," + GOOD).statusCode(201);
    }
}
