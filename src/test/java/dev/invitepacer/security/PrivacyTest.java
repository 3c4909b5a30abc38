package dev.invitepacer.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is known of people stays in the database and in answers: nothing of it comes into the log or the metrics. */
@QuarkusTest
@TestProfile(Locked.class)
class PrivacyTest extends LockedTest {
    private static final String MARK = "zzmarker";
    private static final Path LOG = Path.of("target/locked.log");
    private static final Pattern URI_LABEL = Pattern.compile("uri=\"([^\"]*)\"");
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void neitherLogNorMetricsNamePeopleOrNotes() throws IOException {
        account("anna", "\"noteQuota\":1000,\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]}");
        String draft = "\"firstName\":\"Zzmarkerfirst\",\"lastName\":\"Zzmarkerlast\",\"company\":\"Zzmarkerinc\","
                + "\"note\":\"Hi Zzmarkernote, good to see you\",\"email\":\"" + MARK + "@example.com\"";
        long invitation = enqueue("anna", MARK + "-one", draft);
        releases.round();
        report("anna", invitation, "SENT", "\"detail\":\"" + MARK + " detail\"");
        report("anna", invitation, "ACCEPTED", "");
        // Refused ones, broken ones, and addresses that name somebody.
        json("{\"profile\":\"" + MARK + "-one\"," + draft + "}").post("/api/v1/accounts/anna/invitations");
        json("{\"profile\":\"" + MARK + "\", \"note\": \"" + MARK.repeat(100) + "\"}")
                .post("/api/v1/accounts/anna/invitations");
        json("{\"profile\":\"" + MARK).post("/api/v1/accounts/anna/invitations");
        given().contentType("text/csv")
                .body("profile,note\n" + MARK + "-two,\"Hi Zzmarkertwo\"\nhttps://" + MARK + ".example/x,\n\"" + MARK)
                .post("/api/v1/accounts/anna/imports");
        json("{\"reason\":\"" + MARK + "\"}").put("/api/v1/suppressions/" + MARK + "-three");
        given().get("/api/v1/people/" + MARK + "-one");
        given().get("/api/v1/people?q=" + MARK);
        given().get("/api/v1/accounts/anna/invitations?profile=" + MARK + "-one");
        given().delete("/api/v1/people/" + MARK + "-one");
        // A failure of our own, which is logged with its cause.
        execute("alter table suppression rename to suppression_away");
        try {
            assertThat(json("{\"reason\":\"" + MARK + "\"}")
                            .put("/api/v1/suppressions/" + MARK + "-four")
                            .statusCode())
                    .isEqualTo(500);
            assertThat(json("{\"profile\":\"" + MARK + "-five\"," + draft + "}")
                            .post("/api/v1/accounts/anna/invitations")
                            .statusCode())
                    .isEqualTo(500);
        } finally {
            execute("alter table suppression_away rename to suppression");
        }

        // PostgreSQL tells the whole row that breaks a rule.
        execute("alter table suppression add constraint never check (profile not like '%six')");
        try {
            assertThat(json("{\"reason\":\"" + MARK + "\"}")
                            .put("/api/v1/suppressions/" + MARK + "-six")
                            .statusCode())
                    .isEqualTo(500);
        } finally {
            execute("alter table suppression drop constraint never");
        }

        String log = Files.readString(LOG);
        assertThat(log).contains("A request failed");
        assertThat(log.toLowerCase(java.util.Locale.ROOT)).doesNotContain(MARK);
        assertThat(metrics())
                .contains("http_server_requests", "pacer_build{version=", "pacer_security_failures_total{kind=")
                .doesNotContainIgnoringCase(MARK);
    }

    @Test
    void noAddressThatSomebodyMadeUpIsALabel() throws Exception {
        String reader = key(Role.READER);
        for (int i = 0; i < 2; i++) {
            String person = MARK + "-" + i;
            read(null, "/api/v1/people/" + person);
            read("pk_" + person, "/api/v1/people/" + person);
            as(reader, "DELETE", "/api/v1/people/" + person, null);
            as(Locked.ADMIN, "POST", "/api/v1/suppressions/" + person, "{}");
            as(Locked.ADMIN, "GET", "/api/v1/people/" + person + "?" + person + "=1", null);
            read(Locked.ADMIN, "/" + person);
            read(Locked.ADMIN, "/console/" + person);
            breakOff("/api/v1/suppressions/" + person);
        }
        read(Locked.ADMIN, "/console/app.js");
        read(Locked.ADMIN, "/api/v1/people/nobody-yet");

        long end = System.nanoTime() + IN_TIME.toNanos();
        while (!metrics().contains("status=\"RESET\"") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(metrics()).contains("status=\"RESET\"");
        Set<String> known = Rights.all().keySet().stream()
                .map(call -> call.substring(call.indexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(List.of("root", "UNKNOWN", "NOT_FOUND", "REDIRECTION", "/console", "/webjars"));
        assertThat(known).as("the most that are counted").hasSizeLessThan(100);
        assertThat(URI_LABEL.matcher(metrics()).results().map(label -> label.group(1)))
                .contains("/api/v1/people/{profile}", "/console", "UNKNOWN")
                .isSubsetOf(known);
    }

    /** Hangs up within a body; returns when the service has seen it. */
    private static void breakOff(String path) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout((int) IN_TIME.toMillis());
            socket.getOutputStream()
                    .write(("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Locked.ADMIN
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
                            .getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private String metrics() throws IOException {
        try (var in = metrics.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
