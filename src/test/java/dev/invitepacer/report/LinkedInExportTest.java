package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.web.Answer;

/** LinkedIn's export tells who accepted and who was invited by hand; the cap counts what it tells. */
@QuarkusTest
class LinkedInExportTest extends ServiceTest {
    private static final String ZIP = "Basic_LinkedInDataExport_11-20-2026.zip";
    private static final String SENT_HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
    private static final String CONNECTIONS_HEADER =
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    /** The Friday on which the fixture was made. */
    private static final Instant FRIDAY = Instant.parse("2026-11-20T12:00:00Z");

    /** A Saturday; of the fixture's invitations three lie in the 168 hours before. */
    private static final Instant BUSY_WEEK = Instant.parse("2026-11-14T16:00:00Z");

    private static final String ALL_HOURS =
            "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
                    + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
                    + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";

    @BeforeEach
    void anna() {
        setTime(FRIDAY);
        account("anna", ALL_HOURS);
    }

    @Test
    void theFixtureTellsWhoAcceptedAndWhoWasInvitedByHand() throws IOException {
        JsonPath answer = reconciled(zip(fixture(ZIP)));

        assertThat(answer.getString("member")).isEqualTo("account-owner");
        assertThat(answer.getInt("sentByHand")).isEqualTo(22);
        assertThat(answer.getInt("accepted")).isEqualTo(15);
        assertThat(answer.getInt("candidates")).isEqualTo(7);
        assertThat(answer.getInt("incoming")).isEqualTo(8);
        assertThat(answer.getInt("neverInvited")).isEqualTo(20);
        assertThat(answer.getInt("withoutUse")).isEqualTo(4);
        assertThat(answer.getInt("unseen")).isZero();
        assertThat(answer.getInt("doubtfulRows")).isZero();
        assertThat(answer.getInt("refusedRows")).isZero();
        assertThat(count("select count(*) from invitation where state = 'PENDING'"))
                .isEqualTo(7);
        assertThat(count("select count(*) from invitation where state = 'ACCEPTED'"))
                .isEqualTo(15);
        assertThat(count("select count(*) from ledger")).isEqualTo(22);
        JsonPath jonas = get("/api/v1/accounts/anna/invitations?profile=jonas-nakamura-1b60");
        assertThat(jonas.getString("items[0].sentAt")).isEqualTo("2026-10-29T00:20:00Z");
        assertThat(query("select ended_at at time zone 'UTC' from invitation where profile = 'jonas-nakamura-1b60'"))
                .containsExactly("2026-11-05 23:59:59");
    }

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
    void whatLinkedInHasDroppedByNowOnlyCounts() {
        enqueue("anna", "jane-doe");
        String[] rows = {
            "Jane Doe,\"5/20/26, 9:00 AM\",jane-doe",
            "John Roe,\"5/24/26, 11:59 AM\",john-roe",
            "Lena Moe,\"5/24/26, 12:01 PM\",lena-moe"
        };

        JsonPath answer = reconciled(sent(rows));

        assertThat(answer.getInt("earlier")).isEqualTo(2);
        assertThat(answer.getInt("sentByHand")).isOne();
        assertThat(answer.getInt("leftQueue")).isZero();
        assertThat(query("select profile || ' ' || state from invitation order by profile"))
                .containsExactly("jane-doe QUEUED", "lena-moe PENDING");
        assertThat(count("select count(*) from ledger")).isEqualTo(3);
        String before = everything();
        assertThat(reconciled(sent(rows)).getInt("already")).isEqualTo(3);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whoWasErasedDoesNotComeBackWithTheNextExport() {
        String[] rows = {
            "Jane Doe,\"10/1/26, 9:00 AM\",jane-doe",
            "Jane Doe,\"11/19/26, 9:00 AM\",jane-doe",
            "John Roe,\"11/19/26, 9:00 AM\",john-roe"
        };
        reconciled(sent(rows[0], rows[1]));
        given().delete("/api/v1/people/jane-doe").then().statusCode(200);

        JsonPath again = reconciled(sent(rows));

        assertThat(again.getInt("already")).isEqualTo(2);
        assertThat(again.getInt("sentByHand")).isOne();
        assertThat(count("select count(*) from ledger")).isEqualTo(3);
        assertThat(query("select split_part(profile, ':', 1) from invitation order by id"))
                .containsExactly("erased", "john-roe");
        String before = everything();
        assertThat(reconciled(sent(rows)).getInt("already")).isEqualTo(3);
        assertThat(everything()).isEqualTo(before).doesNotContain("jane");
    }

    /** Waits until so many of the database's sessions wait for a lock. */
    private void awaitBlocked(int many) {
        Service.await(() -> count(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                >= many);
    }

    @Test
    void theCapCountsWhatWasSentByHand() throws IOException {
        setTime(BUSY_WEEK);
        account("anna", ALL_HOURS + ",\"weeklyCap\":3");
        enqueueMany("anna", 10);
        assertThat(pacing("anna").getString("decision")).isEqualTo("RELEASE");

        JsonPath answer = reconciled(zip(fixture(ZIP)));

        assertThat(answer.getInt("window.before")).isZero();
        assertThat(answer.getInt("window.released")).isEqualTo(3);
        assertThat(answer.getInt("window.cap")).isEqualTo(3);
        assertThat(pacing("anna").getString("decision")).isEqualTo("WAIT");
        assertThat(pacing("anna").getString("reason")).isEqualTo("WEEKLY_CAP");
        assertThat(pacing("anna").getString("until")).startsWith("2026-11-16T07:53:00");
        assertThat(releases.round()).isZero();
    }

    @Test
    void aDraftThatWasSentByHandLeavesTheQueueAndCountsWhenItWasSent() {
        long queued = enqueue("anna", "jane-doe");

        JsonPath answer = reconciled(sent("Jane Doe,\"11/19/26, 9:00 AM\",jane-doe"));

        assertThat(answer.getInt("sentByHand")).isOne();
        assertThat(answer.getInt("leftQueue")).isOne();
        assertThat(state("anna", queued)).isEqualTo("PENDING");
        assertThat(query("select at at time zone 'UTC' from ledger")).containsExactly("2026-11-19 09:00:00");
    }

    @Test
    void whatWasReleasedHereIsNotCountedTwice() {
        long released = release("jane-doe");
        setTime(FRIDAY.plusSeconds(7_200));

        JsonPath answer = reconciled(sent("Jane Doe,\"11/20/26, 1:07 PM\",jane-doe"));

        assertThat(answer.getInt("sent")).isOne();
        assertThat(answer.getInt("sentByHand")).isZero();
        assertThat(state("anna", released)).isEqualTo("PENDING");
        assertThat(get("/api/v1/accounts/anna/invitations/" + released).getString("sentAt"))
                .isEqualTo("2026-11-20T13:07:00Z");
        assertThat(get("/api/v1/tasks?account=anna").getList("items")).isEmpty();
        assertThat(count("select count(*) from ledger")).isOne();
        assertThat(reconciled(sent("Jane Doe,\"11/20/26, 1:07 PM\",jane-doe")).getInt("already"))
                .isOne();
    }

    @Test
    void whatIsPendingStaysAsItIs() {
        long released = release("jane-doe");
        report("anna", released, "SENT", "");
        String before = everything();
        setTime(FRIDAY.plusSeconds(7_200));

        JsonPath answer = reconciled(sent("Jane Doe,\"11/20/26, 1:07 PM\",jane-doe"));

        assertThat(answer.getInt("already")).isOne();
        assertThat(answer.getInt("candidates")).isOne();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void absenceProvesNothing() {
        long released = release("jane-doe");
        report("anna", released, "SENT", "");

        JsonPath answer = reconciled(sent("Per Hansen,\"11/19/26, 1:07 PM\",per-hansen"));

        assertThat(answer.getInt("unseen")).isOne();
        assertThat(state("anna", released)).isEqualTo("PENDING");
    }

    @Test
    void anEarlierInvitationToTheSamePersonCountsToo() {
        JsonPath answer =
                reconciled(sent("Jane Doe,\"10/1/26, 9:00 AM\",jane-doe", "Jane Doe,\"11/19/26, 9:00 AM\",jane-doe"));

        assertThat(answer.getInt("sentByHand")).isOne();
        assertThat(answer.getInt("earlier")).isOne();
        assertThat(query("select at at time zone 'UTC' from ledger order by at"))
                .containsExactly("2026-10-01 09:00:00", "2026-11-19 09:00:00");
        assertThat(count("select count(*) from invitation where sent_at = '2026-11-19 09:00Z'"))
                .isOne();
        String before = everything();
        JsonPath again =
                reconciled(sent("Jane Doe,\"10/1/26, 9:00 AM\",jane-doe", "Jane Doe,\"11/19/26, 9:00 AM\",jane-doe"));
        assertThat(again.getInt("already")).isEqualTo(2);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aPersonOfAnotherNameIsReportedAndNotGuessed() {
        long queued = enqueue("anna", "jane-doe", "\"firstName\":\"Jane\",\"lastName\":\"Doe\"");
        String csv = sent("Rolf Berg,\"11/19/26, 9:00 AM\",jane-doe");

        JsonPath answer = reconciled(csv);

        assertThat(answer.getInt("doubtfulRows")).isOne();
        assertThat(answer.getMap("doubtful[0]"))
                .containsEntry("file", "Invitations.csv")
                .containsEntry("line", 2)
                .containsEntry("name", "Rolf Berg")
                .containsEntry("profile", "jane-doe");
        assertThat(state("anna", queued)).isEqualTo("QUEUED");
        assertThat(count("select count(*) from ledger where invitation is null"))
                .isOne();
        JsonPath connected =
                reconciled(CONNECTIONS_HEADER + "Rolf,Berg,https://www.linkedin.com/in/jane-doe,,,,19 Nov 2026\n");
        assertThat(connected.getInt("doubtfulRows")).isOne();
        assertThat(connected.getInt("accepted")).isZero();
        assertThat(reconciled(csv).getInt("earlier")).isZero();
        assertThat(count("select count(*) from ledger")).isOne();
    }

    @Test
    void aFileWithoutAddressesIsMatchedByNamesThatAreUnique() {
        long jane = enqueue("anna", "jane-doe", "\"firstName\":\"Jane\",\"lastName\":\"Doe\"");
        enqueue("anna", "per-1", "\"firstName\":\"Per\",\"lastName\":\"Hansen\"");
        enqueue("anna", "per-2", "\"firstName\":\"Per\",\"lastName\":\"Hansen\"");
        String csv = "From,To,Sent At,Message,Direction\n"
                + "Me,Jane Doe,\"11/19/26, 9:00 AM\",,OUTGOING\n"
                + "Me,Per Hansen,\"11/19/26, 9:01 AM\",,OUTGOING\n"
                + "Me,Ines O,\"11/19/26, 9:02 AM\",,OUTGOING\n";

        JsonPath answer = reconciled(csv);

        assertThat(answer.getInt("sentByHand")).isOne();
        assertThat(state("anna", jane)).isEqualTo("PENDING");
        assertThat(answer.getList("doubtful.line")).containsExactly(3, 4);
        assertThat(answer.getString("doubtful[0].why")).contains("Several people");
        assertThat(answer.getString("doubtful[1].why")).contains("Nobody invited from here");
        JsonPath connected = reconciled(
                "First Name,Last Name,Email Address,Company,Position,Connected On\nJane,Doe,,,,20 Nov 2026\nPer,Hansen,,,,20 Nov 2026\nA,B,,,,20 Nov 2026\n");
        assertThat(connected.getInt("accepted")).isOne();
        assertThat(connected.getInt("doubtfulRows")).isOne();
        assertThat(connected.getInt("neverInvited")).isOne();
        assertThat(state("anna", jane)).isEqualTo("ACCEPTED");
    }

    @Test
    void aDraftToAConnectionLeavesTheQueue() {
        long queued = enqueue("anna", "jane-doe");

        JsonPath answer =
                reconciled(CONNECTIONS_HEADER + "Jane,Doe,https://www.linkedin.com/in/jane-doe,,,,08 Feb 2024\n");

        assertThat(answer.getInt("leftQueue")).isOne();
        assertThat(state("anna", queued)).isEqualTo("ACCEPTED");
        assertThat(count("select count(*) from ledger")).isZero();
    }

    @Test
    void connectionsWhoWereNeverInvitedAreNotKept() throws IOException {
        reconciled(new String(fixture("Connections.csv"), StandardCharsets.UTF_8));

        assertThat(count("select count(*) from invitation")).isZero();
        assertThat(count("select count(*) from history where account = 'anna' and detail::text like '%friend%'"))
                .isZero();
    }

    @Test
    void theTimesAreOfTheAccountsZone() {
        account("anna", ALL_HOURS + ",\"timeZone\":\"America/New_York\"");

        reconciled(sent("Jane Doe,\"11/19/26, 9:00 AM\",jane-doe"));

        assertThat(query("select at at time zone 'UTC' from ledger")).containsExactly("2026-11-19 14:00:00");
    }

    @Test
    void aTimeInTheFutureIsRefusedUnlessAZoneExplainsIt() {
        JsonPath answer = reconciled(
                sent("Jane Doe,\"11/20/26, 11:00 PM\",jane-doe", "Per Hansen,\"11/23/26, 9:00 AM\",per-hansen"));

        assertThat(answer.getInt("sentByHand")).isOne();
        assertThat(answer.getInt("refusedRows")).isOne();
        assertThat(answer.getString("refused[0].why")).contains("timeZone");
        assertThat(query("select at at time zone 'UTC' from ledger")).containsExactly("2026-11-20 12:00:00");
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
    void theHistoryTellsOfTheExport() throws IOException {
        reconciled(zip(fixture(ZIP)));

        JsonPath history = get("/api/v1/accounts/anna/history");
        assertThat(history.getString("items[0].event")).isEqualTo("export.reconciled");
        assertThat(history.getString("items[0].actor")).isEqualTo("linkedin-export");
        assertThat(history.getMap("items[0].detail"))
                .isEqualTo(Map.of(
                        "accepted",
                        15,
                        "sent",
                        0,
                        "sentByHand",
                        22,
                        "earlier",
                        0,
                        "leftQueue",
                        0,
                        "already",
                        0,
                        "doubtful",
                        0,
                        "refused",
                        0));
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

    private long release(String profile) {
        long id = enqueue("anna", profile);
        releases.round();
        assertThat(state("anna", id)).isEqualTo("RELEASED");
        return id;
    }

    private static String sent(String... rows) {
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

    private static void refused(byte[] zip, String why) {
        send("application/zip", zip, "")
                .then()
                .statusCode(422)
                .body("code", equalTo("export-invalid"))
                .body("detail", containsString(why));
    }

    /** A form of files: names and contents in turn; a part without a name is no file. */
    private static Response form(Object... namesAndContents) {
        return given().contentType("multipart/form-data; boundary=frontier")
                .body(parts(namesAndContents))
                .post("/api/v1/accounts/anna/linkedin-export");
    }

    private static byte[] parts(Object... namesAndContents) {
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

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static Response zip(byte[] zip) {
        return send("application/zip", zip, "");
    }

    private static JsonPath reconciled(String csv) {
        return reconciled(send("text/csv", csv.getBytes(StandardCharsets.UTF_8), ""));
    }

    private static JsonPath reconciled(Response answer) {
        return answer.then().statusCode(200).extract().jsonPath();
    }

    private static Response send(String type, byte[] body, String query) {
        return given().contentType(type).body(body).post("/api/v1/accounts/anna/linkedin-export" + query);
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream file = LinkedInExportTest.class.getResourceAsStream("/fixtures/" + name)) {
            return file.readAllBytes();
        }
    }

    private static int news(JsonPath answer) {
        return answer.getInt("accepted")
                + answer.getInt("sent")
                + answer.getInt("sentByHand")
                + answer.getInt("earlier")
                + answer.getInt("leftQueue");
    }

    private String everything() {
        return query("""
                select coalesce(string_agg(line, '|' order by line), '') from (
                  select invitation::text as line from invitation union all select history::text from history
                  union all select pace::text from pace union all select ledger::text from ledger
                  union all select task::text from task) as lines""").get(0);
    }
}
