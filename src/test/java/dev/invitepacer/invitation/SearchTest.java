package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Looking for somebody in a queue and in all accounts, the queue in the order in which it goes, and lists as files. */
@QuarkusTest
class SearchTest extends ServiceTest {
    @Test
    void whoeverHasAWordThatBeginsWithEachIsFound() {
        account("anna", "");
        account("bob", "");
        enqueue("anna", "anna-berg-1b2", "\"firstName\":\"Anna\",\"lastName\":\"Berg\",\"company\":\"Söhne & Co.\"");
        enqueue("anna", "søren", "\"firstName\":\"Søren\",\"lastName\":\"O'Berg\"");
        enqueue("anna", "nobody");
        enqueue("bob", "anna-berg-1b2", "\"firstName\":\"Anna\"");

        assertThat(found("ann ber")).containsExactly("anna-berg-1b2");
        assertThat(found("BERG")).containsExactly("anna-berg-1b2", "søren");
        assertThat(found("SØR")).containsExactly("søren");
        assertThat(found("söhne co")).containsExactly("anna-berg-1b2");
        assertThat(found("anna-berg-1b2")).containsExactly("anna-berg-1b2");
        assertThat(found("o'berg")).containsExactly("søren");
        assertThat(found("erg")).isEmpty();
        assertThat(found("nobody' | 'anna:*")).isEmpty();
        assertThat(get("/api/v1/accounts/anna/invitations?q=berg&state=PENDING").getList("items"))
                .isEmpty();
        for (String q : List.of("a", "!!", "one two three four five six seven")) {
            given().queryParam("q", q)
                    .get("/api/v1/accounts/anna/invitations")
                    .then()
                    .statusCode(400);
        }
    }

    private List<String> found(String words) {
        return given().queryParam("q", words)
                .get("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.profile");
    }

    @Test
    void aPersonIsFoundInAllAccounts() {
        account("anna", "");
        account("bob", "");
        enqueue("anna", "ada-king", "\"firstName\":\"Ada\",\"lastName\":\"King\",\"campaign\":\"spring\"");
        long second =
                enqueue("bob", "ada-king", "\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"company\":\"Engines\"");
        report("bob", second, "SENT_BY_HAND", "");
        enqueue("bob", "kingsley");
        given().put("/api/v1/suppressions/king-of-nowhere").then().statusCode(201);
        given().put("/api/v1/suppressions/ada-king").then().statusCode(201);

        JsonPath people = get("/api/v1/people?q=king");

        assertThat(people.getList("items.profile")).containsExactly("ada-king", "king-of-nowhere", "kingsley");
        assertThat(people.getList("items.suppressed")).containsExactly(true, true, false);
        assertThat(people.getList("items[0].names")).containsExactlyInAnyOrder("Ada King", "Ada Lovelace");
        assertThat(people.getString("items[0].company")).isEqualTo("Engines");
        assertThat(people.getList("items[0].invitations.account")).containsExactlyInAnyOrder("anna", "bob");
        assertThat(people.getString("items[0].invitations.find { it.account == 'anna' }.state"))
                .isEqualTo("CANCELLED");
        assertThat(people.getString("items[0].invitations.find { it.account == 'bob' }.state"))
                .isEqualTo("PENDING");
        assertThat(people.getList("items[1].invitations")).isEmpty();
        assertThat(get("/api/v1/people?q=lovelace").getList("items.profile")).containsExactly("ada-king");
        JsonPath first = get("/api/v1/people?limit=2");
        assertThat(first.getList("items.profile")).containsExactly("ada-king", "king-of-nowhere");
        assertThat(get("/api/v1/people?limit=2&cursor=" + first.getString("next"))
                        .getList("items.profile"))
                .containsExactly("kingsley");
        assertThat(get("/api/v1/people/ada-king").getList("history.event")).contains("invitation.queued");

        given().delete("/api/v1/people/kingsley").then().statusCode(200);
        assertThat(get("/api/v1/people?q=kingsley").getList("items")).isEmpty();
        assertThat(get("/api/v1/people?q=erased").getList("items")).isEmpty();
    }

    @Test
    void theQueueComesInTheOrderInWhichItGoes() {
        account("anna", "\"weeklyCap\":20,\"spread\":\"CAP\"");
        long late = enqueue("anna", "late", "\"priority\":-3");
        long never = enqueue("anna", "never", "\"campaign\":\"resting\"");
        execute("update campaign set paused_at = service_now() where name = 'resting'");
        long first = enqueue("anna", "first", "\"priority\":5,\"campaign\":\"spring\",\"lastName\":\"Berg\"");
        long other = enqueue("anna", "other", "\"campaign\":\"spring\"");

        assertThat(inOrder("?order=release&limit=1")).containsExactly(late, first, other, never);
        assertThat(inOrder("?order=release")).containsExactly(late, first, other, never);
        assertThat(inOrder("?order=release&campaign=spring&limit=1")).containsExactly(first, other);
        assertThat(inOrder("?order=release&q=berg")).containsExactly(first);
        assertThat(inOrder("?order=release&campaign=resting")).containsExactly(never);

        JsonPath page = get("/api/v1/accounts/anna/invitations?order=release");
        assertThat(page.getList("items.estimatedReleaseAt"))
                .isEqualTo(page.getList("items.id", Long.class).stream()
                        .map(id ->
                                get("/api/v1/accounts/anna/invitations/" + id).getString("estimatedReleaseAt"))
                        .toList())
                .last()
                .isNull();
        given().get("/api/v1/accounts/anna/invitations?order=release&state=PENDING")
                .then()
                .statusCode(400);
        given().get("/api/v1/accounts/anna/invitations?order=up").then().statusCode(400);
    }

    /** Drafts are read of each campaign: of those that have none nothing, and of the longest enough for a week. */
    @Test
    void manyCampaignsHideNothingOfTheQueue() {
        account("anna", "\"weeklyCap\":100");
        execute(
                "insert into campaign (account, name, created_at) select 'anna', 'empty-' || n, service_now() from generate_series(1, 45) as n");
        enqueueMany("anna", 80);

        assertThat(foreseen()).hasSize(80).doesNotContainNull();

        for (int i = 1; i <= 30; i++) {
            enqueue("anna", "alone-" + i, "\"campaign\":\"short-" + i + "\"");
        }

        assertThat(foreseen()).hasSize(110).doesNotContainNull();
    }

    private List<String> foreseen() {
        return get("/api/v1/accounts/anna/invitations?order=release&limit=200").getList("items.estimatedReleaseAt");
    }

    @Test
    void whatHasGoneMeanwhileHidesNothing() {
        account("anna", "\"weeklyCap\":20,\"spread\":\"CAP\"");
        enqueueMany("anna", 6);
        List<Long> all = inOrder("?order=release");
        JsonPath first = get("/api/v1/accounts/anna/invitations?order=release&limit=2");

        run(Duration.ofMinutes(10), Instant.parse("2026-11-23T10:00:00Z"));

        assertThat(get("/api/v1/accounts/anna/invitations?order=release&cursor=" + first.getString("next"))
                        .getList("items.id", Long.class))
                .isEqualTo(all.subList(2, 6));
    }

    private List<Long> inOrder(String query) {
        List<Long> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page =
                    get("/api/v1/accounts/anna/invitations" + query + (next.isEmpty() ? "" : "&cursor=" + next));
            all.addAll(page.getList("items.id", Long.class));
            next = page.getString("next");
        }
        return all;
    }

    @Test
    void aFileHoldsNoFormula() {
        account("anna", "");
        enqueue(
                "anna",
                "one",
                "\"firstName\":\"Ada\",\"headline\":\"=1+1\",\"note\":\"-2 \\\"quoted\\\"\",\"campaign\":\"spring\"");
        enqueue("anna", "two", "\"headline\":\"'@x\"");

        String file = file("/api/v1/accounts/anna/invitations?campaign=spring");
        String all = file("/api/v1/accounts/anna/invitations");

        assertThat(file.lines().skip(1)).hasSize(1);
        assertThat(file)
                .startsWith("id,state,profile,firstName,")
                .contains("\"QUEUED\",\"https://www.linkedin.com/in/one\",\"Ada\",,\"'=1+1\",,\"'-2 \"\"quoted\"\"\",");
        assertThat(all).contains("\"''@x\"");
        assertThat(all.lines().flatMap(line -> java.util.Arrays.stream(line.split(","))))
                .noneMatch(cell -> cell.matches("\"[=+@\\t\\r].*"));
        given().accept("text/csv")
                .get("/api/v1/accounts/nobody/invitations")
                .then()
                .statusCode(404);
    }

    @Test
    void theRowsThatAnImportListsAreAFile() {
        account("anna", "");
        String address = given().contentType("text/csv")
                .body("profile,note\ngood,Hello\n=cmd(),\nlong,\"" + "x".repeat(201) + "\"\n")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(200)
                .extract()
                .header("Content-Location");
        String path = address.substring(address.indexOf("/api/"));

        String report =
                given().get(path + "/report").then().statusCode(200).extract().asString();

        assertThat(report).startsWith("line,result,profile,code,detail,availableAt\r\n");
        assertThat(report.lines().filter(line -> line.contains("REFUSED")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("\"3\",\"REFUSED\",\"'=cmd()\",\"profile-invalid\""))
                .anyMatch(line -> line.startsWith("\"4\",\"REFUSED\",\"long\",\"note-too-long\""));
        assertThat(report).contains("\"2\",\"ADVISED\",\"good\",\"note-");
        given().get("/api/v1/accounts/anna/imports/999999/report").then().statusCode(404);
    }

    private static String file(String path) {
        return given().accept("text/csv")
                .get(path)
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"invitations.csv\"")
                .extract()
                .asString();
    }
}
