package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.invitation.Profile;

/** A POST that is sent again with its key does nothing again, and gets the answer that it got. */
@QuarkusTest
class IdempotencyTest extends SentAgainTest {
    @Test
    void theFirstAnswerIsGivenAgain() throws Exception {
        HttpResponse<String> first = post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\",\"note\":\"Hé 👋\"}");
        execute("update invitation set note = 'changed since'");
        HttpResponse<String> again = post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\",\"note\":\"Hé 👋\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(count("select count(*) from invitation")).isOne();
    }

    @Test
    void aRefusalIsGivenAgainToo() throws Exception {
        HttpResponse<String> first = post(ANNA + "/invitations", KEY, "{\"profile\":\"not one\"}");
        HttpResponse<String> again = post(ANNA + "/invitations", KEY, "{\"profile\":\"not one\"}");

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void anAnswerWithoutABodyIsGivenAgain() throws Exception {
        long id = enqueue("anna", "jane-doe");
        setTime(MONDAY_8.plusSeconds(3_600));
        releases.round();
        report("anna", id, "SENT", "");
        String path = ANNA + "/invitations/" + id + "/withdraw";

        HttpResponse<String> first = post(path, KEY, "");
        HttpResponse<String> again = post(path, KEY, "");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    static Stream<String[]> others() {
        return Stream.of(
                new String[] {ANNA + "/invitations", "{\"profile\":\"john-doe\"}"},
                new String[] {"/api/v1/accounts/bert/invitations", "{\"profile\":\"jane-doe\"}"},
                new String[] {ANNA + "/reports", "{\"profile\":\"jane-doe\"}"});
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherRequestCannotHaveTheKey(String path, String body) throws Exception {
        account("bert", "");
        post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}");

        HttpResponse<String> other = post(path, KEY, body);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"idempotency-key-reused\"");
        assertThat(count("select count(*) from invitation")).isOne();
        assertThat(post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8e03978e",
                "\"\"",
                "\"open",
                "open\"",
                "\"a\" \"b\"",
                "\"a\";x=1",
                "\"a\\b\"",
                "'a'",
                "\"a\"b\"",
                ""
            })
    void aKeyThatIsNoQuotedStringIsRefusedWithHowToWriteIt(String key) throws Exception {
        HttpResponse<String> refused = post(ANNA + "/invitations", key, "{\"profile\":\"jane-doe\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"unreadable\"", "Idempotency-Key");
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void aKeyHasAtMost255Characters() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        assertThat(post(ANNA + "/invitations", "\"" + "k".repeat(256) + "\"", body)
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(ANNA + "/invitations", "\"" + "k".repeat(253) + "\\\"\\\\\"", body)
                        .statusCode())
                .isEqualTo(201);
        assertThat(query("select key from idempotency")).containsExactly("k".repeat(253) + "\"\\");
    }

    @Test
    void othersThanPostHaveNoNeedOfAKey() {
        assertThat(Answer.to("GET", ANNA, null, "Idempotency-Key", "unquoted").status())
                .isEqualTo(200);
        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void anAnswerIsKeptForADay() throws Exception {
        String body = "{\"profile\":\"jane-doe\"}";
        post(ANNA + "/invitations", KEY, body);
        setTime(MONDAY_8.plus(Duration.ofHours(24)).minusSeconds(1));
        keys.round();
        assertThat(post(ANNA + "/invitations", KEY, body).statusCode()).isEqualTo(201);

        setTime(MONDAY_8.plus(Duration.ofHours(24)));
        HttpResponse<String> anew = post(ANNA + "/invitations", KEY, body);
        assertThat(anew.statusCode()).isEqualTo(409);
        assertThat(anew.headers().firstValue("Idempotent-Replayed")).isEmpty();

        setTime(MONDAY_8.plus(Duration.ofHours(48)));
        keys.round();
        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void anotherQueryCannotHaveTheKey() throws Exception {
        String list = "profile\njane-doe\n";

        HttpResponse<String> dry = send(ANNA + "/imports?dryRun=true", KEY, "text/csv", list);
        HttpResponse<String> real = send(ANNA + "/imports", KEY, "text/csv", list);

        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(real.statusCode()).isEqualTo(422);
        assertThat(real.body()).contains("\"idempotency-key-reused\"");
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @Test
    void anUnknownParameterTakesNoKey() throws Exception {
        assertThat(post(ANNA + "/invitations?x=1", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(ANNA + "/invitations", KEY, "{\"profile\":\"jane-doe\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void anErasedPersonIsNoLongerInKeptAnswers() throws Exception {
        String jane = "{\"profile\":\"jané\",\"firstName\":\"Jané\"}";
        post(ANNA + "/invitations", KEY, jane);
        post(ANNA + "/invitations", "\"2\"", "{\"profile\":\"jané-2\"}");

        Profile profile = Profile.parse("jané");
        assertThat(answers.forget(List.of("\"" + profile.slug() + "\"", profile.url() + "\"")))
                .isOne();

        HttpResponse<String> again = post(ANNA + "/invitations", KEY, jane);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Location")).isPresent();
        assertThat(count("select count(*) from invitation")).isEqualTo(2);
        assertThat(post(ANNA + "/invitations", "\"2\"", "{\"profile\":\"jané-2\"}")
                        .body())
                .contains("jané-2");
    }
}
