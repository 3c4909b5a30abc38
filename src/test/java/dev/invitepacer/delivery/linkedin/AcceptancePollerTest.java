package dev.invitepacer.delivery.linkedin;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.config.PacerConfig;

@QuarkusTest
class AcceptancePollerTest extends ServiceTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final String GRACE = "\"memberUrn\":\"urn:li:person:grace\"";

    @Inject
    AcceptancePolls polls;

    @Inject
    AcceptanceDoor door;

    @Inject
    PacerConfig config;

    private LinkedInStub linkedin;
    private AcceptancePoller poller;

    @BeforeEach
    void start() {
        linkedin = new LinkedInStub();
        poller = new AcceptancePoller(
                polls,
                door,
                new LinkedInApi(linkedin.address(), LinkedInStub.LIMIT),
                linkedin.tokens(),
                linkedin.inviters(),
                config);
        account("anna", "\"channel\":\"LINKEDIN\",\"burst\":2");
    }

    @AfterEach
    void stop() {
        linkedin.close();
    }

    @Test
    void whoAcceptedIsFoundByLinkedInsIdOnWhateverPage() {
        long grace = sent("grace-hopper", GRACE, "urn:li:invitation:1");
        long other = sent("ada", "\"email\":\"ada@example.org\"", "urn:li:invitation:2");
        page(
                0,
                "{\"id\":\"urn:li:invitation:9\",\"state\":\"ACCEPTED\"}",
                "\"links\":[{\"rel\":\"next\",\"href\":" + "\"/v2/invitations?q=inviter&start=1&count=1\"}]");
        page(
                1,
                "{\"id\":\"urn:li:invitation:1\",\"state\":\"ACCEPTED\",\"invitee\":\"urn:li:person:zz\"}",
                "\"links\":[]");

        assertThat(poller.round()).isEqualTo(1);

        assertThat(state("anna", grace)).isEqualTo("ACCEPTED");
        assertThat(state("anna", other)).isEqualTo("PENDING");
        assertThat(linkedin.asked()).hasSize(2);
        assertThat(linkedin.asked().get(0).getHeader("X-Restli-Protocol-Version"))
                .isEqualTo("2.0.0");
    }

    @Test
    void whereTheIdWasNeverHeardThePersonIsFoundUnlessInvitedBefore() {
        long grace = sent("grace-hopper", GRACE, null);
        long before = NINE.minus(Duration.ofDays(90)).toEpochMilli();
        page(0, element("urn:li:invitation:3", "urn:li:person:grace", "ACCEPTED", before), "\"total\":1");
        assertThat(poller.round()).isZero();
        assertThat(state("anna", grace)).isEqualTo("PENDING");

        advance(Duration.ofMinutes(15));
        page(0, element("urn:li:invitation:4", "urn:li:person:grace", "ACCEPTED", NINE.toEpochMilli()), "\"total\":1");
        assertThat(poller.round()).isEqualTo(1);
        assertThat(state("anna", grace)).isEqualTo("ACCEPTED");
    }

    @Test
    void whatIsInAnotherStateOrNotUnderstoodIsLeftAlone() {
        long grace = sent("grace-hopper", GRACE, "urn:li:invitation:1");
        page(
                0,
                element("urn:li:invitation:1", "urn:li:person:grace", "MELTED", NINE.toEpochMilli())
                        + ",7,null,{\"state\":\"ACCEPTED\",\"id\":{},\"invitee\":[]}",
                "\"total\":4");

        assertThat(poller.round()).isZero();
        assertThat(state("anna", grace)).isEqualTo("PENDING");
        assertThat(linkedin.pauses).isEmpty();
    }

    @Test
    void itIsAskedEachQuarterOfAnHourAndAfterFailuresTwiceAsLate() {
        setTime(NINE);
        linkedin.answers(503, "");
        poller.round();
        poller.round();
        assertThat(linkedin.asked()).hasSize(1);
        advance(Duration.ofMinutes(15));
        poller.round();
        advance(Duration.ofMinutes(15));
        poller.round();
        assertThat(linkedin.asked()).hasSize(2);
        advance(Duration.ofMinutes(15));
        page(0, "", "\"total\":0");
        poller.round();
        assertThat(query("select failures from acceptance_poll")).containsExactly("0");
        assertThat(query("select to_char(due_at at time zone 'UTC', 'HH24:MI') from acceptance_poll"))
                .containsExactly("10:00");
    }

    @Test
    void aTurnThatAnotherProcessHasIsNotTaken() {
        page(0, "", "\"total\":0");
        polls.enrol();
        execute(
                "update acceptance_poll set run = gen_random_uuid(), run_until = clock_timestamp() + interval '1 hour'");
        poller.round();
        assertThat(linkedin.asked()).isEmpty();

        execute("update acceptance_poll set run_until = clock_timestamp() - interval '1 second'");
        poller.round();
        assertThat(linkedin.asked()).hasSize(1);
    }

    @Test
    void aTokenThatIsNotTakenPausesTheAccountAndStandsInNoLog() {
        linkedin.answers(401, "{\"message\":\"expired: " + LinkedInStub.TOKEN + "\"}");
        StringBuilder log = new StringBuilder();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord message) {
                log.append(message.getMessage())
                        .append(Arrays.toString(message.getParameters()))
                        .append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(listener);
        try {
            poller.round();
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }

        assertThat(linkedin.pauses).singleElement().asString().contains("401: expired: …");
        assertThat(log.toString()).contains("LinkedIn was not heard").doesNotContain(LinkedInStub.TOKEN);
    }

    @Test
    void whoLinkedInCannotBeToldIsRefusedAndKeepsTheAccountFromChangingItsChannel() {
        json("{\"profile\":\"jane\",\"memberUrn\":\"urn:li:member:7\"}")
                .post("/api/v1/accounts/anna/invitations")
                .then()
                .statusCode(422)
                .body("code", equalTo("invitee-missing"))
                .body("detail", containsString("urn:li:person:"));

        account("berta", "");
        enqueue("berta", "jane");
        json("{\"name\":\"berta\",\"channel\":\"LINKEDIN\"}")
                .put("/api/v1/accounts/berta")
                .then()
                .statusCode(422)
                .body("code", equalTo("invitee-missing"));
        execute("update invitation set email = 'jane@example.org'");
        account("berta", "\"channel\":\"LINKEDIN\"");
    }

    private long sent(String profile, String fields, String reference) {
        long id = enqueue("anna", profile, fields);
        setTime(NINE);
        assertThat(releases.round()).isEqualTo(1);
        execute("update task set reference = " + (reference == null ? "null" : "'" + reference + "'")
                + " where invitation = " + id);
        report("anna", id, "SENT", "");
        return id;
    }

    private static String element(String id, String invitee, String state, long sentAt) {
        return "{\"id\":\"%s\",\"invitee\":\"%s\",\"state\":\"%s\",\"sentAt\":%d}"
                .formatted(id, invitee, state, sentAt);
    }

    private void page(int start, String elements, String paging) {
        linkedin.server.stubFor(WireMock.get(urlPathEqualTo("/v2/invitations"))
                .withQueryParam("q", WireMock.equalTo("inviter"))
                .withQueryParam("states", WireMock.equalTo("ACCEPTED"))
                .withQueryParam("start", WireMock.equalTo(Integer.toString(start)))
                .willReturn(okJson("{\"elements\":[" + elements + "],\"paging\":{" + paging + "}}")));
    }
}
