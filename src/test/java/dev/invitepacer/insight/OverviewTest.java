package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** All accounts in one list, the worst first. */
@QuarkusTest
class OverviewTest extends ServiceTest {
    private static final Instant MONDAY_9 = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void aRowTellsWhatPacingTells() {
        account("anna", "\"weeklyCap\":20,\"spread\":\"CAP\",\"timeZone\":\"Europe/Oslo\"");
        enqueueMany("anna", 5);
        enqueue("anna", "later", "\"notBefore\":\"2026-12-01T10:00:00Z\"");
        setTime(MONDAY_9);
        releases.round();
        setTime(MONDAY_9.plusSeconds(60));

        JsonPath row = JsonPath.given(
                given().get("/api/v1/overview").then().statusCode(200).extract().asString());
        JsonPath pacing = pacing("anna");

        assertThat(row.getList("items")).hasSize(1);
        row.setRootPath("items[0]");
        for (String field :
                List.of("account", "decision", "reason", "until", "nextReleaseAt", "interval", "paceIndex")) {
            assertThat((Object) row.get(field))
                    .as(field)
                    .isEqualTo(pacing.get(field))
                    .isNotNull();
        }
        for (String field : List.of("window", "pending", "queue")) {
            assertThat((Object) row.get(field))
                    .as(field)
                    .isEqualTo(pacing.get(field))
                    .isNotNull();
        }
        assertThat(row.getInt("queue.held")).isEqualTo(1);
        assertThat(row.getString("since")).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(row.getString("name")).isEqualTo("anna");
        assertThat(row.getString("timeZone")).isEqualTo("Europe/Oslo");
        assertThat(row.getString("channel")).isEqualTo("INBOX");
        assertThat(row.getInt("tasks.open")).isEqualTo(1);
        assertThat(row.getString("tasks.oldestAt")).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(row.getString("trouble")).isNull();
        assertThat(row.getString("acceptance")).isNull();
    }

    @Test
    void aDraftThatIsHeldForSeveralReasonsIsHeldOnce() {
        account("anna", "\"noteQuota\":0");
        enqueue("anna", "goes");
        enqueue("anna", "noted", "\"note\":\"Hello\"");
        enqueue("anna", "later", "\"notBefore\":\"2026-12-01T10:00:00Z\"");
        enqueue("anna", "resting", "\"campaign\":\"resting\"");
        enqueue(
                "anna",
                "all-of-it",
                "\"campaign\":\"resting\",\"note\":\"Hello\",\"notBefore\":\"2026-12-01T10:00:00Z\"");
        enqueue("anna", "lapsed", "\"lapsesAt\":\"2026-11-23T08:30:00Z\"");
        execute("update campaign set paused_at = service_now() where name = 'resting'");
        setTime(Instant.parse("2026-11-23T08:45:00Z"));

        JsonPath overview = get("/api/v1/overview");

        assertThat(overview.getMap("items[0].queue").toString()).isEqualTo("{waiting=1, held=5}");
        assertThat(pacing("anna").getInt("notes.queued")).isEqualTo(2);
    }

    @Test
    void theWorstComesFirst() {
        for (String account : List.of(
                "a-goes",
                "b-empty",
                "c-late",
                "d-tasks",
                "e-pending",
                "f-paused",
                "g-limited",
                "h-stuck",
                "i-capped",
                "j-failing")) {
            account(account, "\"openTaskLimit\":2,\"pendingThreshold\":5,\"weeklyCap\":40,\"spread\":\"CAP\"");
            if (!account.equals("b-empty")) {
                enqueueMany(account, 9);
            }
        }
        json("{\"reason\":\"holiday\"}")
                .post("/api/v1/accounts/f-paused/pause")
                .then()
                .statusCode(200);
        execute("update pace set restricted_until = '2026-11-28T00:00:00Z', restriction = 'WEEKLY_LIMIT'"
                + " where account = 'g-limited'");
        for (int i = 0; i < 6; i++) {
            execute("insert into ledger (account, at, kind) select 'i-capped', '2026-11-20T09:00:00Z', 'BY_HAND'"
                    + " from generate_series(1, 10)");
        }
        setTime(MONDAY_9);
        releases.round();
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, pending_since)"
                + " select 'e-pending', 'p-' || n, 2, 0, 'PENDING', service_now(), service_now()"
                + " from generate_series(1, 5) as n");
        execute("update pace set due_at = service_now()");
        setTime(MONDAY_9.plusSeconds(3 * 3600));
        releases.round();
        releases.round();
        execute("update task set opened_at = '2026-11-19T09:00:00Z' where account = 'c-late'"
                + " and id = (select min(id) from task where account = 'c-late')");
        execute("update account set settings = settings || '{\"channel\":\"LINKEDIN\"}' where account = 'h-stuck'");
        execute("update task set stage = 'FAILED', lane = 'LINKEDIN' where account = 'h-stuck'");
        execute("update pace set retry_at = service_now() + interval '1 minute' where account = 'j-failing'");
        execute("update pace set reason = 'NEXT_TOKEN', due_at = service_now() + interval '1 hour'"
                + " where account in ('a-goes', 'c-late')");
        execute("update pace set reason_since = '2026-11-21T09:00:00Z' where account = 'i-capped'");

        JsonPath overview = get("/api/v1/overview");

        assertThat(overview.getList("items.account"))
                .containsExactly(
                        "j-failing",
                        "g-limited",
                        "f-paused",
                        "h-stuck",
                        "e-pending",
                        "d-tasks",
                        "c-late",
                        "i-capped",
                        "b-empty",
                        "a-goes");
        assertThat(overview.getList("items.trouble"))
                .containsExactly(
                        "FAILING",
                        "RESTRICTED",
                        "PAUSED",
                        "DELIVERY_STUCK",
                        "PENDING_THRESHOLD",
                        "TASKS_OPEN",
                        "TASKS_LATE",
                        "CAP_REACHED",
                        "QUEUE_EMPTY",
                        null);
        assertThat(overview.getString("items[2].pauseReason")).isEqualTo("holiday");
        assertThat(overview.getString("items[1].restriction")).isEqualTo("WEEKLY_LIMIT");
        assertThat(overview.getInt("items[3].tasks.failed")).isEqualTo(2);
        assertThat(overview.getString("items[6].troubleSince")).isEqualTo("2026-11-19T09:00:00Z");
        assertThat(overview.getInt("accounts.total")).isEqualTo(10);
        assertThat(overview.getMap("accounts.byTrouble")).hasSize(9).containsEntry("TASKS_LATE", 1);
        assertThat(get("/api/v1/overview?trouble=PAUSED").getList("items.account"))
                .containsExactly("f-paused");
        assertThat(get("/api/v1/overview?holding=true").getList("items.account"))
                .contains("b-empty", "e-pending", "f-paused")
                .doesNotContain("a-goes", "g-limited")
                .hasSize(overview.getInt("accounts.holding"));

        assertThat(paged("?limit=3")).isEqualTo(overview.getList("items.account"));
        assertThat(paged("?limit=1")).isEqualTo(overview.getList("items.account"));
    }

    @Test
    void anAccountWithBrokenSettingsIsShownAsSuchAndHidesNoOther() {
        account("anna", "");
        account("bert", "");
        enqueueMany("bert", 3);
        execute("update account set settings = settings || '{\"burst\": 9000}' where account = 'bert'");

        JsonPath overview = get("/api/v1/overview");

        assertThat(overview.getList("items.account")).containsExactlyInAnyOrder("anna", "bert");
        JsonPath bert = overview.setRootPath("items.find { it.account == 'bert' }");
        assertThat(bert.getString("trouble")).isEqualTo("FAILING");
        assertThat(bert.getString("fault")).contains("burst");
        assertThat((Object) bert.get("window")).isNull();
        assertThat(get("/api/v1/accounts").getList("items.account")).containsExactly("anna", "bert");
        given().get("/api/v1/accounts/bert")
                .then()
                .statusCode(500)
                .body("code", equalTo("settings-broken"), "detail", containsString("burst"));
        json("{\"name\":\"Bert\",\"weeklyCap\":90}")
                .put("/api/v1/accounts/bert")
                .then()
                .statusCode(200);
        assertThat(pacing("bert").getInt("cap.configured")).isEqualTo(90);
        assertThat((Object) get("/api/v1/overview").get("items.find { it.account == 'bert' }.fault"))
                .isNull();
    }

    @Test
    void anAccountIsFoundByAPartOfItsNameOrKey() {
        json("{\"name\":\"Åse Çelik 100%\"}").put("/api/v1/accounts/x1").then().statusCode(201);
        json("{\"name\":\"Bo\"}").put("/api/v1/accounts/aase").then().statusCode(201);

        assertThat(paged("?q=%C3%A5SE")).containsExactly("x1");
        assertThat(paged("?q=0%25")).containsExactly("x1");
        assertThat(paged("?q=AA")).containsExactly("aase");
        assertThat(paged("?q=%25")).containsExactly("x1");
        assertThat(get("/api/v1/overview?q=nobody").getInt("accounts.total")).isEqualTo(2);
    }

    @Test
    void theAcceptanceIsThatOfStatistics() {
        account("anna", "\"withdrawAfter\":\"P20D\"");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, released_at, sent_at,"
                + " pending_since, ended_at) select 'anna', 'p-' || n, 2, 0,"
                + " case when n % 3 = 0 then 'ACCEPTED' when n % 3 = 1 then 'PENDING' else 'WITHDRAWN' end,"
                + " t, t, t, t, case when n % 3 <> 1 then t end"
                + " from generate_series(1, 120) as n,"
                + " lateral (select service_now() - n * interval '1 day' as t) as d");

        JsonPath statistics = get("/api/v1/accounts/anna/statistics");
        JsonPath overview = get("/api/v1/overview");

        assertThat(overview.getInt("items[0].acceptance.of")).isEqualTo(71);
        assertThat((Object) overview.get("items[0].acceptance")).isEqualTo(statistics.get("total.acceptance"));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        for (String query : List.of("holding=perhaps", "trouble=SOME", "limit=0", "cursor=x", "q=%00", "order=up")) {
            given().urlEncodingEnabled(false)
                    .get("/api/v1/overview?" + query)
                    .then()
                    .statusCode(400);
        }
        assertThat(get("/api/v1/overview").getList("items")).isEmpty();
    }

    @Test
    void aPageTakesAsManyStatementsForManyAccountsAsForOne() {
        account("anna", "");
        long one = statementsOf(() -> get("/api/v1/overview"));
        for (int i = 0; i < 20; i++) {
            account("account-" + i, "");
        }

        assertThat(statementsOf(() -> get("/api/v1/overview"))).isEqualTo(one);
    }

    @jakarta.inject.Inject
    org.hibernate.SessionFactory sessions;

    private long statementsOf(Runnable call) {
        sessions.getStatistics().setStatisticsEnabled(true);
        long before = sessions.getStatistics().getPrepareStatementCount();
        call.run();
        return sessions.getStatistics().getPrepareStatementCount() - before;
    }

    private List<String> paged(String query) {
        List<String> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = given().urlEncodingEnabled(false)
                    .get("/api/v1/overview" + query + (next.isEmpty() ? "" : "&cursor=" + next))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(page.getList("items.account"));
            next = page.getString("next");
        }
        return all;
    }
}
