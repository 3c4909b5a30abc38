package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** What is left today, and what a task tells of whom and why. */
@QuarkusTest
class TaskCountsTest extends ServiceTest {
    @Test
    void whatIsLeftTodayIsCounted() {
        account("anna", "\"weeklyCap\":40,\"spread\":\"CAP\",\"timeZone\":\"America/New_York\"");
        account("bob", "\"channel\":\"LINKEDIN\"");
        enqueueMany("anna", 5);
        run(Duration.ofMinutes(30), Instant.parse("2026-11-23T18:00:00Z"));
        assertThat(get("/api/v1/tasks/counts?account=anna").getInt("kinds.SEND.open"))
                .isEqualTo(4);
        JsonPath tasks = get("/api/v1/tasks?account=anna");
        long first = tasks.getLong("items[0].id");
        json("{\"type\":\"SENT\"}")
                .post("/api/v1/tasks/" + first + "/report")
                .then()
                .statusCode(200);
        given().post("/api/v1/tasks/" + tasks.getLong("items[1].id") + "/claim")
                .then()
                .statusCode(200);
        execute("update task set ready_at = '2026-11-24T04:59:00Z' where id = " + tasks.getLong("items[2].id"));
        execute("update task set ready_at = '2026-11-24T05:01:00Z' where id = " + tasks.getLong("items[3].id"));

        JsonPath counts = get("/api/v1/tasks/counts?account=anna");

        assertThat(counts.getMap("kinds.SEND").toString())
                .isEqualTo("{open=1, taken=1, late=0, laterToday=1, doneToday=1,"
                        + " forPeople={open=1, late=0, laterToday=1}}");
        assertThat(counts.getInt("kinds.WITHDRAW.open")).isZero();
        assertThat(counts.getInt("byHand")).isEqualTo(1);
        assertThat(counts.getInt("stuck")).isZero();
        assertThat(get("/api/v1/tasks/counts").getMap("kinds.SEND")).isEqualTo(counts.getMap("kinds.SEND"));
        assertThat(get("/api/v1/tasks/counts?account=bob").getInt("kinds.SEND.doneToday"))
                .isZero();
        setTime(Instant.parse("2026-11-27T12:00:00Z"));
        assertThat(get("/api/v1/tasks/counts?account=anna").getMap("kinds.SEND").toString())
                .isEqualTo("{open=3, taken=0, late=3, laterToday=0, doneToday=0,"
                        + " forPeople={open=3, late=3, laterToday=0}}");
        given().get("/api/v1/tasks/counts?account=nobody").then().statusCode(404);
    }

    @Test
    void whatAnAutomaticSenderDoesIsForPeopleOnceItFailedOrIsInDoubt() {
        account("anna", "\"weeklyCap\":40,\"spread\":\"CAP\",\"timeZone\":\"America/New_York\"");
        enqueueMany("anna", 5);
        run(Duration.ofMinutes(30), Instant.parse("2026-11-23T18:00:00Z"));
        List<String> ids = query("select id from task order by id");
        handOver(ids.get(0), "TAKEN");
        handOver(ids.get(1), "FAILED");
        handOver(ids.get(2), "IN_DOUBT");
        execute("update task set ready_at = '2026-11-24T04:59:00Z' where id = " + ids.get(3));
        assertThat(forPeople()).isEqualTo("{open=2, late=0, laterToday=1}");

        handOver(ids.get(3), "WAITING");

        assertThat(forPeople()).isEqualTo("{open=2, late=0, laterToday=0}");
        assertThat(get("/api/v1/tasks/counts").getInt("kinds.SEND.open")).isEqualTo(3);
        setTime(Instant.parse("2026-11-27T12:00:00Z"));
        assertThat(forPeople()).isEqualTo("{open=2, late=2, laterToday=0}");
    }

    private void handOver(String task, String stage) {
        execute("update task set lane = 'WEBHOOK:crm', stage = '" + stage + "' where id = " + task);
    }

    private String forPeople() {
        return get("/api/v1/tasks/counts").getMap("kinds.SEND.forPeople").toString();
    }

    @Test
    void aTaskTellsWhomItIsAboutAndWhy() {
        account("anna", "");
        enqueue(
                "anna",
                "ada",
                "\"firstName\":\"Ada\",\"headline\":\"Engineer\",\"company\":\"Engines\",\"degree\":3,"
                        + "\"campaign\":\"spring\",\"source\":\"meetup\",\"note\":\"Hello Ada\"");
        run(Duration.ofMinutes(30), Instant.parse("2026-11-23T10:00:00Z"));

        JsonPath task = get("/api/v1/tasks?account=anna");

        task.setRootPath("items[0]");
        assertThat(task.getString("headline")).isEqualTo("Engineer");
        assertThat(task.getString("company")).isEqualTo("Engines");
        assertThat(task.getInt("degree")).isEqualTo(3);
        assertThat(task.getString("campaign")).isEqualTo("spring");
        assertThat(task.getString("source")).isEqualTo("meetup");
        assertThat(task.getString("queuedAt")).isEqualTo(MONDAY_8.toString());
        assertThat(task.getString("note")).isEqualTo("Hello Ada");
    }
}
