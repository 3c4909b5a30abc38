package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.web.Answer;

/** Invitations through the API: enqueued, listed, read, changed, cancelled. */
@QuarkusTest
class InvitationResourceTest extends AnnasQueue {
    @Test
    void aDraftBecomesAQueuedInvitation() {
        JsonPath made = json("""
                        {"profile":"https://uk.linkedin.com/in/Luc%C3%ADa-Berg?trk=x","firstName":" Lucía ","lastName":"Berg",
                         "headline":"CFO","company":"Globex","note":"Hi Lucía,\\r\\nnice talk.","fields":{"event":"KubeCon"},
                         "degree":3,"priority":-10,"campaign":"pg conf","source":"event","notBefore":"2026-11-24T10:00:00+01:00",
                         "lapsesAt":"2026-12-24T09:00:00Z","memberUrn":"urn:li:person:1","email":"l@example.com"}""")
                .post(QUEUE)
                .then()
                .statusCode(201)
                .header("Location", containsString(QUEUE + "/"))
                .body("account", equalTo("anna"))
                .body("state", equalTo("QUEUED"))
                .body("profile", equalTo("lucía-berg"))
                .body("profileUrl", equalTo("https://www.linkedin.com/in/luc%C3%ADa-berg"))
                .body("firstName", equalTo("Lucía"))
                .body("note", equalTo("Hi Lucía,\nnice talk."))
                .body("fields.event", equalTo("KubeCon"))
                .body("degree", equalTo(3))
                .body("priority", equalTo(-10))
                .body("campaign", equalTo("pg conf"))
                .body("notBefore", equalTo("2026-11-24T09:00:00Z"))
                .body("lapsesAt", equalTo("2026-12-24T09:00:00Z"))
                .body("email", equalTo("l@example.com"))
                .body("keep", equalTo(false))
                .body("queuedAt", equalTo("2026-11-23T08:00:00Z"))
                .body("reason", notNullValue())
                .body("estimatedReleaseAt", notNullValue())
                .extract()
                .jsonPath();

        assertThat(get(QUEUE + "/" + made.getLong("id")).getMap("")).isEqualTo(made.getMap(""));
    }

    @Test
    void theDefaultsOfADraftAreTold() {
        json("{\"profile\":\"somebody\",\"note\":\"  \",\"fields\":null}")
                .post(QUEUE)
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        endsWith(query("select max(id) from invitation").get(0)))
                .body("degree", equalTo(2))
                .body("priority", equalTo(0))
                .body("note", nullValue())
                .body("fields", nullValue())
                .body("notBefore", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "søren-žižka",
                "linkedin.com/in/søren-žižka",
                "https://www.linkedin.com/in/S%C3%B8ren-%C5%BEi%C5%BEka/",
                "http://no.linkedin.com/in/søren-žižka/en?trk=people#top",
                " https://www.linkedin.com/in/SØREN-ŽIŽKA/details/skills ",
                "https://www.linkedin.com/in/søren-z\u030Ciz\u030Cka"
            })
    void everySpellingOfAProfileIsTheSamePerson(String spelling) {
        enqueue("anna", "søren-žižka");

        json("{\"profile\":\"" + spelling + "\"}")
                .post(QUEUE)
                .then()
                .statusCode(409)
                .body("code", equalTo("already-queued"));
        assertThat(given().queryParam("profile", spelling).get(QUEUE).jsonPath().getList("items.profile"))
                .containsExactly("søren-žižka");
    }

    @Test
    void aNoteIsAsLongAsTheTierAllows() {
        account("premium", "\"tier\":\"PREMIUM\"");
        enqueue("anna", "a-200", note(200));
        enqueue("premium", "a-300", note(300));

        draft("anna", "a-201", note(201))
                .then()
                .statusCode(422)
                .body("code", equalTo("note-too-long"))
                .body(
                        "violations.message",
                        equalTo(List.of(
                                "The note has 201 characters and a BASIC account may send 200: shorten it by 1.")));
        draft("premium", "a-301", note(301)).then().statusCode(422).body("code", equalTo("note-too-long"));
        enqueue("anna", "a-100", "\"note\":\"" + "🎉".repeat(100) + "\"");
        draft("anna", "a-101", "\"note\":\"" + "🎉".repeat(101) + "\"").then().statusCode(422);
    }

    @Test
    void everythingWrongWithADraftIsToldAtOnceUnderTheFirstCode() {
        json("{\"profile\":\"https://example.com\",\"note\":\"" + "x".repeat(201)
                        + "\",\"degree\":4,\"firstName\":\"=1+1\",\"email\":\"x\",\"campaign\":\"a/b\"}")
                .post(QUEUE)
                .then()
                .statusCode(422)
                .body("code", equalTo("profile-invalid"))
                .body(
                        "violations.field",
                        containsInAnyOrder("profile", "note", "degree", "firstName", "email", "campaign"));
        json("{\"profile\":\"somebody\",\"note\":\"" + "x".repeat(201) + "\",\"degree\":0}")
                .post(QUEUE)
                .then()
                .body("code", equalTo("draft-invalid"))
                .body("violations", hasSize(2));
        json("{\"profile\":7,\"degree\":\"2\",\"priority\":11,\"notes\":\"x\"}")
                .post(QUEUE)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("violations.field", containsInAnyOrder("profile", "degree", "priority", "notes"));
        json("{\"profile\":\"somebody\",\"Note\":\"x\"}")
                .post(QUEUE)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("violations.message", equalTo(List.of("is not known here; do you mean note?")));
        json("{}").post(QUEUE).then().statusCode(422).body("code", equalTo("profile-invalid"));
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"degree, 1, 3", "priority, -10, 10"})
    void aNumberIsTakenFromItsLeastToItsMost(String field, int least, int most) {
        enqueue("anna", "least", "\"" + field + "\":" + least);
        enqueue("anna", "most", "\"" + field + "\":" + most);
        for (String refused : List.of("" + (least - 1), "" + (most + 1), "1.0", "1e0", "2147483648", "true")) {
            draft("anna", "refused", "\"" + field + "\":" + refused)
                    .then()
                    .statusCode(422)
                    .body("violations.field", equalTo(List.of(field)));
        }
    }

    @Test
    void theListIsWalkedPageByPage() {
        enqueueMany("anna", 120);
        List<Long> walked = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = get(QUEUE + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            sizes.add(page.getList("items").size());
            walked.addAll(page.getList("items.id", Long.class));
            cursor = page.getString("next");
        }
        assertThat(sizes).containsExactly(50, 50, 20);
        assertThat(walked).hasSize(120).isSorted().doesNotHaveDuplicates();
        assertThat(get(QUEUE + "?limit=500").getList("items")).hasSize(120);
        assertThat(get(QUEUE + "?limit=120").getString("next")).isNull();
        assertThat(get(QUEUE + "?limit=1").getList("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=-1",
                "limit=abc",
                "limit=1.5",
                "cursor=abc",
                "cursor=%00",
                "state=QUEUD",
                "state=queued",
                "campaign=%00"
            })
    void aListCannotBeAskedForNonsense(String query) {
        Answer answer = Answer.to("GET", QUEUE + "?" + query, null);

        assertThat(answer.faults()).isEmpty();
        assertThat(answer.code()).isEqualTo("unreadable");
        assertThat(answer.json().path("detail").asText()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void aParameterLeftEmptyIsAsIfMissing() {
        enqueueMany("anna", 2);
        Answer answer = Answer.to("GET", QUEUE + "?limit=&cursor=&state=&campaign=&profile=", null);
        assertThat(answer.json().path("items")).hasSize(2);
    }

    @Test
    void theListIsFiltered() {
        long first = enqueue("anna", "first", "\"campaign\":\"spring\"");
        enqueue("anna", "second", "\"campaign\":\"spring\"");
        enqueue("anna", "third");
        given().delete(QUEUE + "/" + first).then().statusCode(204);

        assertThat(get(QUEUE + "?campaign=spring").getList("items.profile")).containsExactly("first", "second");
        assertThat(get(QUEUE + "?campaign=spring&state=QUEUED").getList("items.profile"))
                .containsExactly("second");
        assertThat(get(QUEUE + "?profile=linkedin.com/in/THIRD").getList("items.profile"))
                .containsExactly("third");
        assertThat(get(QUEUE + "?state=PENDING").getList("items")).isEmpty();
        given().get(QUEUE + "?profile=not%20one").then().statusCode(422).body("code", equalTo("profile-invalid"));
    }

    @Test
    void whatDoesNotExistIs404() {
        account("bert", "");
        long another = enqueue("bert", "somebody");
        for (String id : List.of("0", "-1", "x", "" + another, "99999999999999999999", "9223372036854775807")) {
            given().get(QUEUE + "/" + id).then().statusCode(404).body("code", equalTo("invitation-unknown"));
            given().get(QUEUE + "/" + id + "/history").then().statusCode(404);
            given().delete(QUEUE + "/" + id).then().statusCode(404);
            given().post(QUEUE + "/" + id + "/withdraw").then().statusCode(404);
            json("{\"keep\":true}")
                    .patch(QUEUE + "/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("invitation-unknown"));
        }
        assertThat(state("bert", another)).isEqualTo("QUEUED");
    }

    @Test
    void aPersonIsInvitedOnceAtATimeAndNotWhileInCooldown() {
        long id = pending("somebody");
        draft("anna", "somebody", "").then().statusCode(409).body("code", equalTo("already-pending"));

        given().post(QUEUE + "/" + id + "/withdraw").then().statusCode(200).body("state", equalTo("WITHDRAWING"));
        draft("anna", "somebody", "").then().statusCode(409).body("code", equalTo("already-pending"));

        report("anna", id, "WITHDRAWN", "");
        String until = now().plus(Duration.ofDays(21)).toString();
        draft("anna", "somebody", "")
                .then()
                .statusCode(409)
                .body("code", equalTo("in-cooldown"))
                .body("type", equalTo("/problems/in-cooldown"))
                .body("availableAt", equalTo(until))
                .body("detail", containsString(until));

        advance(Duration.ofDays(21).minusMillis(1));
        draft("anna", "somebody", "").then().statusCode(409).body("code", equalTo("in-cooldown"));
        advance(Duration.ofMillis(1));
        draft("anna", "somebody", "").then().statusCode(201);
        draft("anna", "somebody", "")
                .then()
                .statusCode(409)
                .body("code", equalTo("already-queued"))
                .body("availableAt", nullValue());
    }

    @Test
    void aConnectionIsNotInvited() {
        report("anna", pending("somebody"), "ACCEPTED", "");

        draft("anna", "somebody", "").then().statusCode(409).body("code", equalTo("already-connected"));
        account("bert", "");
        draft("bert", "somebody", "").then().statusCode(201);
    }

    private static String note(int length) {
        return "\"note\":\"" + "x".repeat(length) + "\"";
    }
}
