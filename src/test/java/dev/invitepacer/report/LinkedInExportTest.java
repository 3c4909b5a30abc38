package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** LinkedIn's export tells who accepted and who was invited by hand; the cap counts what it tells. */
@QuarkusTest
class LinkedInExportTest extends ExportTest {
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
}
