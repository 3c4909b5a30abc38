package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The month's personalised notes, which are counted apart from the cap. */
@QuarkusTest
class NoteQuotaTest extends ServiceTest {
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]},\"spread\":\"CAP\",\"weeklyCap\":168,"
            + "\"openTaskLimit\":500,\"timeZone\":\"Europe/Oslo\"";
    private static final String NOTE = "\"note\":\"Hi, we met in Oslo\"";
    private static final Duration HOUR = Duration.ofHours(1);
    /** Midnight of 1 December in Oslo. */
    private static final Instant DECEMBER = Instant.parse("2026-11-30T23:00:00Z");

    @Test
    void whenTheMonthsNotesAreUsedUpDraftsWithANoteWaitForTheNextMonthInTheAccountsZone() {
        account("anna", ALWAYS);
        long[] noted = new long[5];
        for (int i = 0; i < 5; i++) {
            noted[i] = enqueue("anna", "noted-" + i, NOTE);
        }
        long bare = enqueue("anna", "bare");

        assertThat(run(HOUR, MONDAY_8.plus(Duration.ofHours(24)))).hasSize(4);
        assertThat(state("anna", bare)).isEqualTo("RELEASED");
        assertThat(state("anna", noted[3])).isEqualTo("QUEUED");
        JsonPath pacing = pacing("anna");
        assertThat(pacing.getString("reason")).isEqualTo("NOTHING_ELIGIBLE");
        assertThat(pacing.getString("until")).isEqualTo(DECEMBER.toString());
        assertThat(pacing.getString("nextReleaseAt")).isEqualTo(DECEMBER.toString());
        assertThat(pacing.getMap("notes").toString())
                .isEqualTo("{quota=3, used=3, queued=2, left=0, resetsAt=" + DECEMBER + "}");
        assertThat(get("/api/v1/accounts/anna/invitations/" + noted[3]).getString("estimatedReleaseAt"))
                .isEqualTo(DECEMBER.toString());

        setTime(DECEMBER.minusSeconds(1));
        assertThat(releases.round()).isZero();
        setTime(DECEMBER);
        assertThat(releases.round()).isEqualTo(1);
        assertThat(state("anna", noted[3])).isEqualTo("RELEASED");
        assertThat(pacing("anna").getInt("notes.left")).isEqualTo(2);
    }

    @Test
    void onlyAsManyDraftsWithANoteAreDemandForTheWeekAsThereAreNotes() {
        account("anna", ALWAYS.replace("CAP", "WEEK").replace("168", "100"));
        for (int i = 0; i < 20; i++) {
            enqueue("anna", "noted-" + i, NOTE);
        }

        // Monday to Monday does not reach December: three notes, 168 hours.
        setTime(Instant.parse("2026-11-23T08:00:00Z"));
        assertThat(pacing("anna").getString("interval")).isEqualTo("PT56H");
        // From here on the week holds three of December too.
        setTime(DECEMBER.minus(Duration.ofHours(168)));
        assertThat(pacing("anna").getString("interval")).isEqualTo("PT28H");
    }

    @Test
    void withSendBareTheyGoWithoutTheirNotesAndItIsTold() {
        account("anna", ALWAYS + ",\"noteQuota\":1,\"onNoteQuota\":\"SEND_BARE\"");
        long first = enqueue("anna", "first", NOTE);
        long second = enqueue("anna", "second", NOTE);

        assertThat(run(HOUR, MONDAY_8.plus(Duration.ofHours(3)))).hasSize(2);

        assertThat(note(first)).isEqualTo("Hi, we met in Oslo");
        assertThat(note(second)).isNull();
        JsonPath kept = get("/api/v1/accounts/anna/invitations/" + second);
        assertThat(kept.getString("note")).isEqualTo("Hi, we met in Oslo");
        assertThat(kept.getBoolean("sentBare")).isTrue();
        assertThat(events(second))
                .containsExactly("invitation.queued", "invitation.released", "invitation.note-dropped");
        assertThat(events(first)).containsExactly("invitation.queued", "invitation.released");
        assertThat(count("select count(*) from note_use")).isEqualTo(1);
    }

    @Test
    void whatComesBackUnsentGivesItsNoteBackAndWhatWasSentAfterAllTakesItAgain() {
        account("anna", ALWAYS + ",\"noteQuota\":1");
        long invitation = enqueue("anna", "kamala-eriksen", NOTE);
        assertThat(releases.round()).isEqualTo(1);
        assertThat(pacing("anna").getInt("notes.left")).isZero();

        report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"until\":\"2026-11-24T08:00:00Z\"");
        assertThat(pacing("anna").getInt("notes.left")).isEqualTo(1);
        assertThat(query("select returned_at is not null from note_use")).containsExactly("t");

        report("anna", invitation, "SENT", "");
        assertThat(pacing("anna").getInt("notes.left")).isZero();
    }

    @Test
    void linkedInsWordThatNotesAreUsedUpHoldsAllWithANoteWhateverWasCounted() {
        account("anna", ALWAYS + ",\"tier\":\"PREMIUM\"");
        long first = enqueue("anna", "first", NOTE);
        long second = enqueue("anna", "second", NOTE);
        releases.round();

        report("anna", first, "REFUSED", "\"refusal\":\"NOTE_QUOTA\"");

        assertThat(state("anna", first)).isEqualTo("QUEUED");
        assertThat(get("/api/v1/accounts/anna/invitations/" + first).getString("notBefore"))
                .isNull();
        assertThat(run(HOUR, MONDAY_8.plus(Duration.ofHours(20)))).isEmpty();
        assertThat(pacing("anna").getString("until")).isEqualTo(DECEMBER.toString());
        assertThat(pacing("anna").getString("notes.quota")).isNull();
        assertThat(pacing("anna").getInt("notes.left")).isZero();
        assertThat(get("/api/v1/accounts/anna/history").getList("items.event")).contains("account.notes-used-up");
        assertThat(run(HOUR, DECEMBER.plus(Duration.ofHours(3))))
                .startsWith(DECEMBER)
                .hasSize(2);
        assertThat(state("anna", second)).isEqualTo("RELEASED");
    }

    @Test
    void linkedInsWordEndsWhereTheAccountGetsAnotherQuotaAndByNoOtherChange() {
        account("anna", ALWAYS);
        long noted = enqueue("anna", "noted", NOTE);
        releases.round();
        report("anna", noted, "REFUSED", "\"refusal\":\"NOTE_QUOTA\"");
        setTime(MONDAY_8.plus(HOUR));

        json("{\"name\":\"Anna Berg\"}").patch("/api/v1/accounts/anna").then().statusCode(200);
        assertThat(releases.round()).isZero();
        json("{\"tier\":\"PREMIUM\"}").patch("/api/v1/accounts/anna").then().statusCode(200);
        assertThat(releases.round()).isEqualTo(1);
        assertThat(note(noted)).isEqualTo("Hi, we met in Oslo");
    }

    @Test
    void linkedInsWordWithSendBareLetsItGoBareNext() {
        account("anna", ALWAYS + ",\"onNoteQuota\":\"SEND_BARE\"");
        long first = enqueue("anna", "first", NOTE);
        releases.round();
        assertThat(note(first)).isNotNull();

        report("anna", first, "REFUSED", "\"refusal\":\"NOTE_QUOTA\",\"until\":\"2026-11-26T08:00:00Z\"");
        setTime(MONDAY_8.plus(HOUR));
        assertThat(releases.round()).isEqualTo(1);

        assertThat(note(first)).isNull();
        report("anna", first, "REFUSED", "\"refusal\":\"COOLDOWN\",\"until\":\"2026-11-26T08:00:00Z\"");
        assertThat(get("/api/v1/accounts/anna/invitations/" + first).getBoolean("sentBare"))
                .isFalse();
        setTime(Instant.parse("2026-11-26T08:00:00Z"));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(note(first)).isEqualTo("Hi, we met in Oslo");
    }

    @Test
    void theTierIsNotLoweredWhileALongerNoteIsReleasedForItMayComeBack() {
        account("anna", ALWAYS + ",\"tier\":\"PREMIUM\"");
        long released = enqueue("anna", "noted", "\"note\":\"" + "x".repeat(201) + "\"");
        assertThat(releases.round()).isEqualTo(1);

        json("{\"tier\":\"BASIC\"}")
                .patch("/api/v1/accounts/anna")
                .then()
                .statusCode(422)
                .body("code", equalTo("note-too-long"));
        report("anna", released, "SENT", "");
        json("{\"tier\":\"BASIC\"}").patch("/api/v1/accounts/anna").then().statusCode(200);
    }

    @Test
    void aQuotaOfNoneNeverComesBack() {
        account("anna", ALWAYS + ",\"noteQuota\":0");
        enqueue("anna", "noted", NOTE);

        assertThat(releases.round()).isZero();

        assertThat(pacing("anna").getString("decision")).isEqualTo("HOLD");
        assertThat(pacing("anna").getString("notes.resetsAt")).isNotNull();
        assertThat(query("select due_at from pace")).containsExactly((String) null);
    }

    @Test
    void aQuotaThatIsRaisedWorksAtOnce() {
        account("anna", ALWAYS + ",\"noteQuota\":0");
        enqueue("anna", "noted", NOTE);
        releases.round();

        json("{\"noteQuota\":1}").patch("/api/v1/accounts/anna").then().statusCode(200);

        assertThat(releases.round()).isEqualTo(1);
    }

    private String note(long invitation) {
        return get("/api/v1/tasks?account=anna").getString("items.find { it.invitation == " + invitation + " }.note");
    }

    private List<String> events(long invitation) {
        return get("/api/v1/accounts/anna/invitations/" + invitation + "/history")
                .getList("items.event");
    }
}
