package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The picture of a week: what happened, and what is foreseen. */
@QuarkusTest
class WeekTest extends ServiceTest {
    private static final String TWENTY = "\"weeklyCap\":20,\"spread\":\"CAP\"";

    @Test
    void whatHappenedStandsBeforeNowAndWhatIsForeseenAfterIt() {
        account("anna", TWENTY);
        enqueue("anna", "first", "\"firstName\":\"Ada\",\"lastName\":\"Berg\",\"campaign\":\"spring\"");
        enqueueMany("anna", 29);
        List<Instant> released = run(Duration.ofMinutes(10), Instant.parse("2026-11-25T13:00:00Z"));
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"https://www.linkedin.com/in/by-hand\",\"at\":\"2026-11-24T20:00:00Z\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200);

        JsonPath week = get("/api/v1/accounts/anna/week");

        assertThat(week.getString("from")).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(week.getString("to")).isEqualTo("2026-11-30T00:00:00Z");
        assertThat(week.getString("interval")).isEqualTo("PT2H");
        assertThat(week.getInt("cap.effective")).isEqualTo(20);
        assertThat(week.getList("active.start"))
                .containsExactly(
                        "2026-11-23T09:00:00Z",
                        "2026-11-24T09:00:00Z",
                        "2026-11-25T09:00:00Z",
                        "2026-11-26T09:00:00Z",
                        "2026-11-27T09:00:00Z");
        List<String> instants =
                new ArrayList<>(released.stream().map(Instant::toString).toList());
        instants.add("2026-11-24T20:00:00Z");
        assertThat(week.getList("releases.at")).containsExactlyInAnyOrderElementsOf(instants);
        assertThat(week.getInt("released")).isEqualTo(instants.size());
        assertThat(week.getList("releases.findAll { it.kind == 'BY_HAND' }.profile"))
                .containsExactly("by-hand");
        assertThat(week.getString("releases.find { it.profile == 'first' }.lastName"))
                .isEqualTo("Berg");
        assertThat(week.getString("releases.find { it.profile == 'first' }.campaign"))
                .isEqualTo("spring");
        assertThat(week.getInt("releases.find { it.profile == 'first' }.cap")).isEqualTo(20);
        assertThat(week.getInt("window.findAll { it.at <= '2026-11-25T12:50:00Z' }[-1].count"))
                .isEqualTo(instants.size())
                .isEqualTo(pacing("anna").getInt("window.released"));
        assertThat(week.getInt("pending.now")).isEqualTo(instants.size());
        assertThat(week.getInt("pending.steps[-1].count")).isEqualTo(instants.size());
        assertThat(week.getInt("pending.steps[0].count")).isZero();

        JsonPath forecast = get("/api/v1/accounts/anna/forecast?days=7");
        List<String> foretold = forecast.getList("releases.at", String.class).stream()
                .filter(at -> at.compareTo("2026-11-30") < 0)
                .toList();
        assertThat(week.getList("forecast.releases.at")).isEqualTo(foretold).isNotEmpty();
        assertThat(week.getInt("window.max { it.count }.count")).isEqualTo(20);
        assertThat((Object) week.get("forecast.pending[0].expected"))
                .isEqualTo(forecast.get("pending.course[0].expected"));
        assertThat(week.getString("forecast.pending[-1].at")).isEqualTo("2026-11-30T00:00:00Z");
        assertThat(week.getString("ideal[0].at")).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(week.getFloat("ideal[-1].released")).isEqualTo(20f);
    }

    @Test
    void whatHasEndedWasPendingUntilThen() {
        account("anna", TWENTY);
        enqueueMany("anna", 3);
        run(Duration.ofMinutes(30), Instant.parse("2026-11-23T14:00:00Z"));
        List<Long> ids = get("/api/v1/accounts/anna/invitations").getList("items.id", Long.class);
        setTime(Instant.parse("2026-11-24T10:00:00Z"));
        report("anna", ids.get(0), "ACCEPTED", "\"at\":\"2026-11-24T10:00:00Z\"");
        setTime(Instant.parse("2026-12-01T12:00:00Z"));

        JsonPath week = get("/api/v1/accounts/anna/week?from=2026-11-23&to=2026-11-30");

        assertThat(week.getList("pending.steps.count")).containsExactly(0, 1, 2, 3, 2);
        assertThat(week.getString("pending.steps[4].at")).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(week.getString("forecast")).isNull();
        assertThat(week.getInt("pending.now")).isEqualTo(2);

        JsonPath next = get("/api/v1/accounts/anna/week?from=2026-11-30T09:00:00Z");
        assertThat(next.getString("to")).isEqualTo("2026-12-07T09:00:00Z");
        assertThat(next.getList("window.count"))
                .as("a release counts for 168 hours")
                .containsExactly(2, 1, 0);
        assertThat(next.getList("window.at", String.class).get(1)).isGreaterThan("2026-11-30T10");
    }

    @Test
    void theWeekInWhichClocksGoBackHasAnHourMore() {
        account("anna", TWENTY + ",\"timeZone\":\"Europe/Oslo\"");
        setTime(Instant.parse("2026-10-23T12:00:00Z"));

        JsonPath week = get("/api/v1/accounts/anna/week?from=2026-10-23&to=2026-10-30");

        assertThat(week.getString("from")).isEqualTo("2026-10-22T22:00:00Z");
        assertThat(week.getString("to")).isEqualTo("2026-10-29T23:00:00Z");
        assertThat(week.getList("active.start"))
                .containsExactly(
                        "2026-10-23T07:00:00Z",
                        "2026-10-26T08:00:00Z",
                        "2026-10-27T08:00:00Z",
                        "2026-10-28T08:00:00Z",
                        "2026-10-29T08:00:00Z");
    }

    @Test
    void whatWasGivenBackDoesNotCount() {
        account("anna", TWENTY);
        enqueueMany("anna", 2);
        run(Duration.ofMinutes(30), Instant.parse("2026-11-23T12:00:00Z"));
        long id = get("/api/v1/accounts/anna/invitations").getLong("items[0].id");
        report("anna", id, "REFUSED", "\"refusal\":\"COOLDOWN\"");

        JsonPath week = get("/api/v1/accounts/anna/week");

        assertThat(week.getInt("released")).isEqualTo(1);
        assertThat(week.getInt("window.findAll { it.at <= '2026-11-23T12:00:00Z' }[-1].count"))
                .isEqualTo(1);
        assertThat(week.getInt("pending.now")).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        account("anna", "");
        for (String query : List.of(
                "from=x", "from=2026-11-23&to=2026-11-23", "from=2026-11-01&to=2026-12-07", "to=2026-11-23&days=1")) {
            given().get("/api/v1/accounts/anna/week?" + query).then().statusCode(400);
        }
        get("/api/v1/accounts/anna/week?from=2026-11-01&to=2026-12-06");
        given().get("/api/v1/accounts/nobody/week").then().statusCode(404);
    }
}
