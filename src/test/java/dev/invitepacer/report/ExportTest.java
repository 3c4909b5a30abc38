package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;

/** What tests of LinkedIn's export share: an account at the time of the fixture, and the ways in which an export comes. */
abstract class ExportTest extends ServiceTest {
    static final String ZIP = "Basic_LinkedInDataExport_11-20-2026.zip";

    static final String SENT_HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";

    static final String CONNECTIONS_HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    /** The Friday on which the fixture was made. */
    static final Instant FRIDAY = Instant.parse("2026-11-20T12:00:00Z");

    /** A Saturday; of the fixture's invitations three lie in the 168 hours before. */
    static final Instant BUSY_WEEK = Instant.parse("2026-11-14T16:00:00Z");

    static final String ALL_HOURS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";

    @BeforeEach
    void anna() {
        setTime(FRIDAY);
        account("anna", ALL_HOURS);
    }

    /** Waits until so many of the database's sessions wait for a lock. */
    void awaitBlocked(int many) {
        Service.await(() -> count(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                >= many);
    }

    long release(String profile) {
        long id = enqueue("anna", profile);
        releases.round();
        assertThat(state("anna", id)).isEqualTo("RELEASED");
        return id;
    }

    static String sent(String... rows) {
        StringBuilder csv = new StringBuilder(SENT_HEADER);
        for (String row : rows) {
            String name = row.substring(0, row.indexOf(','));
            String at = row.substring(row.indexOf('"'), row.lastIndexOf('"') + 1);
            csv.append(
                    "Me," + name + "," + at + ",,OUTGOING,https://www.linkedin.com/in/me,https://www.linkedin.com/in/"
                            + row.substring(row.lastIndexOf(',') + 1) + "\n");
        }
        return csv.toString();
    }

    static void refused(byte[] zip, String why) {
        send("application/zip", zip, "")
                .then()
                .statusCode(422)
                .body("code", equalTo("export-invalid"))
                .body("detail", containsString(why));
    }

    /** A form of files: names and contents in turn; a part without a name is no file. */
    static Response form(Object... namesAndContents) {
        return given().contentType("multipart/form-data; boundary=frontier")
                .body(parts(namesAndContents))
                .post("/api/v1/accounts/anna/linkedin-export");
    }

    static byte[] parts(Object... namesAndContents) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            String name = namesAndContents[i] == null ? "" : "; filename=\"" + namesAndContents[i] + "\"";
            String head = "--frontier\r\nContent-Disposition: form-data; name=\"file\"" + name
                    + "\r\nContent-Type: application/octet-stream\r\n\r\n";
            form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            form.writeBytes((byte[]) namesAndContents[i + 1]);
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--frontier--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static Response zip(byte[] zip) {
        return send("application/zip", zip, "");
    }

    static JsonPath reconciled(String csv) {
        return reconciled(send("text/csv", csv.getBytes(StandardCharsets.UTF_8), ""));
    }

    static JsonPath reconciled(Response answer) {
        return answer.then().statusCode(200).extract().jsonPath();
    }

    static Response send(String type, byte[] body, String query) {
        return given().contentType(type).body(body).post("/api/v1/accounts/anna/linkedin-export" + query);
    }

    static byte[] fixture(String name) throws IOException {
        try (InputStream file = ExportTest.class.getResourceAsStream("/fixtures/" + name)) {
            return file.readAllBytes();
        }
    }

    static int news(JsonPath answer) {
        return answer.getInt("accepted")
                + answer.getInt("sent")
                + answer.getInt("sentByHand")
                + answer.getInt("earlier")
                + answer.getInt("leftQueue");
    }

    String everything() {
        return query("""
                select coalesce(string_agg(line, '|' order by line), '') from (
                  select invitation::text as line from invitation union all select history::text from history
                  union all select pace::text from pace union all select ledger::text from ledger
                  union all select task::text from task) as lines""").get(0);
    }
}
