package dev.invitepacer.people;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.faults.Audit;

/** What is known of a person can be told and erased; what has to stay names nobody. */
@QuarkusTest
class ErasureTest extends ServiceTest {
    private static final String PERSONAL =
            "\"firstName\":\"Kamala\",\"lastName\":\"Eriksen\",\"headline\":\"Cartographer\","
                    + "\"company\":\"Fjordkart\",\"note\":\"Hi Kamala, your maps at Fjordkart!\",\"source\":\"kamala's talk\","
                    + "\"fields\":{\"event\":\"Kamala's talk\"},\"memberUrn\":\"urn:li:person:K4m4l4\","
                    + "\"email\":\"kamala@example.com\"";
    private static final String ALL_HOURS = "\"spread\":\"CAP\",\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],"
            + "\"TUESDAY\":[\"00:00-24:00\"],\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],"
            + "\"FRIDAY\":[\"00:00-24:00\"],\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";

    @Test
    void nothingThatNamesThePersonIsLeftInAnyTable() throws SQLException {
        inEveryState();
        assertThat(whole()).contains("kamala", "Fjordkart", "Cartographer", "K4m4l4");

        JsonPath erased = erase("Kamala-Eriksen");

        assertThat(erased.getString("profile")).isEqualTo("kamala-eriksen");
        assertThat(erased.getInt("erased.invitations")).isEqualTo(6);
        assertThat(erased.getInt("erased.cancelled")).isEqualTo(1);
        assertThat(erased.getInt("erased.tasks")).isEqualTo(2);
        assertThat(whole().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("kamala", "eriksen", "fjordkart", "cartographer", "k4m4l4");
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatImportsListAndAnswersHoldOfThemGoesToo() {
        account("anna", "");
        given().contentType("text/csv")
                .header("Idempotency-Key", "\"list\"")
                .body("profile\nkamala-eriksen\nKAMALA-ERIKSEN\njonas-nakamura\njonas-nakamura\n")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(200)
                .body("refused.profile", equalTo(List.of("kamala-eriksen", "jonas-nakamura")));
        for (String person : List.of("kamala-eriksen", "lena-okafor")) {
            json("{\"profile\":\"" + person + "\"}")
                    .header("Idempotency-Key", "\"" + person.substring(0, 1) + "\"")
                    .post("/api/v1/accounts/anna/invitations");
        }
        assertThat(keptAnswers()).contains("kamala-eriksen is in the queue", "lena-okafor");

        JsonPath erased = erase("kamala-eriksen");

        assertThat(erased.getInt("erased.imports")).isEqualTo(1);
        assertThat(erased.getInt("erased.answers")).isEqualTo(2);
        assertThat(keptAnswers()).doesNotContain("kamala").contains("lena-okafor");
        assertThat(whole()).doesNotContain("kamala").contains("jonas-nakamura");
    }

    private String keptAnswers() {
        return String.join("\n", query("select encode(body, 'escape') from idempotency where body is not null"));
    }

    @Test
    void otherPeopleStayAsTheyAre() {
        account("anna", "");
        long other = enqueue("anna", "jonas-nakamura", "\"firstName\":\"Jonas\",\"note\":\"Hi Jonas\"");
        enqueue("anna", "kamala-eriksen", PERSONAL);
        erase("kamala-eriksen");

        JsonPath known = get("/api/v1/accounts/anna/invitations/" + other);
        assertThat(known.getString("note")).isEqualTo("Hi Jonas");
        assertThat(known.getString("state")).isEqualTo("QUEUED");
    }

    @Test
    void theAnswerTellsWhatIsKeptAndWhyAndUntilWhen() {
        account("anna", ALL_HOURS);
        long invitation = enqueue("anna", "kamala-eriksen", PERSONAL);
        releases.round();
        report("anna", invitation, "SENT", "");
        given().put("/api/v1/suppressions/kamala-eriksen").then().statusCode(201);

        JsonPath erased = erase("kamala-eriksen");

        assertThat(erased.getList("kept.what"))
                .containsExactly("ledger", "notes", "pending", "anonymous invitations", "suppression");
        assertThat(erased.getList("kept.count")).containsExactly(1, 1, 1, 1, 1);
        assertThat(erased.getList("kept.until"))
                .containsExactly("2026-11-30T08:00:00Z", "2026-12-24T08:00:00Z", "2027-05-22T08:00:00Z", null, null);
        assertThat(erased.<String>getList("kept.why"))
                .allSatisfy(why -> assertThat(why).isNotBlank());
        given().get("/api/v1/suppressions/kamala-eriksen").then().statusCode(200);
    }

    @Test
    void aSecondTimeAndForSomebodyUnknownThereIsNothingToErase() {
        account("anna", "");
        enqueue("anna", "kamala-eriksen", PERSONAL);
        erase("kamala-eriksen");

        for (String person : List.of("kamala-eriksen", "never-heard-of")) {
            JsonPath again = erase(person);
            assertThat(again.<String, Integer>getMap("erased"))
                    .isEqualTo(Map.of("invitations", 0, "cancelled", 0, "tasks", 0, "imports", 0, "answers", 0));
            assertThat(again.getList("kept")).isEmpty();
            JsonPath known = get("/api/v1/people/" + person);
            assertThat(known.getList("invitations")).isEmpty();
            assertThat(known.getList("history")).isEmpty();
        }
        given().delete("/api/v1/people/%20").then().statusCode(422).body("code", equalTo("profile-invalid"));
    }

    @Test
    void whatCountsGoesOnCounting() {
        account("anna", ALL_HOURS + ",\"weeklyCap\":2,\"burst\":2");
        enqueue("anna", "kamala-eriksen");
        enqueue("anna", "jonas-nakamura");
        enqueue("anna", "lena-okafor");
        assertThat(releases.round()).isEqualTo(2);
        erase("kamala-eriksen");
        erase("jonas-nakamura");

        assertThat(releases.round()).isZero();
        JsonPath pacing = pacing("anna");
        assertThat(pacing.getInt("window.released")).isEqualTo(2);
        assertThat(pacing.getInt("pending.count")).isEqualTo(2);
        assertThat(pacing.getString("reason")).isEqualTo("WEEKLY_CAP");
    }

    @Test
    void whoeverWasErasedMayBeInvitedAgainUnlessTheyAreSuppressed() {
        account("anna", "");
        long first = enqueue("anna", "kamala-eriksen");
        report("anna", first, "ACCEPTED", "");
        erase("kamala-eriksen");
        assertThat(enqueue("anna", "kamala-eriksen")).isGreaterThan(first);

        given().put("/api/v1/suppressions/kamala-eriksen").then().statusCode(201);
        erase("kamala-eriksen");
        json("{\"profile\":\"kamala-eriksen\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("suppressed"));
    }

    @Test
    void anErasedInvitationIsShownWithoutANameAndChangesNoMore() {
        account("anna", "");
        long invitation = enqueue("anna", "kamala-eriksen", PERSONAL);
        report("anna", invitation, "SENT", "");
        erase("kamala-eriksen");
        String address = "/api/v1/accounts/anna/invitations/" + invitation;

        JsonPath shown = get(address);
        assertThat(shown.getString("profile")).isNull();
        assertThat(shown.getString("profileUrl")).isNull();
        assertThat(shown.getString("erasedAt")).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(get("/api/v1/accounts/anna/invitations").getList("items")).hasSize(1);
        json("{\"keep\":false}").patch(address).then().statusCode(409).body("code", equalTo("too-late"));
        json("").post(address + "/withdraw").then().statusCode(409).body("code", equalTo("too-late"));
        advance(Duration.ofDays(40));
        assertThat(nights.round()).isZero();
        advance(Duration.ofDays(140));
        nights.round();
        assertThat(state("anna", invitation)).isEqualTo("EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SENT", "ACCEPTED", "FAILED", "REFUSED", "SENT_BY_HAND", "WITHDRAWN"})
    void aReportThatComesAfterTheErasureIsAppliedToNobody(String type) throws SQLException {
        account("anna", ALL_HOURS);
        long invitation = enqueue("anna", "kamala-eriksen", PERSONAL);
        releases.round();
        erase("kamala-eriksen");

        report("anna", invitation, type, type.equals("REFUSED") ? "\"refusal\":\"COOLDOWN\"" : "");

        assertThat(state("anna", invitation))
                .isEqualTo(
                        switch (type) {
                            case "SENT", "SENT_BY_HAND" -> "PENDING";
                            case "REFUSED" -> "CANCELLED";
                            default -> type;
                        });
        assertThat(releases.round()).isZero();
        assertThat(get("/api/v1/tasks").getList("items")).isEmpty();
        assertThat(get("/api/v1/tasks?state=CANCELLED").getString("items[0].profile"))
                .isNull();
        assertThat(findings()).isEmpty();
    }

    @Test
    void linkedInsWordOnTheAccountsNotesHoldsAlsoOnAnErasedPersonsInvitation() {
        account("anna", ALL_HOURS);
        long invitation = enqueue("anna", "kamala-eriksen", PERSONAL);
        releases.round();
        erase("kamala-eriksen");

        report("anna", invitation, "REFUSED", "\"refusal\":\"NOTE_QUOTA\",\"until\":\"2026-12-05T00:00:00Z\"");

        assertThat(state("anna", invitation)).isEqualTo("CANCELLED");
        assertThat(query("select notes_used_up_until = '2026-12-05T00:00:00Z' from pace"))
                .containsExactly("t");
        assertThat(get("/api/v1/accounts/anna/history").getList("items.event")).contains("account.notes-used-up");
    }

    @Test
    void aPersonIsToldWithEverythingThatIsKnown() {
        account("anna", "");
        account("ben", "");
        long first = enqueue("anna", "kamala-eriksen", PERSONAL);
        enqueue("ben", "kamala-eriksen");
        report("anna", first, "ACCEPTED", "\"detail\":\"she wrote back\"");
        given().put("/api/v1/suppressions/kamala-eriksen").then().statusCode(201);

        JsonPath known = get("/api/v1/people/kamala-eriksen");

        assertThat(known.getString("suppression.profile")).isEqualTo("kamala-eriksen");
        assertThat(known.getList("invitations.account")).containsExactlyInAnyOrder("anna", "ben");
        assertThat(known.getString("invitations.find { it.account == 'anna' }.email"))
                .isEqualTo("kamala@example.com");
        assertThat(known.getList("history.event"))
                .containsExactlyInAnyOrder(
                        "invitation.queued", "invitation.queued", "invitation.reported", "invitation.cancelled");
        assertThat(known.getString("history.find { it.event == 'invitation.reported' }.detail.detail"))
                .isEqualTo("she wrote back");
        assertThat(known.getBoolean("isComplete")).isTrue();
    }

    @Test
    void moreThanAFewHundredLinesAreNotTold() {
        account("anna", "");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, ended_at)"
                + " select 'anna', 'kamala-eriksen', 2, 0, 'CANCELLED', service_now(), service_now()"
                + " from generate_series(1, 201)");

        JsonPath known = get("/api/v1/people/kamala-eriksen");
        assertThat(known.getList("invitations")).hasSize(200);
        assertThat(known.getBoolean("isComplete")).isFalse();
        assertThat(erase("kamala-eriksen").getInt("erased.invitations")).isEqualTo(201);
    }

    /** An invitation to the same person in six accounts, each in another state and with a report in somebody's words. */
    private void inEveryState() {
        for (String account : List.of("queued", "released", "pending", "withdrawing", "withdrawn", "accepted")) {
            account(account, ALL_HOURS);
            long invitation = enqueue(account, "kamala-eriksen", PERSONAL);
            if (account.equals("queued")) {
                continue;
            }
            releases.round();
            if (account.equals("released")) {
                continue;
            }
            report(account, invitation, "SENT", "\"detail\":\"Kamala said hello\"");
            if (account.equals("accepted")) {
                report(account, invitation, "ACCEPTED", "\"detail\":\"Kamala wrote\"");
            } else if (!account.equals("pending")) {
                json("").post("/api/v1/accounts/" + account + "/invitations/" + invitation + "/withdraw")
                        .then()
                        .statusCode(200);
                if (account.equals("withdrawn")) {
                    report(account, invitation, "WITHDRAWN", "\"detail\":\"goodbye Kamala\"");
                }
            }
        }
        // The first is released in the rounds of the others; LinkedIn's word on it leads it back.
        long invitation = count("select id from invitation where account = 'queued'");
        report("queued", invitation, "REFUSED", "\"refusal\":\"RESTRICTED\",\"detail\":\"not Kamala today\"");
        assertThat(state("queued", invitation)).isEqualTo("QUEUED");
        assertThat(count("select count(*) from history where event = 'account.restricted'"))
                .isEqualTo(1);
        setTime(Instant.parse("2026-11-24T08:00:00Z"));
    }

    private static JsonPath erase(String person) {
        return given().delete("/api/v1/people/" + person)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** All that the database holds, as one text. */
    private String whole() {
        StringBuilder sql = new StringBuilder();
        for (String table : query("select table_name from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE' order by 1")) {
            sql.append(sql.isEmpty() ? "" : " union all ").append("select t::text from \"" + table + "\" t");
        }
        return String.join("\n", query(sql.toString()));
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.findings(connection);
        }
    }
}
