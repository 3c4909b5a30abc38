package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;

/** Lists as lines of JSON, and lists that come in a form. */
@QuarkusTest
class ListFormsTest extends ServiceTest {
    private static final String IMPORTS = "/api/v1/accounts/anna/imports";
    private static final String NDJSON = "application/x-ndjson";

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    @Test
    void aLineIsADraftWithAllItsFields() {
        JsonPath report = done(
                NDJSON,
                ("\uFEFF{\"profile\":\"jane\",\"firstName\":\"Jané\",\"note\":\"Hi\\nthere\\t\\\\N\","
                                + "\"fields\":{\"sharedContext\":\"a \\\"quote\\\" \\\\ and more\"},\"degree\":1,\"priority\":-3,"
                                + "\"campaign\":\"Oslo\",\"notBefore\":\"2026-12-01T09:00:00Z\",\"email\":\"jane@example.com\"}\r\n"
                                + "\r\n  \n{\"profile\":\"john\"}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(report.getString("format")).isEqualTo("NDJSON");
        assertThat(report.getInt("rows")).isEqualTo(2);
        assertThat(report.getInt("enqueued")).isEqualTo(2);
        assertThat(report.getInt("lastLine")).isEqualTo(4);
        JsonPath jane = get("/api/v1/accounts/anna/invitations?profile=jane");
        assertThat(jane.getString("items[0].firstName")).isEqualTo("Jané");
        assertThat(jane.getString("items[0].note")).isEqualTo("Hi\nthere\t\\N");
        assertThat(jane.getString("items[0].fields.sharedContext")).isEqualTo("a \"quote\" \\ and more");
        assertThat(jane.getInt("items[0].priority")).isEqualTo(-3);
        assertThat(jane.getString("items[0].notBefore")).isEqualTo("2026-12-01T09:00:00Z");
    }

    @Test
    void aBadLineIsRefusedWithItsNumberAndTheNextIsRead() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String line : List.of(
                "{\"profile\":\"first\"}",
                "{\"profile\":",
                "[1]",
                "\"text\"",
                "{\"profile\":\"x\",\"nickname\":\"y\"}",
                "{\"profile\":\"x\",\"degree\":\"1\"}",
                "{\"profile\":\"x\",\"profile\":\"y\"}",
                "{\"profile\":\"a\"}{\"profile\":\"b\"}",
                "{\"profile\":\"not one\"}",
                "{\"profile\":\"x\",\"note\":\"" + "n".repeat(70_000) + "\"}",
                "{}",
                "{\"profile\":\"x\",\"note\":\"\\u0000\"}",
                "[".repeat(5_000))) {
            list.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        list.writeBytes(new byte[] {'{', '"', (byte) 0xFF, '"', '}', '\n'});
        list.writeBytes("{\"profile\":\"last\"}".getBytes(StandardCharsets.UTF_8));

        JsonPath report = done(NDJSON, list.toByteArray());

        assertThat(report.getInt("enqueued")).isEqualTo(2);
        assertThat(report.getList("refused.line", Integer.class))
                .containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(report.getList("refused.code", String.class))
                .filteredOn(code -> !code.equals("draft-invalid"))
                .containsExactly("profile-invalid", "profile-invalid");
        assertThat(report.getList("refused.detail", String.class))
                .allSatisfy(detail -> assertThat(detail).endsWith(".").doesNotContain("body", "Exception"));
        assertThat(report.getString("refused[0].detail")).contains("The line ends at column");
        assertThat(report.getString("refused[3].detail")).contains("nickname");
        assertThat(report.getString("refused[8].detail")).contains("65536 bytes");
    }

    @Test
    void aFileOfAnotherKindIsToldApart() {
        for (byte[] file : List.of(
                "{\"profile\":\"x\"}".getBytes(StandardCharsets.UTF_16),
                new byte[] {'P', 'K', 3, 4, 5},
                new byte[] {0, 0, 0, 0})) {
            post(NDJSON, file).then().statusCode(400).body("line", equalTo(1));
        }
        assertThat(done(NDJSON, new byte[0]).getInt("rows")).isZero();
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"drafts.csv,", "DRAFTS.CSV,text/plain", "list,text/csv", "list.txt,text/csv; charset=utf-8"})
    void aFormBringsACsvFile(String name, String type) {
        JsonPath report = done(FORM, form(part(name, type, "profile,firstName\r\njane,Jane\r\n--boundary,x\r\n")));

        assertThat(report.getString("format")).isEqualTo("CSV");
        assertThat(report.getInt("enqueued")).isEqualTo(2);
        assertThat(report.getInt("bytes")).isEqualTo(44);
    }

    @Test
    void aFormBringsLinesOfJson() {
        JsonPath report =
                done(FORM, form(part("drafts.ndjson", null, "{\"profile\":\"jane\"}\n{\"profile\":\"john\"}")));

        assertThat(report.getString("format")).isEqualTo("NDJSON");
        assertThat(report.getInt("enqueued")).isEqualTo(2);
    }

    @Test
    void anEmptyFileOfAFormIsAnEmptyFile() {
        post(FORM, form(part("drafts.csv", null, ""))).then().statusCode(400).body("line", equalTo(1));
        assertThat(done(FORM, form(part("drafts.ndjson", null, ""))).getInt("rows"))
                .isZero();
    }

    @Test
    void aFormOfAnythingElseIsRefusedWithWhatToDo() {
        String csv = part("drafts.csv", null, "profile\nx\n");
        post(FORM, form(csv + csv)).then().statusCode(400).body("detail", containsString("one list at a time"));
        post(FORM, form("")).then().statusCode(400).body("code", equalTo("unreadable"));
        post(FORM, form("--the-boundary\r\nContent-Disposition: form-data; name=\"dryRun\"\r\n\r\ntrue\r\n" + csv))
                .then()
                .statusCode(400)
                .body("detail", containsString("no file"));
        post(FORM, form(part("drafts.xlsx", "application/zip", "PK")))
                .then()
                .statusCode(415)
                .body("detail", containsString(".ndjson"));
        post("multipart/form-data", form(csv)).then().statusCode(400).body("detail", containsString("boundary"));
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--",
                "--the-boundary",
                "--the-boundary\r\n",
                "--the-boundary\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.csv\"\r\n\r\nprofile\nx\n",
                "--the-boundary\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.csv\"\r\n\r\nprofile\nx\n\r\n--the-boundary",
                "--the-boundaryX\r\n\r\n\r\n--the-boundary--",
                "no form at all"
            })
    void aFormThatIsCutOffIsRefused(String body) {
        post(FORM, body.getBytes(StandardCharsets.UTF_8)).then().statusCode(400).body("code", equalTo("unreadable"));
        assertThat(count("select count(*) from invitation")).isZero();
    }

    private static final String FORM = "multipart/form-data; boundary=the-boundary";

    private static String part(String name, String type, String content) {
        return "--the-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + content + "\r\n";
    }

    private static byte[] form(String parts) {
        return (parts + "--the-boundary--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonPath done(String type, byte[] list) {
        return post(type, list).then().statusCode(200).extract().jsonPath();
    }

    private static Response post(String type, byte[] list) {
        return given().contentType(type).body(list).post(IMPORTS);
    }
}
