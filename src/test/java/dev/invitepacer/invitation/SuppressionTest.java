package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Whoever is on the suppression list is never invited, from any account. */
@QuarkusTest
class SuppressionTest extends ServiceTest {
    private static final String LIST = "/api/v1/suppressions";

    @Test
    void whoeverIsOnTheListIsRefusedInEveryAccountHoweverTheirLinkIsWritten() {
        account("anna", "");
        account("ben", "");
        put("https%3A%2F%2Fwww.linkedin.com%2Fin%2FKamala-Eriksen%2F%3Futm%3D1", "{\"reason\":\"asked us\"}")
                .statusCode(201)
                .header("Location", startsWith("http"))
                .body("profile", equalTo("kamala-eriksen"))
                .body("reason", equalTo("asked us"))
                .body("at", equalTo("2026-11-23T08:00:00Z"))
                .body("cancelled", equalTo(0));

        for (String account : List.of("anna", "ben")) {
            json("{\"profile\":\"linkedin.com/in/kamala-eriksen\"}")
                    .post("/api/v1/accounts/" + account + "/invitations")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("suppressed"));
        }
        assertThat(imported("anna", "profile\nkamala-eriksen\njonas-nakamura\n").getList("refused.code"))
                .containsExactly("suppressed");
    }

    @Test
    void theirDraftsLeaveAllQueuesAtOnceAndWhatIsUnderWayIsTold() {
        account("anna", "");
        account("ben", "");
        account("cleo", "");
        long queued = enqueue("anna", "kamala-eriksen");
        enqueue("ben", "kamala-eriksen");
        enqueue("ben", "somebody-else");
        long pending = enqueue("cleo", "kamala-eriksen");
        report("cleo", pending, "SENT", "");

        put("kamala-eriksen", "")
                .statusCode(201)
                .body("cancelled", equalTo(2))
                .body("invitations", equalTo(java.util.Map.of("CANCELLED", 2, "PENDING", 1)));

        assertThat(state("anna", queued)).isEqualTo("CANCELLED");
        assertThat(state("cleo", pending)).isEqualTo("PENDING");
        assertThat(count("select count(*) from invitation where state = 'QUEUED'"))
                .isEqualTo(1);
        JsonPath history = get("/api/v1/accounts/anna/invitations/" + queued + "/history");
        assertThat(history.getString("items[1].event")).isEqualTo("invitation.cancelled");
        assertThat(history.getString("items[1].detail.reason")).isEqualTo("SUPPRESSED");
        put("kamala-eriksen", "{\"reason\":\"again\"}")
                .statusCode(200)
                .body("cancelled", equalTo(0))
                .body("reason", equalTo("again"));
    }

    @Test
    void whoeverIsTakenOffTheListMayBeInvited() {
        account("anna", "");
        put("kamala-eriksen", "").statusCode(201);
        given().delete(LIST + "/Kamala-Eriksen").then().statusCode(204);

        given().delete(LIST + "/kamala-eriksen").then().statusCode(404).body("code", equalTo("suppression-unknown"));
        given().get(LIST + "/kamala-eriksen").then().statusCode(404).body("code", equalTo("suppression-unknown"));
        assertThat(enqueue("anna", "kamala-eriksen")).isPositive();
    }

    @Test
    void whatIsNoProfileIsRefused() {
        put("https%3A%2F%2Fexample.com%2Fjane", "").statusCode(422).body("code", equalTo("profile-invalid"));
        put("kamala-eriksen", "{\"reason\":7}").statusCode(422).body("violations.field", equalTo(List.of("reason")));
        put("kamala-eriksen", "{\"reason\":\"" + "x".repeat(501) + "\"}").statusCode(422);
        put("kamala-eriksen", "{\"raeson\":\"x\"}").statusCode(422);
        put("kamala-eriksen", "[]").statusCode(400);
        assertThat(count("select count(*) from suppression")).isZero();
    }

    @Test
    void theListIsPagedByProfileInAnyScript() {
        List<String> all = new ArrayList<>(List.of("佐藤-花子", "ähnlich", "émile-zola"));
        IntStream.range(0, 7).forEach(i -> all.add("person-" + i));
        suppressed("profile\n" + String.join("\n", all) + "\n", "");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = get(LIST + "?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            seen.addAll(page.getList("items.profile"));
            cursor = page.getString("next");
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
        assertThat(get(LIST + "/%E4%BD%90%E8%97%A4-%E8%8A%B1%E5%AD%90").getString("profileUrl"))
                .isEqualTo("https://www.linkedin.com/in/%E4%BD%90%E8%97%A4-%E8%8A%B1%E5%AD%90");
        given().get(LIST + "?cursor=AAAA").then().statusCode(400);
    }

    @Test
    void aListTellsWhoWasAddedWhoWasThereAndWhichRowsAreWrong() {
        account("anna", "");
        enqueue("anna", "jonas-nakamura");
        put("kamala-eriksen", "{\"reason\":\"first\"}");
        String csv = "Name,PROFILE,Reason\n"
                + "Jonas,https://www.linkedin.com/in/jonas-nakamura/,left a complaint\n"
                + "Kamala,kamala-eriksen,second\n"
                + ",,\n"
                + "X,https://example.com/x,\n"
                + "Jonas,JONAS-NAKAMURA,again\n"
                + "Y,y-y-y," + "z".repeat(501) + "\n";

        JsonPath dry = suppressed(csv, "?dryRun=true");
        assertThat(dry.getMap("").toString())
                .contains("dryRun=true", "rows=5", "added=1", "already=2", "refusedRows=2", "cancelled=1");
        assertThat(count("select count(*) from suppression")).isEqualTo(1);
        assertThat(count("select count(*) from invitation where state = 'QUEUED'"))
                .isEqualTo(1);

        JsonPath taken = suppressed(csv, "");
        assertThat(taken.getMap("").toString())
                .contains("dryRun=false", "rows=5", "added=1", "already=2", "refusedRows=2", "cancelled=1");
        assertThat(taken.getList("refused.line", Integer.class)).containsExactly(5, 7);
        assertThat(taken.getList("refused.code")).containsExactly("profile-invalid", "invalid");
        assertThat(get(LIST + "/kamala-eriksen").getString("reason")).isEqualTo("first");
        assertThat(get(LIST + "/jonas-nakamura").getString("reason")).isEqualTo("left a complaint");
        assertThat(count("select count(*) from invitation where state = 'QUEUED'"))
                .isZero();
    }

    @Test
    void aListThatCannotBeReadAddsNobody() {
        for (String csv : List.of(
                "",
                "name\nx-y\n",
                "profile\nkamala-eriksen\n\"never closed",
                "profile\nkamala-eriksen\n" + "x\n".repeat(SuppressionCsv.MOST_ROWS))) {
            given().contentType("text/csv")
                    .body(csv)
                    .post(LIST)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("unreadable"))
                    .body("line", org.hamcrest.Matchers.greaterThan(0));
        }
        given().contentType("text/csv")
                .body("profile\n" + "x".repeat(9_000_000))
                .post(LIST)
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
        assertThat(count("select count(*) from suppression")).isZero();
    }

    @Test
    void theFileHoldsEverybodyAndNoFormula() {
        List<String> reasons = List.of(
                "=HYPERLINK(1)", "+1", "-2", "@x", "'=kept", "it's", "a \"quoted\", one", "＝全角", "-", "''", "plain");
        String csv = "profile,reason\n"
                + IntStream.range(0, reasons.size())
                        .mapToObj(i -> "-p-" + i + ",\"" + reasons.get(i).replace("\"", "\"\"") + "\"\n")
                        .collect(Collectors.joining());
        // What comes in is taken as it is, but for one apostrophe before a formula, which is what goes out.
        suppressed(csv, "");
        String file = file();

        assertThat(file).startsWith("profile,reason\r\n");
        assertThat(file.lines().skip(1)).hasSize(reasons.size()).allSatisfy(line -> assertThat(line)
                .startsWith("\"https://www.linkedin.com/in/-p-")
                .doesNotMatch(".*,\"[=+\\-@\\t\\r＝].*"));
        List<String> before = query("select profile || ' ' || reason from suppression order by profile");
        execute("truncate suppression");
        suppressed(file, "");
        assertThat(query("select profile || ' ' || reason from suppression order by profile"))
                .isEqualTo(before);
    }

    @Test
    void aLongFileIsWrittenPieceByPiece() {
        suppressed(
                "profile\n"
                        + IntStream.range(0, 2_500)
                                .mapToObj(i -> "person-" + i + "\n")
                                .collect(Collectors.joining()),
                "");

        assertThat(file().lines()).hasSize(2_501).doesNotHaveDuplicates();
        given().get(LIST).then().contentType("application/json").body("items", hasSize(50));
        given().header("Accept", "*/*").get(LIST).then().contentType("application/json");
    }

    @Test
    void aDraftThatSlippedPastTheListLeavesTheQueueWhenTheListIsSentAgain() {
        account("anna", "");
        enqueue("anna", "kamala-eriksen");
        // As it is after a crash between the list's own commit and the queues.
        execute("insert into suppression values ('kamala-eriksen', null, 'api', service_now())");

        put("kamala-eriksen", "").statusCode(200).body("cancelled", equalTo(1));
    }

    private static ValidatableResponse put(String profile, String body) {
        return (body.isEmpty() ? given() : json(body))
                .urlEncodingEnabled(false)
                .put(LIST + "/" + profile)
                .then();
    }

    private static JsonPath suppressed(String csv, String query) {
        return given().contentType("text/csv")
                .body(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(LIST + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath imported(String account, String csv) {
        return given().contentType("text/csv")
                .body(csv)
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String file() {
        return new String(
                given().header("Accept", "text/csv")
                        .get(LIST)
                        .then()
                        .statusCode(200)
                        .contentType("text/csv")
                        .extract()
                        .asByteArray(),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
