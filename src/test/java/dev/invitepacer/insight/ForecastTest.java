package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The forecast over the API, for queues of which one can see what has to come out. */
@QuarkusTest
class ForecastTest extends ServiceTest {
    /** A token every two hours of forty a week. */
    private static final String TWENTY = "\"weeklyCap\":20,\"spread\":\"CAP\"";

    @Test
    void eachDraftIsToldItsInstant() {
        account("anna", TWENTY);
        long first = enqueue("anna", "one");
        long second = enqueue("anna", "two", "\"priority\":5,\"campaign\":\"spring\"");
        long third = enqueue("anna", "three", "\"notBefore\":\"2026-11-25T10:00:00Z\"");

        JsonPath forecast = forecast("");

        assertThat(forecast.getString("decision")).isEqualTo("WAIT");
        assertThat(forecast.getString("reason")).isEqualTo("OUTSIDE_ACTIVE_HOURS");
        assertThat(forecast.getList("releases.invitation", Long.class)).containsExactly(first, second, third);
        assertThat(forecast.getList("releases.profile")).containsExactly("one", "two", "three");
        assertThat(forecast.getList("releases.campaign")).containsExactly(null, "spring", null);
        assertThat(forecast.getList("releases.at"))
                .containsExactly("2026-11-23T09:00:00Z", "2026-11-23T10:59:59Z", "2026-11-25T10:00:00Z");
        assertThat(forecast.getString("queueEmptyAt")).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(forecast.getList("notWithin")).isEmpty();
        assertThat(forecast.getList("perDay.date")).containsExactly("2026-11-23", "2026-11-25");
        assertThat(forecast.getList("perDay.releases")).containsExactly(2, 1);
        assertThat(forecast.getString("whatIf")).isNull();
    }

    @Test
    void whatDoesNotGoIsToldWithItsReason() {
        account("anna", TWENTY);
        enqueueMany("anna", 45);
        enqueue("anna", "lapses", "\"priority\":-10,\"lapsesAt\":\"2026-12-01T00:00:00Z\"");
        enqueue("anna", "later", "\"notBefore\":\"2027-11-25T10:00:00Z\"");
        for (int i = 0; i < 5; i++) {
            enqueue("anna", "noted-" + i, "\"priority\":10,\"note\":\"Hello\"");
        }
        enqueue("anna", "resting", "\"campaign\":\"resting\"");
        execute("update campaign set paused_at = service_now() where name = 'resting'");

        JsonPath forecast = forecast("days=14");

        assertThat(forecast.getInt("released")).isEqualTo(40);
        assertThat(forecast.getString("queueEmptyAt")).isNull();
        assertThat(forecast.getString("knownUntil")).isEqualTo("2026-12-07T08:00:00Z");
        assertThat(reasons(forecast))
                .containsExactly("AFTER_HORIZON 10", "CAMPAIGN_PAUSED 1", "LAPSES 1", "NOT_BEFORE 1");
        // Three notes go in November, the other two on the first of December.
        assertThat(forecast.getList("releases.findAll { it.profile.startsWith('noted') }.at"))
                .hasSize(5)
                .satisfies(at -> assertThat((String) at.get(2)).startsWith("2026-11"))
                .satisfies(at -> assertThat((String) at.get(3)).startsWith("2026-12-01"));
    }

    /** A hundred without a note come first, then thousands that wait for the month's three notes. */
    @Test
    void aLongListThatWaitsForNotesHidesNothing() {
        account("anna", "\"weeklyCap\":100");
        enqueueMany("anna", 100);
        List<Long> bare = get("/api/v1/accounts/anna/invitations?limit=200").getList("items.id", Long.class);
        importNoted("anna", 2_900);
        bulk("anna", "", 97_000);

        JsonPath forecast = forecast("");

        assertThat(forecast.getList("releases.invitation", Long.class))
                .hasSize(106)
                .startsWith(bare.toArray(Long[]::new));
        assertThat(forecast.getString("knownUntil")).isEqualTo(forecast.getString("until"));
        assertThat(reasons(forecast)).containsExactly("NOTE_QUOTA 99894");
        assertThat(get("/api/v1/accounts/anna/invitations/" + bare.get(99)).getString("estimatedReleaseAt"))
                .isEqualTo(forecast.getString("releases[99].at"));

        account("anna", "\"weeklyCap\":100,\"noteQuota\":0");
        assertThat(forecast("").getInt("released")).isEqualTo(100);
        assertThat(reasons(forecast(""))).containsExactly("NOTE_QUOTA 99900");

        account("anna", "\"weeklyCap\":100,\"onNoteQuota\":\"SEND_BARE\"");
        assertThat(forecast("").getInt("released")).isEqualTo(400);
        assertThat(reasons(forecast(""))).containsExactly("AFTER_HORIZON 99600");
    }

    /** Five campaigns of 20,000, four in five with a note: what is read stays bounded; the time is printed. */
    @Test
    void fiveLongCampaignsAreToldInABoundedTime() {
        account("anna", "\"weeklyCap\":100");
        enqueue("anna", "one");
        importNoted("anna", 1);
        for (int i = 0; i < 5; i++) {
            enqueue("anna", "first-" + i, "\"campaign\":\"c" + i + "\"");
            bulk("anna", "c" + i, 19_998);
        }
        execute("update invitation set note = null where profile like 'bulk-%' and id % 5 = 0");
        execute("analyze invitation");

        forecast("");
        long start = System.nanoTime();
        JsonPath forecast = forecast("");
        System.out.printf(
                "Forecast of 100,000 drafts in 5 campaigns: %d ms%n", (System.nanoTime() - start) / 1_000_000);

        assertThat(forecast.getInt("released")).isEqualTo(400);
        assertThat(forecast.getString("knownUntil")).isEqualTo(forecast.getString("until"));
        forecast("days=366");
    }

    /** More like the last one that was enqueued with a note, as a list of {@code many} would bring them. */
    private void bulk(String account, String campaign, int many) {
        List<String> columns =
                query("select column_name from information_schema.columns where table_name = 'invitation'"
                        + " and column_name not in ('id', 'profile', 'campaign') and is_generated = 'NEVER'");
        String list = String.join(", ", columns);
        execute("insert into invitation (profile, campaign, " + list + ") select 'bulk-"
                + campaign + "-' || n, nullif('" + campaign + "', ''), " + list
                + " from generate_series(1, " + many + ") as n, (select * from invitation where account = '" + account
                + "' and note is not null and profile like 'noted-%' order by id desc limit 1) as last");
    }

    private void importNoted(String account, int many) {
        StringBuilder csv = new StringBuilder("profile,note\n");
        for (int i = 1; i <= many; i++) {
            csv.append("noted-").append(i).append(",Hello\n");
        }
        given().contentType("text/csv")
                .body(csv.toString())
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200);
    }

    @Test
    void pausedIsHeldAndPausedUntilIsLater() {
        account("anna", TWENTY);
        enqueueMany("anna", 3);
        json("{\"reason\":\"leave\",\"until\":\"2026-11-26T12:00:00Z\"}").post("/api/v1/accounts/anna/pause");
        assertThat(forecast("").getString("releases[0].at")).isEqualTo("2026-11-26T12:00:00Z");

        json("{\"reason\":\"leave\"}").post("/api/v1/accounts/anna/pause");
        assertThat(reasons(forecast(""))).containsExactly("PAUSED 3");
        assertThat(forecast("").getString("knownUntil")).isEqualTo(MONDAY_8.toString());
    }

    @Test
    void theWarmUpStepsWithinTheForecast() {
        account("anna", TWENTY + ",\"warmUp\":{\"start\":5,\"step\":5}");
        enqueueMany("anna", 100);

        assertThat(forecast("weeklyCap=20").getList("whatIf.perWeek")).containsExactly(5, 10, 15, 20);
    }

    @Test
    void anotherCapAndMoreDraftsAreCompared() {
        account("anna", TWENTY);
        enqueueMany("anna", 40);

        JsonPath twice = forecast("weeklyCap=40");
        assertThat(twice.getList("whatIf.perWeek")).containsExactly(40);
        assertThat(twice.getInt("whatIf.moreReleased")).isZero();
        assertThat(twice.getString("whatIf.emptyLaterBy")).isEqualTo("PT-167H");

        JsonPath more = forecast("drafts=60&days=366");
        assertThat(more.getInt("whatIf.released")).isEqualTo(100);
        assertThat(more.getInt("whatIf.moreReleased")).isEqualTo(60);
        assertThat(more.getList("whatIf.perWeek")).containsExactly(20, 20, 20, 20, 20);
    }

    @Test
    void moreDraftsWaitWhileThoseWithoutCampaignArePaused() {
        account("anna", TWENTY);
        enqueue("anna", "named", "\"campaign\":\"spring\"");
        enqueue("anna", "unnamed");
        execute("update campaign set paused_at = service_now() where name = ''");

        JsonPath more = forecast("drafts=5");

        assertThat(more.getInt("whatIf.released")).isEqualTo(1);
        assertThat(more.getInt("whatIf.moreReleased")).isZero();
        assertThat(more.getString("whatIf.queueEmptyAt")).isNull();
    }

    @Test
    void anotherCapEmptiesNoQueueThatHasDraftsWhichDoNotGo() {
        account("anna", TWENTY);
        enqueueMany("anna", 3);
        assertThat(forecast("weeklyCap=40").getString("whatIf.queueEmptyAt")).isNotNull();
        assertThat(forecast("drafts=4").getString("whatIf.queueEmptyAt")).isNotNull();
        enqueue("anna", "resting", "\"campaign\":\"resting\"");
        execute("update campaign set paused_at = service_now() where name = 'resting'");

        JsonPath forecast = forecast("weeklyCap=40");

        assertThat(forecast.getString("queueEmptyAt")).isNull();
        assertThat(forecast.getString("whatIf.queueEmptyAt")).isNull();
        assertThat(forecast.getString("whatIf.emptyLaterBy")).isNull();
    }

    /** On Tuesday at 10 LinkedIn lets notes go again, and from then on December's are demand of the week, too. */
    @Test
    void notesThatComeBackJustBeforeANewMonthBringReleasesForward() {
        account("anna", "\"noteQuota\":2,\"onNoteQuota\":\"HOLD\",\"weeklyCap\":20");
        enqueueMany("anna", 2);
        for (int i = 0; i < 10; i++) {
            enqueue("anna", "noted-" + i, "\"note\":\"Hello\"");
        }
        execute("update pace set notes_used_up_until = '2026-11-24T10:00:00Z'");
        setTime(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(releases.round()).isEqualTo(1);
        String foretold = forecast("").getString("releases[0].at");

        Instant released = null;
        for (int looks = 0; released == null && looks < 20; looks++) {
            setTime(Instant.parse(
                    query("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pace")
                            .get(0)));
            released = releases.round() == 0 ? null : now();
        }

        assertThat(foretold).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(released).isEqualTo(Instant.parse(foretold));
    }

    /** Three in ten accept: the third release finds less than two pending, the fourth more. */
    @Test
    void theThresholdHoldsFromTheInstantAtWhichItIsReached() {
        account("anna", TWENTY + ",\"pendingThreshold\":2");
        enqueueMany("anna", 10);

        JsonPath forecast = forecast("");

        assertThat(forecast.getInt("released")).isEqualTo(3);
        assertThat(forecast.getString("pending.reachedAt")).isEqualTo("2026-11-23T14:59:59Z");
        assertThat(forecast.getString("knownUntil")).isEqualTo("2026-11-23T14:59:59Z");
        assertThat(forecast.getString("pending.answers")).isEqualTo("PUBLISHED");
        assertThat(reasons(forecast)).containsExactly("PENDING_THRESHOLD 7");
        assertThat(get("/api/v1/accounts/anna/invitations").getList("items.id", Long.class).stream()
                        .map(id ->
                                get("/api/v1/accounts/anna/invitations/" + id).getString("estimatedReleaseAt")))
                .startsWith("2026-11-23T09:00:00Z", "2026-11-23T10:59:59Z", "2026-11-23T12:59:59Z", null);
    }

    @Test
    void onlyTheQueueThatIsThereMatters() {
        account("anna", TWENTY);
        JsonPath empty = forecast("");
        assertThat(empty.getString("queueEmptyAt")).isEqualTo(MONDAY_8.toString());
        assertThat(empty.getInt("pending.now")).isZero();
        assertThat(empty.getList("pending.course")).hasSize(28);
    }

    @Test
    void oneInvitationIsToldWhatTheForecastTells() {
        account("anna", TWENTY + ",\"warmUp\":{\"start\":3,\"step\":2}");
        for (int i = 0; i < 12; i++) {
            enqueue(
                    "anna",
                    "p-" + i,
                    "\"campaign\":\"c" + i % 3 + "\",\"priority\":" + (i % 4)
                            + (i % 5 == 0 ? ",\"note\":\"Hello\"" : ""));
        }
        JsonPath forecast = forecast("days=60");
        List<Long> ids = forecast.getList("releases.invitation", Long.class);
        assertThat(ids).hasSize(12);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(get("/api/v1/accounts/anna/invitations/" + ids.get(i)).getString("estimatedReleaseAt"))
                    .isEqualTo(forecast.getString("releases[" + i + "].at"));
        }
    }

    @Test
    void whatCannotBeReadIsRefused() {
        account("anna", "");
        for (String query :
                new String[] {"days=0", "days=367", "days=x", "weeklyCap=201", "drafts=-1", "drafts=100001"}) {
            given().get("/api/v1/accounts/anna/forecast?" + query).then().statusCode(400);
        }
        given().get("/api/v1/accounts/nobody/forecast").then().statusCode(404);
    }

    private static List<String> reasons(JsonPath forecast) {
        List<String> reasons = forecast.getList("notWithin.reason");
        List<Integer> counts = forecast.getList("notWithin.count");
        return java.util.stream.IntStream.range(0, reasons.size())
                .mapToObj(i -> reasons.get(i) + " " + counts.get(i))
                .toList();
    }

    private JsonPath forecast(String query) {
        return get("/api/v1/accounts/anna/forecast" + (query.isEmpty() ? "" : "?" + query));
    }
}
