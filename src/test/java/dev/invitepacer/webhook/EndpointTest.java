package dev.invitepacer.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.standardwebhooks.Webhook;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class EndpointTest extends ServiceTest {
    private static final String CRM = "/api/v1/endpoints/crm";

    @Inject
    Endpoints endpoints;

    private final Ear ear = new Ear();

    @AfterEach
    void hush() {
        ear.close();
    }

    private ValidatableResponse put(String url) {
        return json("{\"url\":\"" + url + "\"}").put(CRM).then();
    }

    private String made() {
        return put(ear.url()).statusCode(201).extract().path("secret");
    }

    private boolean verifies(String secret, Ear.Heard heard) {
        try {
            new Webhook(secret)
                    .verify(
                            heard.text(),
                            heard.headers().entrySet().stream()
                                    .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))));
            return true;
        } catch (com.standardwebhooks.exceptions.WebhookVerificationException no) {
            return false;
        }
    }

    private Ear.Heard ping() {
        given().post(CRM + "/test").then().statusCode(200).body("isSuccess", equalTo(true));
        return ear.heard().get(ear.heard().size() - 1);
    }

    @Test
    void aRotationMendsASecretWhoseKeyIsLost() {
        made();
        execute("update endpoint set secret = decode(repeat('ff', 60), 'hex')");
        given().post(CRM + "/test").then().statusCode(200).body("isSuccess", equalTo(false));

        String secret =
                given().post(CRM + "/secret").then().statusCode(200).extract().path("secret");

        assertThat(verifies(secret, ping())).isTrue();
    }

    @Test
    void theSecretIsToldOnceAndNowhereElse() {
        String secret = made();

        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        given().get(CRM).then().statusCode(200).body("secret", nullValue()).body("isOn", equalTo(true));
        given().get("/api/v1/endpoints")
                .then()
                .body("items[0].name", equalTo("crm"))
                .body("items[0].secret", nullValue());
        put(ear.url()).statusCode(200).body("secret", nullValue());
        assertThat(query("select encode(secret, 'base64') || encode(secret, 'escape') from endpoint")
                        .get(0))
                .doesNotContain(secret.substring(6, 30));
    }

    @Test
    void aRotatedSecretIsNotKeptUnderAnIdempotencyKey() {
        made();
        String told = given().header("Idempotency-Key", "\"r1\"")
                .post(CRM + "/secret")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .path("secret");

        given().header("Idempotency-Key", "\"r1\"")
                .post(CRM + "/secret")
                .then()
                .statusCode(200)
                .header("Idempotent-Replayed", "true")
                .body(equalTo(""));
        assertThat(verifies(told, ping())).isTrue();
        assertThat(count("select count(*) from idempotency where body is not null"))
                .isZero();
    }

    /** Whoever rotated a secret because its key was lost changes the key later like anybody. */
    @Test
    void anUnreadableOldSecretKeepsNoOtherFromTheNewKey() {
        made();
        SecretBox former = SecretBox.of(key(1), "none");
        SecretBox lost = SecretBox.of(key(2), "none");
        SecretBox present = SecretBox.of(key(3), key(1));
        byte[] secret = {1, 2, 3};
        execute("update endpoint set secret = '\\x" + HexFormat.of().formatHex(former.seal("crm", secret))
                + "', previous_secret = '\\x" + HexFormat.of().formatHex(lost.seal("crm", secret))
                + "', previous_until = service_now() + interval '1 day'");

        assertThat(endpoints.seal(present)).isOne();

        String kept = query("select encode(secret, 'hex') from endpoint").get(0);
        assertThat(SecretBox.of(key(3), "none").open("crm", HexFormat.of().parseHex(kept)))
                .isEqualTo(secret);
    }

    private static String key(int which) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) which;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void afterARotationTheOldSecretSignsForADay() {
        String old = made();
        String next = given().post(CRM + "/secret")
                .then()
                .statusCode(200)
                .body("previousSecretUntil", notNullValue())
                .extract()
                .path("secret");

        Ear.Heard during = ping();
        assertThat(verifies(old, during)).isTrue();
        assertThat(verifies(next, during)).isTrue();
        assertThat(during.headers().get("webhook-signature")).matches("v1,\\S+ v1,\\S+");

        advance(Duration.ofHours(24));
        Ear.Heard after = ping();
        assertThat(verifies(old, after)).isFalse();
        assertThat(verifies(next, after)).isTrue();
        given().get(CRM).then().body("previousSecretUntil", nullValue());
    }

    @Test
    void aPingTellsWhatCameBack() {
        made();
        assertThat(ping().text()).startsWith("{\"type\":\"endpoint.ping\",\"timestamp\":\"");

        ear.does(Ear.answers(500, "", "secret of the house"));
        given().post(CRM + "/test")
                .then()
                .statusCode(200)
                .body("isSuccess", equalTo(false))
                .body("status", equalTo(500))
                .body("detail", equalTo("It answered 500, which is no success."));
    }

    @Test
    void goneTurnsItOffUntilItIsEnabled() {
        made();
        ear.does(Ear.answers(410, "", ""));
        given().post(CRM + "/test").then().body("status", equalTo(410));

        given().get(CRM).then().body("isOn", equalTo(false)).body("offReason", containsString("410"));
        given().post(CRM + "/test").then().body("detail", containsString("is off"));
        assertThat(ear.heard()).hasSize(1);

        given().post(CRM + "/enable")
                .then()
                .statusCode(200)
                .body("isOn", equalTo(true))
                .body("offReason", nullValue());
        ear.does(Ear.answers(200, "", ""));
        ping();
    }

    @Test
    void anAddressThatLeadsInsideIsRefusedEarly() {
        put("https://169.254.169.254/latest").statusCode(422).body("violations[0].field", equalTo("url"));
        put("https://user:hunter2@example.org/").statusCode(422).body("detail", containsString("no user and password"));
        json("{}").put(CRM).then().statusCode(422).body("detail", containsString("url: must be given"));
        json("{\"url\":\"https://example.org\"}")
                .put("/api/v1/endpoints/CRM")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("endpoint"));
        assertThat(count("select count(*) from endpoint")).isZero();
    }

    @Test
    void anAccountNeedsAnEndpointThatIsThereAndHoldsIt() {
        json("{\"name\":\"Anna\",\"channel\":\"WEBHOOK\"}")
                .put("/api/v1/accounts/anna")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("endpoint"));
        json("{\"name\":\"Anna\",\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\"}")
                .put("/api/v1/accounts/anna")
                .then()
                .statusCode(422)
                .body("detail", containsString("names no endpoint"));
        json("{\"name\":\"Anna\",\"endpoint\":\"crm\"}")
                .put("/api/v1/accounts/anna")
                .then()
                .statusCode(422);
        made();
        account("anna", "\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\"");

        given().delete(CRM)
                .then()
                .statusCode(409)
                .body("code", equalTo("endpoint-in-use"))
                .body("detail", containsString("anna"));
        account("anna", "");
        given().delete(CRM).then().statusCode(204);
        given().get(CRM).then().statusCode(404).body("code", equalTo("endpoint-unknown"));
    }

    @Test
    void whatThereIsNotIsToldAsSuch() {
        for (String call : List.of("/secret", "/test", "/enable")) {
            given().post(CRM + call).then().statusCode(404).body("code", equalTo("endpoint-unknown"));
        }
        given().delete(CRM).then().statusCode(404);
        given().get("/api/v1/endpoints/CRM").then().statusCode(404);
    }
}
