package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        cookie = answer.cookie(SessionCookie.NAME);
        csrf = answer.jsonPath().getString("csrf");
    }

    /** Without the admin's key of the other tests. */
    private static RequestSpecification anew() {
        RequestSpecification none = new RequestSpecBuilder().build();
        io.restassured.RestAssured.requestSpecification = null;
        return io.restassured.RestAssured.given(none);
    }

    private RequestSpecification signedIn() {
        return anew().header("Cookie", "theme=dark; " + SessionCookie.NAME + "=" + cookie);
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
        Response mine = signedIn().get(SESSION);
        assertThat(mine.jsonPath().getString("csrf")).isEqualTo(csrf);
        assertThat(mine.jsonPath().getList("accounts")).containsExactly((Object) "anna");
        assertThat(mine.jsonPath().getString("role")).isEqualTo("OWNER");

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
        assertThat(signedIn().get("/api/v1/accounts").jsonPath().getList("items.account"))
                .containsExactly((Object) "anna");
        assertThat(pause(null).jsonPath().getString("code")).isEqualTo("csrf-token-missing");
        assertThat(pause("wrong").statusCode()).isEqualTo(403);
        assertThat(pause(csrf).statusCode()).isEqualTo(200);
    }

    private Response pause(String token) {
        RequestSpecification request =
                signedIn().contentType("application/json").body(REASON);
        return (token == null ? request : request.header(Door.CSRF_HEADER, token)).post(PAUSE);
    }

    @Test
    void whoSignsOutIsOut() {
        Response out = signedIn().header(Door.CSRF_HEADER, csrf).delete(SESSION);
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(signedIn().get(SESSION).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "update console_session set seen_at = now() - interval '8 hours'",
        "update console_session set ends_at = now()",
        "update api_key set expires_at = now() where name = 'OWNER'",
        "update api_key set revoked_at = now(), revoked_by = 'x' where name = 'OWNER'",
        "delete from api_key where name = 'OWNER'"
    })
    void aSessionEndsUnusedAfterSomeDaysAndWithItsKey(String what) {
        assertThat(signedIn().get(SESSION).statusCode()).isEqualTo(200);
        execute(what);
        assertThat(signedIn().get(SESSION).jsonPath().getString("code")).isEqualTo("key-refused");
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
        String here = "http://localhost:" + io.restassured.RestAssured.port;
        Answer answer =
                as(Locked.ADMIN, "POST", "/api/v1/accounts/anna/resume", null, header, value.replace("HERE", here));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.code()).isEqualTo("cross-origin");
        }
    }

    @Test
    void aCookieDoesNotHelpABadKey() {
        assertThat(signedIn()
                        .header("Authorization", "Bearer pk_nonsense")
                        .get("/api/v1/accounts")
                        .statusCode())
                .isEqualTo(401);
    }
}
