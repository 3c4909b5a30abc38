package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.web.Answer;

/** In which forms an export comes, how often, and what becomes of one that is none: all of it is taken, or nothing. */
@QuarkusTest
class LinkedInExportFilesTest extends ExportTest {
    @Test
    void theSameExportTwiceChangesNothing() throws IOException {
        reconciled(zip(fixture(ZIP)));
        String before = everything();

        JsonPath again = reconciled(zip(fixture(ZIP)));

        assertThat(everything()).isEqualTo(before);
        assertThat(again.getInt("already")).isEqualTo(37);
        assertThat(news(again)).isZero();
        assertThat(again.getInt("candidates")).isEqualTo(7);
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() throws IOException {
        enqueue("anna", "emeka-haddad-1b7d");
        String before = everything();
        Map<String, Object> dry = send("application/zip", fixture(ZIP), "?dryRun=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        assertThat(everything()).isEqualTo(before);

        Map<String, Object> real = reconciled(zip(fixture(ZIP))).getMap("");

        assertThat(dry.remove("dryRun")).isEqualTo(true);
        assertThat(real.remove("dryRun")).isEqualTo(false);
        assertThat(dry).isEqualTo(real);
    }

    @Test
    void theAccountGoesOnWhileAnExportIsTriedOut() throws Exception {
        account("anna", ALL_HOURS + ",\"spread\":\"CAP\"");
        long jane = release("jane-doe");
        enqueue("anna", "next-one");
        byte[] export = sent("John Roe,\"11/19/26, 9:00 AM\",john-roe", "Jane Doe,\"11/20/26, 1:00 PM\",jane-doe")
                .getBytes(StandardCharsets.UTF_8);
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from invitation where id = " + jane + " for update");
            CompletableFuture<Response> dry =
                    CompletableFuture.supplyAsync(() -> send("text/csv", export, "?dryRun=true"));
            awaitBlocked(1);

            enqueue("anna", "somebody");
            advance(Duration.ofHours(2));
            assertThat(releases.round()).isOne();
            assertThat(dry).isNotDone();
            holder.rollback();

            assertThat(reconciled(dry.get(20, TimeUnit.SECONDS)).getInt("sentByHand"))
                    .isOne();
        }
        assertThat(state("anna", jane)).isEqualTo("RELEASED");
    }

    @Test
    void onlySoManyAreReconciledAtOnce() throws Exception {
        byte[] export = sent("John Roe,\"11/19/26, 9:00 AM\",john-roe").getBytes(StandardCharsets.UTF_8);
        List<CompletableFuture<Response>> running;
        try (Connection holder = database.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select * from pace where account = 'anna' for update");
            running = Stream.of("", "")
                    .map(query -> CompletableFuture.supplyAsync(() -> send("text/csv", export, query)))
                    .toList();
            awaitBlocked(2);

            send("text/csv", export, "")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("busy"))
                    .body("detail", containsString("pacer.exports.at-once"));
            form("Invitations.csv", export).then().statusCode(503);
            holder.rollback();
        }
        int sentByHand = 0;
        for (CompletableFuture<Response> one : running) {
            sentByHand += reconciled(one.get(20, TimeUnit.SECONDS)).getInt("sentByHand");
        }
        assertThat(sentByHand).isOne();
        assertThat(reconciled(send("text/csv", export, "")).getInt("already")).isOne();
    }

    @Test
    void theTwoFilesMayComeAsPartsOfOneForm() throws IOException {
        form("Invitations.csv", fixture("Invitations.csv"), "Connections.csv", fixture("Connections.csv"))
                .then()
                .statusCode(200)
                .body("sentByHand", equalTo(22))
                .body("accepted", equalTo(15));

        form(ZIP, fixture(ZIP)).then().statusCode(200).body("already", equalTo(37));
        form("1.csv", fixture("Invitations.csv"), "2.csv", fixture("Invitations.csv"))
                .then()
                .statusCode(422)
                .body("code", equalTo("export-invalid"))
                .body("detail", containsString("twice"));
        form(ZIP, fixture(ZIP), "1.csv", fixture("Invitations.csv"))
                .then()
                .statusCode(422)
                .body("detail", containsString("twice"));
        form().then().statusCode(422).body("detail", containsString("Nothing was sent"));
        form(null, "just text".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("detail", containsString("Nothing was sent"));
        form("x.csv", new byte[0]).then().statusCode(422).body("detail", containsString("The file is empty"));
    }

    @Test
    void aFormThatIsBrokenIsRefused() throws IOException {
        String path = "/api/v1/accounts/anna/linkedin-export";
        byte[] good = parts("x.csv", fixture("Invitations.csv"));
        String before = everything();
        for (String type : List.of(
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=another",
                "multipart/form-data; boundary=\"\"",
                "multipart/mixed; boundary=frontier")) {
            assertThat(Answer.to("POST", path, good, "Content-Type", type).faults())
                    .isEmpty();
            assertThat(Answer.to("POST", path, new byte[0], "Content-Type", type)
                            .faults())
                    .isEmpty();
        }
        for (int length = 0; length < good.length - 1; length += 97) {
            Answer answer = Answer.to(
                    "POST",
                    path + "?dryRun=true",
                    java.util.Arrays.copyOf(good, length),
                    "Content-Type",
                    "multipart/form-data; boundary=frontier");
            assertThat(answer.faults()).isEmpty();
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whatIsNoExportIsRefusedWithWhatToSendInItsPlace() {
        String german = "Von,An,Gesendet am,Nachricht,Richtung\nIch,Jana,\"1.2.26\",,AUSGEHEND\n";
        for (List<String> wrong : List.of(
                List.of("", "The file is empty"),
                List.of(" \n\n ", "The file is empty"),
                List.of("<!DOCTYPE html><html lang=\"en\">", "a web page"),
                List.of("{\"a\":1}", "JSON"),
                List.of("[1]", "JSON"),
                List.of("%PDF-1.7", "a PDF"),
                List.of("profile,firstName,note\njane-doe,Jane,\n", "a list of drafts"),
                List.of("hello\nworld\n", "no header"),
                List.of(german, "\"Von\", \"An\", \"Gesendet am\""),
                List.of(german, "in an English export"),
                List.of(german, "set that to English"),
                List.of("PK\u0003\u0004broken", "damaged or incomplete"))) {
            send("text/csv", wrong.get(0).getBytes(StandardCharsets.UTF_8), "")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("export-invalid"))
                    .body("detail", containsString(wrong.get(1)));
        }
        send("text/csv", SENT_HEADER.getBytes(StandardCharsets.UTF_16LE), "")
                .then()
                .statusCode(422)
                .body("detail", containsString("UTF-16"));
    }

    @Test
    void aZipWithoutTheTwoFilesSaysWhatItHolds() throws IOException {
        refused(zip("Profile.csv", "a,b\n", "[Content_Types].xml", "<x/>"), "workbook");
        refused(zip("Einladungen.csv", "a,b\n"), "but Einladungen.csv. Ask LinkedIn");
        refused(zip(), "it is empty");
        refused(zip("a/Invitations.csv", SENT_HEADER, "b/invitations.csv", SENT_HEADER), "more than once");
        refused(zip("Invitations.csv", CONNECTIONS_HEADER), "holds the columns of Connections.csv");
        refused(zip("inner.zip", "PK\u0003\u0004", "Invitations.csv", "PK\u0003\u0004"), "workbook or a zip");
    }

    @Test
    void aFileThatBreaksOffChangesNothing() throws IOException {
        String before = everything();
        String broken = CONNECTIONS_HEADER + "Jane,Doe,https://www.linkedin.com/in/jane-doe,,\"never closed\n";

        send(
                        "application/zip",
                        zip("Invitations.csv", sent("J,\"11/19/26, 9:00 AM\",j-d"), "Connections.csv", broken),
                        "")
                .then()
                .statusCode(422)
                .body("code", equalTo("export-invalid"))
                .body("line", equalTo(2))
                .body("detail", containsString("Nothing was changed"));

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anUnknownAccountTakesNoExport() throws IOException {
        given().contentType("application/zip")
                .body(fixture(ZIP))
                .post("/api/v1/accounts/nobody/linkedin-export")
                .then()
                .statusCode(404)
                .body("code", equalTo("account-unknown"));
        send("application/json", "{}".getBytes(StandardCharsets.UTF_8), "")
                .then()
                .statusCode(415);
        send("text/csv", fixture("Invitations.csv"), "?dryRun=perhaps").then().statusCode(400);
    }
}
