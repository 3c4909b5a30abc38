package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Which invitation goes next, through the real loop. */
@QuarkusTest
class OrderTest extends ServiceTest {
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]},\"spread\":\"CAP\",\"weeklyCap\":168,"
            + "\"pendingThreshold\":5000,\"openTaskLimit\":5000,\"noteQuota\":0";
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void overAThousandReleasesEachCampaignIsWithinOneOfItsShare() {
        account("anna", ALWAYS);
        Map<String, Integer> weights = new TreeMap<>(Map.of("one", 1, "two", 2, "three", 3));
        weights.forEach((name, weight) -> {
            weigh("anna", name, weight);
            importMany("anna", name, 1_000 * weight / 6 + 10);
        });
        account("anna", ALWAYS);

        List<String> released = releasedIn("anna", 1_000);

        Map<String, Integer> counts = new TreeMap<>();
        long farthest = 0;
        for (int n = 1; n <= released.size(); n++) {
            counts.merge(released.get(n - 1), 1, Integer::sum);
            for (Map.Entry<String, Integer> campaign : weights.entrySet()) {
                long sixths = 6L * counts.getOrDefault(campaign.getKey(), 0) - (long) n * campaign.getValue();
                farthest = Math.max(farthest, Math.abs(sixths));
            }
        }
        assertThat(released).hasSize(1_000);
        assertThat(farthest).isLessThan(6);
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of("one", 167, "two", 333, "three", 500));
    }

    @Test
    void aPausedCampaignLetsTheOthersGoAndCatchesNothingUpAfterwards() {
        account("anna", ALWAYS);
        importMany("anna", "a", 60);
        importMany("anna", "b", 60);
        assertThat(releasedIn("anna", 10)).containsOnly("a", "b");

        post("anna", "a", "pause");
        assertThat(releasedIn("anna", 20)).containsOnly("b");
        post("anna", "a", "resume");

        List<String> after = releasedIn("anna", 10);
        assertThat(after.stream().filter("a"::equals)).hasSize(5);
    }

    @Test
    void whileOnlyPausedCampaignsHaveDraftsTheAccountHolds() {
        account("anna", ALWAYS);
        long draft = enqueue("anna", "kamala-eriksen", "\"campaign\":\"spring\"");
        post("anna", "spring", "pause");

        assertThat(releases.round()).isZero();
        assertThat(pacing("anna").getString("decision")).isEqualTo("HOLD");
        assertThat(pacing("anna").getInt("queue.held")).isEqualTo(1);
        assertThat(get("/api/v1/accounts/anna/invitations/" + draft).getString("estimatedReleaseAt"))
                .isNull();

        post("anna", "spring", "resume");
        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void draftsOfAPausedCampaignAreNoDemandForTheWeek() {
        account("anna", ALWAYS.replace("CAP", "WEEK"));
        importMany("anna", "a", 21);
        importMany("anna", "b", 21);

        post("anna", "b", "pause");

        assertThat(pacing("anna").getString("interval")).isEqualTo("PT8H");
        post("anna", "b", "resume");
        assertThat(pacing("anna").getString("interval")).isEqualTo("PT4H");
    }

    @Test
    void aLowPriorityThatHasWaitedLongEnoughGoesBeforeAHighOne() {
        account("anna", ALWAYS);
        post("anna");
        long low = enqueue("anna", "low", "\"priority\":-1,\"degree\":3");
        setTime(MONDAY_8.plus(Duration.ofHours(2 * 168 + 56)));
        long same = enqueue("anna", "same", "\"priority\":1");
        setTime(now().plus(Duration.ofHours(1)));
        long later = enqueue("anna", "later", "\"priority\":1");
        json("{}").post("/api/v1/accounts/anna/resume").then().statusCode(200);

        run(HOUR, now().plus(Duration.ofHours(4)));

        assertThat(query("select invitation from ledger order by id")).containsExactly("" + low, "" + same, "" + later);
    }

    @Test
    void whatIsEnqueuedWithoutACampaignSharesLikeACampaign() {
        account("anna", ALWAYS);
        importMany("anna", "a", 20);
        importMany("anna", "", 20);

        List<String> released = releasedIn("anna", 10);

        assertThat(released.stream().filter("a"::equals)).hasSize(5);
    }

    @Test
    void theEstimateOfADraftCountsTheOtherCampaignsShares() {
        account("anna", ALWAYS);
        weigh("anna", "b", 3);
        importMany("anna", "a", 4);
        importMany("anna", "b", 30);
        JsonPath page = get("/api/v1/accounts/anna/invitations?campaign=a");
        long last = page.getLong("items[3].id");
        Instant estimate =
                Instant.parse(get("/api/v1/accounts/anna/invitations/" + last).getString("estimatedReleaseAt"));

        run(HOUR, MONDAY_8.plus(Duration.ofHours(40)));

        String released = query("select to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from ledger"
                        + " where invitation = " + last)
                .get(0);
        assertThat(Instant.parse(released)).isBetween(estimate, estimate.plusSeconds(1));
    }

    @Test
    void theFirstOfACampaignIsFoundByItsIndexWithoutSorting() {
        account("anna", ALWAYS);
        importMany("anna", "a", 300);
        importMany("anna", "b", 300);
        execute("analyze invitation; analyze campaign");

        String plan = String.join("\n", query("""
                explain select f.id
                  from campaign c
                 cross join lateral (
                       select i.id
                         from invitation i
                        where i.account = c.account
                          and i.state = 'QUEUED'
                          and coalesce(i.campaign, '') = c.name collate "default"
                          and (i.not_before is null or i.not_before <= now())
                          and (i.lapses_at is null or i.lapses_at > now())
                        order by i.rank_at, i.id
                        limit 1) as f
                 where c.account = 'anna'"""));

        assertThat(plan).contains("invitation_queue").doesNotContain("Sort");
    }

    /** The campaigns of the next releases, in their order. */
    private List<String> releasedIn(String account, int count) {
        long before = count("select coalesce(max(id), 0) from ledger");
        int released = 0;
        Instant now = now();
        while (released < count) {
            setTime(now);
            released += releases.round();
            if (released < count) {
                now = now.plus(HOUR);
                report(account);
            }
        }
        return query("select coalesce(i.campaign, '') from ledger l join invitation i on i.id = l.invitation"
                + " where l.id > " + before + " order by l.id");
    }

    /** Pending ones are accepted, so that nothing holds the account. */
    private void report(String account) {
        execute("update task set state = 'DONE', closed_at = now() where account = '" + account
                + "' and state = 'OPEN'");
        execute("update invitation set state = 'ACCEPTED' where account = '" + account + "' and state = 'RELEASED'");
        setTime(now().plus(HOUR));
    }

    private void importMany(String account, String campaign, int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add("person-" + (campaign.isEmpty() ? "none" : campaign) + "-" + i + "," + campaign);
        }
        json("").contentType("text/csv")
                .body("profile,campaign\n" + String.join("\n", rows) + "\n")
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200);
    }

    private void weigh(String account, String campaign, int weight) {
        json("{\"weight\":" + weight + "}")
                .put("/api/v1/accounts/" + account + "/campaigns/" + campaign)
                .then()
                .statusCode(201);
    }

    private void post(String account) {
        json("{\"reason\":\"later\"}")
                .post("/api/v1/accounts/" + account + "/pause")
                .then()
                .statusCode(200);
    }

    private void post(String account, String campaign, String what) {
        json("").post("/api/v1/accounts/" + account + "/campaigns/" + campaign + "/" + what)
                .then()
                .statusCode(200);
    }
}
