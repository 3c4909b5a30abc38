package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who may report on a task that somebody holds. */
@QuarkusTest
class TaskHolderTest extends ReleasedTest {
    @Test
    void twoSendersNeverHoldOneTask() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lease = json("").post("/api/v1/tasks/" + task + "/claim")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("lease");

        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(409).body("code", equalTo("task-taken"));
        json("{\"type\":\"SENT\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409);
        json("{\"type\":\"SENT\",\"lease\":\"" + lease + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200)
                .body("result", equalTo("applied"));
    }

    @Test
    void aTaskThatIsGivenBackIsFreeAtOnceAndOnlyItsHolderGivesItBack() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String claim = "/api/v1/tasks/" + task + "/claim";
        String first = json("").post(claim).jsonPath().getString("lease");

        given().delete(claim).then().statusCode(400).body("code", equalTo("unreadable"));
        given().delete(claim + "?lease=mine").then().statusCode(400).body("code", equalTo("unreadable"));
        given().delete(claim + "?lease=" + first).then().statusCode(204);
        assertThat((Object) get("/api/v1/tasks").get("items[0].leasedUntil")).isNull();
        given().delete(claim + "?lease=" + first).then().statusCode(204);

        String second =
                json("").post(claim).then().statusCode(200).extract().jsonPath().getString("lease");
        given().delete(claim + "?lease=" + first).then().statusCode(409).body("code", equalTo("lease-lost"));
        json("").post(claim).then().statusCode(409).body("code", equalTo("task-taken"));
        json("{\"type\":\"SENT\",\"lease\":\"" + first + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409)
                .body("code", equalTo("lease-lost"));
        json("{\"type\":\"SENT\",\"lease\":\"" + second + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200);
        given().delete(claim + "?lease=" + second).then().statusCode(204);
        given().delete("/api/v1/tasks/999999/claim?lease=" + second).then().statusCode(404);
    }

    @Test
    void aLateReportWithALostLeaseChangesNothing() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lost =
                json("").post("/api/v1/tasks/" + task + "/claim").jsonPath().getString("lease");
        advance(Duration.ofMinutes(16));
        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(200);

        json("{\"type\":\"REFUSED\",\"refusal\":\"COOLDOWN\",\"lease\":\"" + lost + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(409)
                .body("code", equalTo("lease-lost"));

        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
    }

    @Test
    void aSlowSenderWhoseTaskNobodyElseTookIsStillHeard() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        String lease =
                json("").post("/api/v1/tasks/" + task + "/claim").jsonPath().getString("lease");
        advance(Duration.ofHours(2));

        json("{\"type\":\"SENT\",\"lease\":\"" + lease + "\"}")
                .post("/api/v1/tasks/" + task + "/report")
                .then()
                .statusCode(200);

        assertThat(state("anna", invitation)).isEqualTo("PENDING");
    }

    @Test
    void nobodyUndoesAnAttemptOverTheHeadOfItsSender() {
        long task = get("/api/v1/tasks").getLong("items[0].id");
        json("").post("/api/v1/tasks/" + task + "/claim").then().statusCode(200);

        JsonPath answer = report("anna", invitation, "REFUSED", "\"refusal\":\"COOLDOWN\",\"task\":" + task);

        assertThat(answer.getString("results[0].result")).isEqualTo("ignored");
        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
        assertThat(counted()).isEqualTo(1);
    }
}
