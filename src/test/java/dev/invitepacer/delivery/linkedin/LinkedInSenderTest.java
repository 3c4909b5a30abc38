package dev.invitepacer.delivery.linkedin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.delivery.HandOver;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.TaskKind;

class LinkedInSenderTest {
    private static final WithdrawalCall WITHDRAWAL =
            new WithdrawalCall("POST", "/v2/made-up/{id}?action=x", "{\"id\":\"{id}\"}");

    private final LinkedInStub linkedin = new LinkedInStub();

    @AfterEach
    void stop() {
        linkedin.close();
    }

    @Test
    void anInvitationIsCreatedAsLinkedInDocumentsIt() {
        linkedin.creates();

        Outcome outcome =
                send(work(TaskKind.SEND, "Grüße, \"Grace\"\nAnna", "urn:li:person:r5GpfvpA3t", "g@example.org"));

        assertThat(outcome).isEqualTo(new Outcome.Done(null, LinkedInStub.INVITATION));
        LoggedRequest asked = linkedin.asked().get(0);
        assertThat(asked.getMethod().getName() + " " + asked.getUrl()).isEqualTo("POST /v2/invitations");
        assertThat(asked.getHeader("X-Restli-Protocol-Version")).isEqualTo("2.0.0");
        assertThat(asked.getHeader("Authorization")).isEqualTo("Bearer " + LinkedInStub.TOKEN);
        assertThat(asked.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(asked.getBodyAsString())
                .isEqualTo(
                        "{\"invitee\":\"urn:li:person:r5GpfvpA3t\",\"message\":{"
                                + "\"com.linkedin.invitations.InvitationMessage\":{\"body\":\"Grüße, \\\"Grace\\\"\\nAnna\"}}}");
    }

    @Test
    void withoutANoteThereIsNoMessageAndWithoutAMemberTheAddressInvites() {
        linkedin.creates();

        send(work(TaskKind.SEND, null, null, "grace@example.org"));

        assertThat(linkedin.asked().get(0).getBodyAsString())
                .isEqualTo("{\"invitee\":\"urn:li:email:grace@example.org\"}");
    }

    @Test
    void whoHasNeitherIsNotAskedFor() {
        linkedin.creates();

        assertThat(send(work(TaskKind.SEND, null, "urn:li:member:7", null))).isInstanceOf(Outcome.Failed.class);
        assertThat(linkedin.asked()).isEmpty();
    }

    @Test
    void ofACreatedInvitationNothingButTheHeadersIsRead() {
        linkedin.answers(aResponse()
                .withStatus(201)
                .withHeader("x-linkedin-id", LinkedInStub.INVITATION)
                .withBody("x".repeat(100_000))
                .withChunkedDribbleDelay(100, 60_000));

        assertThat(send(ordinary())).isEqualTo(new Outcome.Done(null, LinkedInStub.INVITATION));
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "404", "409", "422", "302"})
    void whatLinkedInRejectsHasFailedWithItsStatusAndItsWords(int status) {
        linkedin.answers(aResponse()
                .withStatus(status)
                .withHeader("Location", "/v2/other")
                .withBody("""
                        {"status":%d,"serviceErrorCode":0,"message":"No: %s is%s"}""".formatted(status, LinkedInStub.TOKEN, " long".repeat(1_000))));

        assertThat(send(ordinary())).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.detail())
                .startsWith("LinkedIn answered " + status + ": No: … is long long")
                .hasSizeLessThan(350));
        assertThat(linkedin.asked()).hasSize(1);
        assertThat(linkedin.pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"status\":401,\"serviceErrorCode\":65601,\"code\":\"REVOKED_ACCESS_TOKEN\",\"message\":\"revoked\"}'",
        "401, nonsense",
        "403, '{\"status\":403,\"serviceErrorCode\":100,\"message\":\"Not enough permissions to access\"}'"
    })
    void aTokenThatIsNotTakenPausesTheAccountAndTheTaskWaits(int status, String body) {
        linkedin.answers(status, body);

        assertThat(send(ordinary())).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reach()).isEqualTo(Outcome.Reach.LANE);
            assertThat(refused.until()).as("as soon as it is resumed").isEqualTo(LinkedInStub.NOW);
        });
        assertThat(linkedin.pauses)
                .singleElement()
                .asString()
                .startsWith("anna: LinkedIn answered " + status)
                .contains("then resume the account");
    }

    @Test
    void withoutATokenNothingIsAskedAndTheAccountPauses() {
        linkedin.creates();
        linkedin.tokenText = null;

        assertThat(send(ordinary())).isInstanceOf(Outcome.Refused.class);
        assertThat(linkedin.asked()).isEmpty();
        assertThat(linkedin.pauses).singleElement().asString().contains("PACER_LINKEDIN_TOKEN_ANNA");
    }

    @ParameterizedTest
    @CsvSource({
        "429, 120, 2026-11-23T09:02:00Z",
        "503, 'Mon, 02 Jan 2006 10:00:00 GMT', 2026-11-23T09:00:00Z",
        "500, 999999999, 2026-11-30T09:00:00Z",
        "504, soon, ",
        "429, -5, "
    })
    void aRefusalForNowLastsAsLongAsLinkedInSaysAndAWeekAtMost(int status, String retryAfter, Instant until) {
        linkedin.answers(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));

        assertThat(send(ordinary()))
                .isEqualTo(new Outcome.Refused(Outcome.Reach.LANE, null, until, "LinkedIn answered " + status));
        assertThat(linkedin.sender(WITHDRAWAL).handOver(work(TaskKind.WITHDRAW, null, null, null)))
                .isEqualTo(new Outcome.Refused(Outcome.Reach.LANE, null, until, "LinkedIn answered " + status));
    }

    @Test
    void anInternalErrorCostsATrySoThatNoRequestThatBreaksItIsAskedForEver() {
        linkedin.answers(500, "");

        assertThat(send(ordinary()))
                .isEqualTo(new Outcome.Refused(Outcome.Reach.TRY, null, null, "LinkedIn answered 500"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void whatMayHaveBeenSentIsSentOnceAndInDoubt(String fault) {
        linkedin.answers(aResponse().withFault(Fault.valueOf(fault)));

        assertThat(send(ordinary())).isInstanceOf(Outcome.InDoubt.class);
        assertThat(linkedin.asked()).hasSize(1);
    }

    @Test
    void aWithdrawalIsLeftToPeopleUntilTheOperatorSaysHowItIsCalled() {
        linkedin.answers(200, "{}");
        HandOver work = work(TaskKind.WITHDRAW, null, null, null);

        assertThat(linkedin.sender(WithdrawalCall.OFF).handOver(work)).isEqualTo(new Outcome.Taken());
        assertThat(linkedin.asked()).isEmpty();

        assertThat(linkedin.sender(WITHDRAWAL).handOver(work))
                .isEqualTo(new Outcome.Done(null, LinkedInStub.INVITATION));
        LoggedRequest asked = linkedin.asked().get(0);
        assertThat(asked.getUrl()).isEqualTo("/v2/made-up/urn%3Ali%3Ainvitation%3A617608454596123456?action=x");
        assertThat(asked.getBodyAsString()).isEqualTo("{\"id\":\"" + LinkedInStub.INVITATION + "\"}");
    }

    @Test
    void aWithdrawalNeedsAPathThatNamesTheInvitation() {
        assertThatThrownBy(() -> new WithdrawalCall("POST", "none", null)).hasMessageContaining("begin with /");
        assertThatThrownBy(() -> new WithdrawalCall("POST", "/v2/all", null)).hasMessageContaining("{id}");
    }

    @Test
    void aTokensFileIsReadAnewEachTimeAndGoesBeforeTheVariable(@TempDir Path directory) throws Exception {
        AccessTokens tokens = new AccessTokens(directory, name -> "from-the-environment");
        assertThat(tokens.named("anna").header()).isEqualTo("Bearer from-the-environment");

        write(directory, "first\n");
        assertThat(tokens.named("anna").header()).isEqualTo("Bearer first");

        write(directory, "second\n");
        assertThat(tokens.named("anna").header()).isEqualTo("Bearer second");

        write(directory, "two words");
        assertThatThrownBy(() -> tokens.named("anna"))
                .hasMessageContaining("the token alone")
                .hasMessageNotContaining("words");
        assertThat(AccessToken.in("secret").orElseThrow().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.linkedin.com",
                "http://192.0.2.1",
                "https://u:p@api.linkedin.com",
                "ftp://x",
                "https:"
            })
    void tokensDoNotTravelInClear(String base) {
        assertThatThrownBy(
                        () -> new LinkedInApi(URI.create(base.equals("https:") ? "https:x" : base), LinkedInStub.LIMIT))
                .hasMessageContaining("https://");
    }

    private static void write(Path directory, String token) throws IOException {
        Files.writeString(directory.resolve("anna"), token);
    }

    private Outcome send(HandOver work) {
        return linkedin.sender(WithdrawalCall.OFF).handOver(work);
    }

    private static HandOver ordinary() {
        return work(TaskKind.SEND, "Hello Grace", "urn:li:person:r5GpfvpA3t", null);
    }

    private static HandOver work(TaskKind kind, String note, String memberUrn, String email) {
        return new HandOver(
                1,
                kind,
                "anna",
                7,
                1,
                1,
                "grace-hopper",
                "https://www.linkedin.com/in/grace-hopper",
                "Grace",
                "Hopper",
                null,
                null,
                note,
                memberUrn,
                email,
                null,
                null,
                kind == TaskKind.WITHDRAW ? LinkedInStub.INVITATION : null,
                LinkedInStub.NOW,
                "LINKEDIN");
    }
}
