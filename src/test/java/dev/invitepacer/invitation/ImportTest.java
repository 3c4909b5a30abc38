package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Lists of drafts through the API: what is good is enqueued, what is not is told by line, and a broken list leaves nothing. */
@QuarkusTest
class ImportTest extends ServiceTest {
    private static final List<String> WRONG_FOR_ANYBODY = List.of(
            "162 already-queued kamala-eriksen-1b58",
            "163 already-queued chidi-田中-1b59",
            "164 already-queued lucía-szabó-1b5a",
            "165 profile-invalid",
            "166 profile-invalid",
            "167 profile-invalid",
            "168 profile-invalid",
            "169 profile-invalid",
            "170 profile-invalid",
            "171 draft-invalid",
            "172 draft-invalid");

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    @Test
    void aMisspeltDryRunDoesNotDoTheRealThing() {
        account("anna", "");
        for (String parameter : new String[] {"dryRun", "dryRun=", "dry_run=true", "dryrun=true", "dryRun=yes"}) {
            io.restassured.RestAssured.given()
                    .contentType("text/csv")
                    .body("profile\nperson\n")
                    .post("/api/v1/accounts/anna/imports?" + parameter)
                    .then()
                    .statusCode(400);
        }
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void aBasicAccountTakesTheTeamsListButForTheLongNotes() throws IOException {
        JsonPath report =
                list("anna", fixture(), "").then().statusCode(200).extract().jsonPath();

        assertThat(report.getInt("rows")).isEqualTo(71);
        assertThat(report.getInt("enqueued")).isEqualTo(57);
        assertThat(report.getInt("refusedRows")).isEqualTo(14);
        assertThat(refused(report).subList(0, 3))
                .allSatisfy(row -> assertThat(row).contains("note-too-long"))
                .extracting(row -> row.substring(0, row.indexOf(' ')))
                .containsExactly("23", "38", "133");
        assertThat(refused(report).subList(3, 14)).containsExactlyElementsOf(WRONG_FOR_ANYBODY);
        assertThat(report.getList("refused.detail", String.class))
                .allSatisfy(detail -> assertThat(detail).endsWith(".").hasSizeGreaterThan(20));
        assertThat(report.getString("refused[0].detail"))
                .contains("The note has 299 characters and a BASIC account may send 200");
        assertThat(count("select count(*) from invitation where state = 'QUEUED'"))
                .isEqualTo(57);
    }

    @Test
    void aPremiumAccountTakesTheLongNotesToo() throws IOException {
        account("anna", "\"tier\":\"PREMIUM\"");
        JsonPath report =
                list("anna", fixture(), "").then().statusCode(200).extract().jsonPath();

        assertThat(report.getInt("enqueued")).isEqualTo(60);
        assertThat(refused(report)).containsExactlyElementsOf(WRONG_FOR_ANYBODY);
        assertThat(get("/api/v1/accounts/anna/invitations?profile=kamala-eriksen-1b58")
                        .getString("items[0].fields.sharedContext"))
                .isEqualTo("the Oslo Java user group");

        JsonPath again =
                list("anna", fixture(), "").then().statusCode(200).extract().jsonPath();
        assertThat(again.getInt("enqueued")).isZero();
        assertThat(again.getInt("refusedRows")).isEqualTo(71);
    }

    @Test
    void aDryRunTellsTheSameAndLeavesNothing() throws IOException {
        String before = everything();
        Map<String, Object> dry = list("anna", fixture(), "?dryRun=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        assertThat(dry).containsEntry("dryRun", true);
        assertThat(everything()).isEqualTo(before);

        Map<String, Object> real = list("anna", fixture(), "").jsonPath().getMap("");
        assertThat(real).containsEntry("dryRun", false);
        List.of("dryRun", "id").forEach(dry::remove);
        List.of("dryRun", "id").forEach(real::remove);
        assertThat(dry).isEqualTo(real);
    }

    @Test
    void theHistoryTellsOfTheListAndOfEachInvitation() {
        JsonPath report = list("anna", "profile\nfirst\nsecond\nfirst\n", "")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        JsonPath history = get("/api/v1/accounts/anna/history");
        assertThat(history.getString("items[0].event")).isEqualTo("list.imported");
        assertThat(history.getString("items[0].actor")).isEqualTo("import");
        assertThat(history.getMap("items[0].detail"))
                .isEqualTo(Map.of("import", report.getInt("id"), "rows", 3, "enqueued", 2, "refused", 1, "advised", 2));
        assertThat(count("select count(*) from history where event = 'invitation.queued' and actor = 'import'"))
                .isEqualTo(2);
    }

    @Test
    void aListThatCannotBeReadToItsEndLeavesNothing() {
        String good =
                IntStream.range(0, 1_500).mapToObj(i -> "person-" + i + ",x\n").collect(Collectors.joining());
        String before = everything();

        list("anna", "profile,note\n" + good + "last,\"never closed\n", "")
                .then()
                .statusCode(400)
                .body("code", equalTo("unreadable"))
                .body("line", equalTo(1_502))
                .body("detail", containsString("Line 1502: "))
                .body("detail", containsString("Nothing of the list was enqueued."));
        byte[] notText = ("profile,note\n" + good + "last,").getBytes(StandardCharsets.UTF_8);
        notText[notText.length - 1] = (byte) 0xC3;
        given().contentType("text/csv")
                .body(notText)
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(400);
        for (String unreadable :
                List.of("", "\n", " ", "firstName\nx\n", "profile,profile\nx,y\n", "\0\0\0", "PK\u0003\u0004")) {
            list("anna", unreadable, "").then().statusCode(400).body("code", equalTo("unreadable"));
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anEmptyListIsNoFault() {
        JsonPath report =
                list("anna", "profile\n", "").then().statusCode(200).extract().jsonPath();
        assertThat(report.getInt("rows")).isZero();
        assertThat(report.getList("refused")).isEmpty();
    }

    @Test
    void refusedRowsComeByLineWhoeverRefusedThem() {
        String rows = IntStream.range(0, 1_200)
                .mapToObj(i -> i % 3 == 0 ? "twice\n" : i % 3 == 1 ? "not one\n" : "person-" + i + "\n")
                .collect(Collectors.joining());

        JsonPath report = list("anna", "profile\n" + rows, "")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(report.getList("refused.line", Integer.class))
                .hasSize(799)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(report.getInt("enqueued")).isEqualTo(401);
    }

    @Test
    void peopleWhoAreKnownAreRefusedWithTheirReason() {
        long withdrawn = enqueue("anna", "withdrawn-person");
        setTime(MONDAY_8.plusSeconds(3_600));
        releases.round();
        report("anna", withdrawn, "SENT", "");
        given().post("/api/v1/accounts/anna/invitations/" + withdrawn + "/withdraw")
                .then()
                .statusCode(200);
        report("anna", withdrawn, "WITHDRAWN", "");

        JsonPath report = list("anna", "profile\nwithdrawn-person\n", "").jsonPath();

        assertThat(refused(report)).containsExactly("2 in-cooldown withdrawn-person");
        assertThat(report.getString("refused[0].availableAt")).isEqualTo("2026-12-14T09:00:00Z");
    }

    @Test
    void anUnknownAccountOrFlagTakesNoList() {
        list("nobody", "profile\nx\n", "").then().statusCode(404).body("code", equalTo("account-unknown"));
        list("anna", "profile\nx\n", "?dryRun=maybe").then().statusCode(400).body("detail", containsString("dryRun"));
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-media-type"));
        assertThat(count("select count(*) from invitation")).isZero();
    }

    private static Response list(String account, String csv, String query) {
        return given().contentType("text/csv; charset=utf-8")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/accounts/" + account + "/imports" + query);
    }

    private static String fixture() throws IOException {
        try (InputStream file = ImportTest.class.getResourceAsStream("/fixtures/drafts.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> refused(JsonPath report) {
        List<Map<String, Object>> rows = report.getList("refused");
        return rows.stream()
                .map(row -> row.get("line") + " " + row.get("code")
                        + (row.get("code").equals("profile-invalid")
                                        || row.get("code").equals("draft-invalid")
                                ? ""
                                : " " + row.get("profile")))
                .toList();
    }

    private String everything() {
        return query("""
                select coalesce(string_agg(line, '|' order by line), '') from (
                  select invitation::text as line from invitation union all select history::text from history
                  union all select pace::text from pace) as lines""").get(0);
    }
}
