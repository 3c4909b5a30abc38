package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.web.Answer;

/** The console's session. */
@QuarkusTest
@TestProfile(Locked.class)
class SessionTest extends LockedTest {
    private static final String SESSION = "/api/v1/session";
    private static final String PAUSE = "/api/v1/accounts/anna/pause";
    private static final String REASON = "{\"reason\": \"holidays\"}";

    private String cookie;
    private String csrf;

    @BeforeEach
    void signIn() {
        account("anna", "");
        Response answer = anew().contentType("application/json")
                .body("{\"key\": \"" + key(Role.OWNER, "anna") + "\"}")
                .post(SESSION);
        assertThat(answer.statusCode()).isEqualTo(200);
        cookie = answer.header("Set-Cookie").replaceFirst("^" + SessionCookie.NAME + "=([^;]*);.*", "$1");
        csrf = answer.jsonPath().getString("csrf");
    }

    /** Without the admin's key of the other tests. */
    private static RequestSpecification anew() {
        RequestSpecification none = new RequestSpecBuilder().build();
        io.restassured.RestAssured.requestSpecification = null;
        return io.restassured.RestAssured.given(none);
    }

    /** A request by the session's cookie, and nothing else but these headers. */
    private Answer signedIn(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Cookie", "theme=dark; " + SessionCookie.NAME + "=" + cookie));
        all.addAll(List.of(headers));
        return as(null, method, path, body, all.toArray(String[]::new));
    }

    @Test
    void aKeyIsExchangedForACookieThatNoScriptReadsAndNoOtherSiteSends() {
        Response answer = anew().contentType("application/json")
                .body("{\"key\": \"" + Locked.ADMIN + "\"}")
                .post(SESSION);

        assertThat(answer.header("Set-Cookie"))
                .contains("pacer-session=ps_", "HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(answer.jsonPath().getBoolean("security")).isTrue();
        assertThat(answer.jsonPath().getString("role")).isEqualTo("ADMIN");
        assertThat(answer.jsonPath().getString("name")).isEqualTo("first");
        assertThat((Object) answer.jsonPath().get("accounts")).isNull();
        assertThat(answer.jsonPath().getString("expiresAt")).isNotBlank();
        assertThat(query("select count(*) from console_session where encode(hash, 'escape') like '%ps_%'"))
                .containsExactly("0");
    }

    @Test
    void whoIsSignedInIsToldByCookieAndByKey() {
        JsonNode mine = signedIn("GET", SESSION, null).json();
        assertThat(mine.path("csrf").asText()).isEqualTo(csrf);
        assertThat(mine.path("accounts").toString()).isEqualTo("[\"anna\"]");
        assertThat(mine.path("role").asText()).isEqualTo("OWNER");

        assertThat(read(Locked.ADMIN, SESSION).json().path("csrf").isNull()).isTrue();
        assertThat(read(null, SESSION).code()).isEqualTo("key-missing");
        assertThat(as(null, "POST", SESSION, "{\"key\": \"pk_nonsense\"}").code())
                .isEqualTo("key-refused");
        assertThat(as(null, "POST", SESSION, "{\"key\": \"" + cookie + "\"}").code())
                .isEqualTo("key-refused");
        assertThat(read(cookie, SESSION).code()).isEqualTo("key-refused");
    }

    @Test
    void aSessionChangesThingsWithItsTokenOnly() {
        assertThat(signedIn("GET", "/api/v1/accounts", null)
                        .json()
                        .path("items")
                        .findValuesAsText("account"))
                .containsExactly("anna");
        assertThat(signedIn("POST", PAUSE, REASON).code()).isEqualTo("csrf-token-missing");
        assertThat(signedIn("POST", PAUSE, REASON, Door.CSRF_HEADER, "wrong").status())
                .isEqualTo(403);
        assertThat(signedIn("POST", PAUSE, REASON, Door.CSRF_HEADER, csrf).status())
                .isEqualTo(200);
    }

    @Test
    void whoSignsOutIsOut() {
        assertThat(signedIn("DELETE", SESSION, null, Door.CSRF_HEADER, csrf).status())
                .isEqualTo(204);
        assertThat(signedIn("GET", SESSION, null).status()).isEqualTo(401);
        assertThat(count("select count(*) from console_session where hash = sha256(convert_to('" + cookie
                        + "', 'UTF8'))"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update console_session set seen_at = now() - interval '8 hours'",
                "update console_session set ends_at = now()",
                "update api_key set expires_at = now() where name = 'OWNER'",
                "update api_key set revoked_at = now(), revoked_by = 'x' where name = 'OWNER'",
                "delete from api_key where name = 'OWNER'"
            })
    void aSessionEndsUnusedAfterSomeDaysAndWithItsKey(String what) {
        assertThat(signedIn("GET", SESSION, null).status()).isEqualTo(200);
        execute(what);
        assertThat(signedIn("GET", SESSION, null).code()).isEqualTo("key-refused");
    }

    @Test
    void aKeyHasABoundedNumberOfSessions() {
        execute("insert into console_session (hash, key, began_at, ends_at)"
                + " select sha256(convert_to(n::text, 'UTF8')), k.id, now() - n * interval '1 second', now() + interval '1 day'"
                + " from api_key k, generate_series(1, 150) n where k.name = 'first'");
        as(null, "POST", SESSION, "{\"key\": \"" + Locked.ADMIN + "\"}");

        assertThat(count(
                        "select count(*) from console_session s join api_key k on k.id = s.key where k.name = 'first'"))
                .isEqualTo(Sessions.MOST_OF_A_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, HERE, 200"
    })
    void anotherSiteMakesABrowserChangeNothing(String header, String value, int status) {
        String here = io.restassured.RestAssured.baseURI + ":" + io.restassured.RestAssured.port;
        Answer answer =
                as(Locked.ADMIN, "POST", "/api/v1/accounts/anna/resume", null, header, value.replace("HERE", here));
        assertThat(answer.status()).as(answer.request() + answer.body()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.code()).isEqualTo("cross-origin");
        }
    }

    @Test
    void aCookieDoesNotHelpABadKey() {
        assertThat(signedIn("GET", "/api/v1/accounts", null, "Authorization", "Bearer pk_nonsense")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSignInLeavesNothingBehindUnderAnIdempotencyKey() {
        as(null, "POST", SESSION, "{\"key\": \"" + Locked.ADMIN + "\"}", "Idempotency-Key", "\"one\"");
        as(null, "POST", SESSION, "{\"key\": \"pk_nonsense\"}", "Idempotency-Key", "\"two\"");

        assertThat(count("select count(*) from idempotency")).isZero();
    }

    @Test
    void everyAnswerTellsBrowsersWhatTheyMayDoWithIt() {
        for (String path : List.of(
                "/",
                "/console/app.js",
                "/api/v1/accounts",
                "/api/v1/nothing",
                "/nothing",
                "/q/openapi",
                "/problems/invalid")) {
            Response answer = anew().get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self';");
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).as(path).isEqualTo("same-origin");
            assertThat(answer.header("Server")).as(path).isNull();
        }
        assertThat(anew().get("/api/v1/accounts").header("Cache-Control")).isEqualTo("no-store");
    }
}
