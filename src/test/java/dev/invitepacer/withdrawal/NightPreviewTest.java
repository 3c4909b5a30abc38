package dev.invitepacer.withdrawal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The night's withdrawals before it comes, asked for now, spread, and under an allowance that people share. */
@QuarkusTest
class NightPreviewTest extends ServiceTest {
    private static final Instant NIGHT = Instant.parse("2026-11-24T03:00:00Z");
    private static final String WHAT_WAS_ASKED = """
            select i.id || ' ' || t.reason || ' ' || to_char(t.ready_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
              from task t join invitation i on i.id = t.invitation
             where t.kind = 'WITHDRAW' order by t.ready_at""";

    @Test
    void theNightDoesWhatThePreviewSaid() {
        account("anna", "\"pendingThreshold\":30,\"withdrawalsPerNight\":20,\"weeklyCap\":100,\"openTaskLimit\":500");
        for (int i = 0; i < 12; i++) {
            pending("anna", "stale-" + i, Duration.ofHours(720 + i));
        }
        pending("anna", "not-stale-yet", Duration.ofHours(701));
        pending("anna", "expires-before", Duration.ofHours(4_310));
        keep("anna", pending("anna", "kept", Duration.ofHours(2_000)));
        enqueueMany("anna", 40);
        JsonPath preview = preview("anna");

        // The whole working day lies between the preview and the night, and nine are released in it.
        for (Instant due = due(); due.isBefore(NIGHT); due = due()) {
            setTime(due);
            releases.round();
        }
        setTime(NIGHT);
        JsonPath atNight = preview("anna");
        int asked = nights.round();

        assertThat(preview.getString("at")).isEqualTo("2026-11-24T03:00:00Z");
        assertThat(items(preview)).hasSize(asked).isEqualTo(items(atNight)).isEqualTo(query(WHAT_WAS_ASKED));
        assertThat(preview.getMap("pending")).isEqualTo(atNight.getMap("pending"));
        assertThat(preview.getMap("allowance")).isEqualTo(atNight.getMap("allowance"));
        assertThat(preview.getList("withdrawals.reason", String.class))
                .containsExactlyElementsOf(LongStream.range(0, asked)
                        .mapToObj(i -> i < 13 ? "STALE" : "PENDING_THRESHOLD")
                        .toList());
        assertThat(preview.getList("withdrawals.profile", String.class))
                .startsWith("stale-11", "stale-10")
                .contains("not-stale-yet")
                .doesNotContain("kept", "expires-before");
        assertThat(count("select pending_before - expired from nightly_run"))
                .isEqualTo(preview.getInt("pending.before"));
        assertThat(count("select pending_after from nightly_run")).isEqualTo(preview.getInt("pending.after"));
    }

    @Test
    void theNightComesUpOneAfterTheOther() {
        account("anna", "\"withdrawOver\":\"PT4H\"");
        for (int i = 0; i < 4; i++) {
            pending("anna", "person-" + i, Duration.ofHours(800 - i));
        }
        setTime(NIGHT);
        assertThat(nights.round()).isEqualTo(4);

        assertThat(listed()).containsExactly("person-0");
        setTime(NIGHT.plusSeconds(3_599));
        assertThat(listed()).containsExactly("person-0");
        setTime(NIGHT.plusSeconds(3_600));
        assertThat(listed()).containsExactly("person-0", "person-1");
        setTime(NIGHT.plusSeconds(3 * 3_600));
        assertThat(listed()).containsExactly("person-0", "person-1", "person-2", "person-3");
    }

    @Test
    void aTaskIsNotClaimedBeforeItComesUp() {
        account("anna", "\"withdrawOver\":\"PT4H\"");
        pending("anna", "first", Duration.ofHours(801));
        pending("anna", "second", Duration.ofHours(800));
        setTime(NIGHT);
        nights.round();
        String second = query("select max(id) from task").get(0);

        json("").post("/api/v1/tasks/" + second + "/claim")
                .then()
                .statusCode(409)
                .body("code", equalTo("task-not-ready"))
                .body("availableAt", equalTo("2026-11-24T05:00:00Z"));
        setTime(NIGHT.plusSeconds(7_200));
        json("").post("/api/v1/tasks/" + second + "/claim").then().statusCode(200);
    }

    @Test
    void whoAnswersOrIsKeptBeforeTheirTaskComesUpIsNotAskedFor() {
        account("anna", "\"withdrawalsPerNight\":3");
        pending("anna", "first", Duration.ofHours(803));
        long answering = pending("anna", "answering", Duration.ofHours(802));
        long kept = pending("anna", "kept", Duration.ofHours(801));
        long another = pending("anna", "another", Duration.ofHours(2));
        setTime(NIGHT);
        assertThat(nights.round()).isEqualTo(3);
        withdraw("anna", another).statusCode(409);

        report("anna", answering, "ACCEPTED", "");
        keep("anna", kept);

        setTime(NIGHT.plus(Duration.ofHours(5)));
        assertThat(listed()).containsExactly("first");
        // Two of the three asked nobody for anything: their places are free.
        withdraw("anna", another).statusCode(200);
        withdraw("anna", kept).statusCode(200);
        assertThat(state("anna", kept)).isEqualTo("WITHDRAWING");
    }

    @Test
    void peopleAndTheNightShareOneAllowance() {
        account("anna", "\"withdrawalsPerNight\":4");
        advance(Duration.ofHours(4));
        for (int i = 0; i < 3; i++) {
            long id = pending("anna", "by-hand-" + i, Duration.ofHours(48));
            withdraw("anna", id).statusCode(200);
            report("anna", id, "WITHDRAWN", "");
        }
        pending("anna", "stale-1", Duration.ofHours(800));
        pending("anna", "stale-2", Duration.ofHours(799));
        long fresh = pending("anna", "fresh", Duration.ofHours(3));

        setTime(NIGHT);
        JsonPath preview = preview("anna");
        assertThat(preview.getInt("beyondAllowance")).isEqualTo(1);
        assertThat(nights.round()).isEqualTo(1);
        withdraw("anna", fresh)
                .statusCode(409)
                .body("code", equalTo("withdrawals-used-up"))
                .body("availableAt", equalTo("2026-11-24T12:00:00Z"));

        setTime(MONDAY_8.plus(Duration.ofHours(28)));
        withdraw("anna", fresh).statusCode(200);
        withdraw("anna", fresh).statusCode(200);
    }

    @Test
    void whatNobodyReportsKeepsItsPlace() {
        account("anna", "\"withdrawalsPerNight\":1");
        long first = pending("anna", "first", Duration.ofHours(5));
        long second = pending("anna", "second", Duration.ofHours(4));
        withdraw("anna", first).statusCode(200);
        advance(Duration.ofHours(100));

        withdraw("anna", second).statusCode(409).body("availableAt", org.hamcrest.Matchers.nullValue());
        report("anna", first, "WITHDRAWN", "");
        withdraw("anna", second).statusCode(200);
    }

    @Test
    void withoutNightlyWithdrawalsAPersonStillCan() {
        account("anna", "\"withdrawalsPerNight\":0");
        for (int i = 0; i < 3; i++) {
            withdraw("anna", pending("anna", "person-" + i, Duration.ofHours(900)))
                    .statusCode(200);
        }
        setTime(NIGHT);
        assertThat(nights.round()).isZero();
        assertThat(preview("anna").getList("withdrawals")).isEmpty();
    }

    @Test
    void askedForNowItIsAskedForOnceAndTheNightGoesOnWithWhatIsLeft() {
        account("anna", "\"withdrawalsPerNight\":5,\"withdrawOver\":\"PT1H\"");
        for (int i = 0; i < 7; i++) {
            pending("anna", "stale-" + i, Duration.ofHours(i < 3 ? 720 : 705));
        }

        JsonPath first = runNow("anna");
        JsonPath second = runNow("anna");

        assertThat(first.getList("withdrawals.profile", String.class)).containsExactly("stale-0", "stale-1", "stale-2");
        assertThat(first.getString("withdrawals[1].readyAt")).isEqualTo("2026-11-23T08:20:00Z");
        assertThat(first.getInt("allowance.left")).isEqualTo(2);
        assertThat(second.getList("withdrawals")).isEmpty();
        setTime(NIGHT);
        assertThat(preview("anna").getInt("beyondAllowance")).isEqualTo(2);
        assertThat(nights.round()).isEqualTo(2);
        assertThat(
                        query(
                                "select actor || ' ' || (detail ->> 'asked') from history where event = 'account.cleaned' order by id"))
                .containsExactly("api 3", "api 0", "nightly 2");
        assertThat(query("select distinct withdrawal from invitation where state = 'WITHDRAWING'"))
                .containsExactly("STALE");
    }

    @Test
    void aNightThatIsDueIsShownAsTheOneThatRunsNow() {
        account("anna", "");
        pending("anna", "stale", Duration.ofHours(800));
        setTime(NIGHT.plusSeconds(90));

        assertThat(preview("anna").getString("at")).isEqualTo("2026-11-24T03:01:30Z");
        nights.round();
        assertThat(preview("anna").getString("at")).isEqualTo("2026-11-25T03:00:00Z");
        assertThat(preview("anna").getList("withdrawals")).isEmpty();
        assertThat(preview("anna").getInt("pending.after")).isZero();
    }

    @Test
    void aNightWithMuchToExpireTakesSeveralTransactionsAndIsOneNight() {
        account("anna", "");
        execute("""
                insert into invitation (account, profile, degree, priority, state, queued_at, released_at, sent_at, pending_since)
                select 'anna', 'person-' || n, 2, 0, 'PENDING', t, t, t, t
                  from generate_series(1, 1203) as n, (values (timestamptz '2026-03-01T00:00:00Z')) as old (t)""");
        pending("anna", "stale", Duration.ofHours(800));
        setTime(NIGHT);

        assertThat(nights.round()).isEqualTo(1);

        assertThat(count("select count(*) from invitation where state = 'EXPIRED'"))
                .isEqualTo(1_203);
        assertThat(
                        query(
                                "select expired || ' ' || asked || ' ' || pending_before || ' ' || pending_after from nightly_run"))
                .containsExactly("1203 1 1204 0");
        assertThat(query("select detail ->> 'expired' from history where event = 'account.cleaned'"))
                .containsExactly("1203");
        assertThat(nights.round()).isZero();
    }

    @Test
    void anAccountThatThereIsNotHasNoNight() {
        given().get("/api/v1/accounts/nobody/withdrawals/preview").then().statusCode(404);
        json("").post("/api/v1/accounts/nobody/withdrawals").then().statusCode(404);
    }

    private JsonPath preview(String account) {
        return get("/api/v1/accounts/" + account + "/withdrawals/preview");
    }

    private static JsonPath runNow(String account) {
        return json("").post("/api/v1/accounts/" + account + "/withdrawals")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static io.restassured.response.ValidatableResponse withdraw(String account, long invitation) {
        return json("").post("/api/v1/accounts/" + account + "/invitations/" + invitation + "/withdraw")
                .then();
    }

    private static void keep(String account, long invitation) {
        json("{\"keep\":true}")
                .patch("/api/v1/accounts/" + account + "/invitations/" + invitation)
                .then()
                .statusCode(200);
    }

    /** As {@link #WHAT_WAS_ASKED} tells it. */
    private static List<String> items(JsonPath preview) {
        return LongStream.range(0, preview.getList("withdrawals").size())
                .mapToObj(i -> "withdrawals[" + i + "]")
                .map(item -> preview.getLong(item + ".invitation") + " " + preview.getString(item + ".reason") + " "
                        + preview.getString(item + ".readyAt").replace("T", " ").replaceAll("(\\.[0-9]+)?Z", ""))
                .toList();
    }

    private Instant due() {
        return Instant.parse(
                query("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pace")
                        .get(0));
    }

    private List<String> listed() {
        return get("/api/v1/tasks?account=anna&kind=WITHDRAW").getList("items.profile", String.class);
    }

    /** An invitation sent by hand so long ago. */
    private long pending(String account, String profile, Duration ago) {
        return json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\",\"at\":\"" + now().minus(ago) + "\"}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("results[0].invitation");
    }
}
