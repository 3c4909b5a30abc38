package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Every limit is a setting; here they are small. */
@QuarkusTest
@TestProfile(LimitsTest.Small.class)
class LimitsTest extends ServiceTest {
    private static final String ANNA = "/api/v1/accounts/anna";

    /** Small limits. */
    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pacer.limits.queue-length", "5",
                    "pacer.limits.json-body", "1K",
                    "pacer.limits.import-body", "4K",
                    "pacer.limits.suppression-body", "8K",
                    "pacer.limits.export-body", "16K",
                    "pacer.limits.import-refusals", "10",
                    "pacer.limits.report-batch", "3");
        }
    }

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    @Test
    void aFullQueueTakesNoMoreUntilThereIsRoom() {
        enqueueMany("anna", 4);
        long fifth = enqueue("anna", "fifth");

        json("{\"profile\":\"sixth\"}")
                .post(ANNA + "/invitations")
                .then()
                .statusCode(409)
                .body("code", equalTo("queue-full"))
                .body("detail", containsString("5 invitations"))
                .body("detail", containsString("pacer.limits.queue-length"));
        json("{\"profile\":\"fifth\"}").post(ANNA + "/invitations").then().body("code", equalTo("already-queued"));
        given().delete(ANNA + "/invitations/" + fifth).then().statusCode(204);
        enqueue("anna", "sixth");
        account("bert", "");
        enqueue("bert", "sixth");
    }

    @Test
    void aListFillsTheQueueAndTellsTheRest() {
        enqueue("anna", "first");

        JsonPath report = list("profile\nfirst\na\nb\nnot one\nc\nd\ne\nf\n").jsonPath();

        assertThat(report.getInt("enqueued")).isEqualTo(4);
        assertThat(report.getList("refused.line")).containsExactly(2, 5, 8, 9);
        assertThat(report.getList("refused.code"))
                .containsExactly("already-queued", "profile-invalid", "queue-full", "queue-full");
        assertThat(count("select count(*) from invitation")).isEqualTo(5);
    }

    @Test
    void theFirstRefusedRowsByLineAreListedAndTheRestIsCounted() {
        String rows = IntStream.range(0, 30)
                .mapToObj(i -> i % 2 == 0 ? "same\n" : "not one\n")
                .collect(Collectors.joining());

        JsonPath report = list("profile\n" + rows).jsonPath();

        assertThat(report.getList("refused.line")).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(report.getInt("refusedRows")).isEqualTo(29);
    }

    @Test
    void aBodyOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() {
        String frame = "{\"name\":\"x\",\"warmUp\":null}";
        String fits = frame.replace(":null", ":" + " ".repeat(1_024 - frame.length()) + "null");

        json(fits).put(ANNA).then().statusCode(200);
        json(fits + " ")
                .put(ANNA)
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"))
                .body("detail", containsString("1024 bytes"))
                .body("detail", containsString("pacer.limits.json-body"));
    }

    @Test
    void aListOfExactlyTheLimitIsTakenAndOneByteMoreIsNot() {
        String fits = "profile\nsomebody\n" + "\n".repeat(4_096 - 17);

        assertThat(list(fits).jsonPath().getInt("enqueued")).isOne();
        list(fits + "\n")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"))
                .body("detail", containsString("pacer.limits.import-body"));
        assertThat(count("select count(*) from invitation")).isOne();
    }

    @Test
    void underAKeyEachCallTakesAsMuchAsWithout() {
        String export = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
        String connection = "Jane,Doe,https://www.linkedin.com/in/jane-doe,,,,08 Nov 2026\n";

        keyed("linkedin-export", export + connection.repeat(200)).then().statusCode(200);
        keyed("imports", "profile\n" + "\n".repeat(5_000))
                .then()
                .statusCode(413)
                .body("detail", containsString("4096 bytes"))
                .body("detail", containsString("pacer.limits.import-body"));
        keyed("linkedin-export", export + connection.repeat(400))
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"))
                .body("detail", containsString("16384 bytes"))
                .body("detail", containsString("pacer.limits.export-body"));
    }

    private static Response keyed(String call, String csv) {
        return given().contentType("text/csv")
                .header("Idempotency-Key", '"' + call + csv.length() + '"')
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post(ANNA + "/" + call);
    }

    @Test
    void aBodyOfUnknownLengthIsLimitedToo() throws IOException, InterruptedException {
        assertThat(chunked("PUT", ANNA, "application/json", "{\"name\":\"" + "x".repeat(5_000_000) + "\"}"))
                .contains("413", "too-large");
        assertThat(chunked("POST", ANNA + "/imports", "text/csv", "profile\n" + "x\n".repeat(3_000_000)))
                .contains("413", "too-large");
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void reportsComeInBatchesOfAtMostTheLimit() {
        String report = "{\"type\":\"ACCEPTED\",\"profile\":\"x-y\"}";
        json("[" + String.join(",", List.of(report, report, report)) + "]")
                .post(ANNA + "/reports")
                .then()
                .statusCode(200);
        json("[" + String.join(",", List.of(report, report, report, report)) + "]")
                .post(ANNA + "/reports")
                .then()
                .statusCode(413)
                .body("detail", containsString("at most 3"));
    }

    private static Response list(String csv) {
        return given().contentType("text/csv").body(csv).post(ANNA + "/imports");
    }

    private static String chunked(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Content-Type", type)
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
