package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.invitepacer.events.EventFeed;
import dev.invitepacer.web.Answer;

/** Keys are made, told once, used, followed and revoked. */
@QuarkusTest
@TestProfile(Locked.class)
class KeysTest extends LockedTest {
    private static final String KEYS = "/api/v1/keys";
    private static final Path LOG = Path.of("target/locked.log");

    @Inject
    EventFeed events;

    @Test
    void aKeyIsToldOnceAndKeptAsItsHash() {
        JsonNode made = as(Locked.ADMIN, "POST", KEYS, """
                {"name": "crm", "role": "INTEGRATOR", "accounts": ["anna"], "expiresAt": "2999-01-01T00:00:00Z"}""").json();
        String key = made.path("key").asText();

        assertThat(key).matches("pk_[A-Za-z0-9_-]{43}");
        assertThat(made.path("createdBy").asText()).startsWith("first (key ");
        JsonNode read =
                read(Locked.ADMIN, KEYS + "/" + made.path("id").asText()).json();
        assertThat(read.has("key")).isFalse();
        assertThat(read.path("accounts").toString()).isEqualTo("[\"anna\"]");
        assertThat(query("select encode(hash, 'hex') from api_key where name = 'crm'"))
                .containsExactly(java.util.HexFormat.of().formatHex(new Token(key).hash()));
        assertThat(read(Locked.ADMIN, KEYS).body()).doesNotContain(key).contains("\"crm\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'role': 'READER'}; name",
                "{'name': ' ', 'role': 'READER'}; name",
                "{'name': 'x'}; role",
                "{'name': 'x', 'role': 'KING'}; role",
                "{'name': 'x', 'role': 'OWNER'}; accounts",
                "{'name': 'x', 'role': 'SENDER', 'accounts': []}; accounts",
                "{'name': 'x', 'role': 'READER', 'accounts': []}; accounts",
                "{'name': 'x', 'role': 'ADMIN', 'accounts': ['anna']}; accounts",
                "{'name': 'x', 'role': 'OWNER', 'accounts': ['Anna']}; accounts",
                "{'name': 'x', 'role': 'ADMIN', 'expiresAt': '2020-01-01T00:00:00Z'}; expiresAt",
                "{'name': 'x', 'role': 'ADMIN', 'all': true}; all"
            })
    void aKeyThatMakesNoSenseIsRefused(String body, String field) {
        Answer refused = as(Locked.ADMIN, "POST", KEYS, body.replace('\'', '"'));

        assertThat(refused.code()).isEqualTo("invalid");
        assertThat(refused.json().path("violations").path(0).path("field").asText())
                .isEqualTo(field);
    }

    @Test
    void aRevokedKeyOpensNothingFromThenOn() {
        String key = key(Role.READER);
        assertThat(read(key, "/api/v1/accounts").status()).isEqualTo(200);

        String id = query("select id from api_key where name = 'READER'").get(0);
        assertThat(as(Locked.ADMIN, "DELETE", KEYS + "/" + id, null).status()).isEqualTo(204);

        Answer refused = read(key, "/api/v1/accounts");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("key-refused");
        assertThat(as(Locked.ADMIN, "DELETE", KEYS + "/" + id, null).status()).isEqualTo(204);
        assertThat(read(Locked.ADMIN, KEYS + "/" + id).json().path("revokedBy").asText())
                .startsWith("first");
    }

    @Test
    void anExpiredKeyOpensNothing() {
        String key = key(Role.READER);
        execute("update api_key set expires_at = now() - interval '1 second' where name = 'READER'");

        assertThat(read(key, "/api/v1/accounts").code()).isEqualTo("key-refused");
    }

    @Test
    void aKeyThatIsFollowedByAnotherOpensForAWhileLonger() {
        String old = key(Role.OWNER, "anna");
        String id = query("select id from api_key where name = 'OWNER'").get(0);

        String young = as(Locked.ADMIN, "POST", KEYS + "/" + id + "/rotate", "{\"overlap\": \"PT1H\"}")
                .json()
                .path("key")
                .asText();

        assertThat(read(young, "/api/v1/accounts").status()).isEqualTo(200);
        assertThat(read(old, "/api/v1/accounts").status()).isEqualTo(200);
        assertThat(query("select extract(epoch from expires_at - now())::int / 60 from api_key where id = " + id))
                .containsAnyOf("59", "60");
        assertThat(query("select name || role || accounts::text from api_key where name = 'OWNER'"))
                .containsExactly("OWNEROWNER{anna}", "OWNEROWNER{anna}");
    }

    @Test
    void theLastAdminKeyStays() {
        String first = query("select id from api_key where name = 'first'").get(0);
        assertThat(as(Locked.ADMIN, "DELETE", KEYS + "/" + first, null).code()).isEqualTo("last-admin-key");

        String second = key(Role.ADMIN);
        assertThat(as(second, "DELETE", KEYS + "/" + first, null).status()).isEqualTo(204);
        assertThat(read(Locked.ADMIN, KEYS).status()).isEqualTo(401);
    }

    @Test
    void whenAKeyWasUsedLastIsNotedOnceAMinute() {
        String key = key(Role.READER);
        read(key, "/api/v1/accounts");
        String first =
                query("select last_used_at from api_key where name = 'READER'").get(0);
        read(key, "/api/v1/accounts");
        assertThat(query("select last_used_at from api_key where name = 'READER'"))
                .containsExactly(first);

        execute("update api_key set last_used_at = now() - interval '61 seconds' where name = 'READER'");
        read(key, "/api/v1/accounts");
        assertThat(query("select now() - last_used_at < interval '30 seconds' from api_key where name = 'READER'"))
                .containsExactly("t");
    }

    @Test
    void theHistoryTellsWhichKeyDidIt() {
        account("anna", "");
        String key = key(Role.OWNER, "anna");
        as(key, "POST", "/api/v1/accounts/anna/pause", "{\"reason\": \"holidays\"}");

        String id = query("select id from api_key where name = 'OWNER'").get(0);
        assertThat(read(key, "/api/v1/accounts/anna/history")
                        .json()
                        .path("items")
                        .path(0)
                        .path("actor")
                        .asText())
                .isEqualTo("OWNER (key " + id + ")");
    }

    @Test
    void anIdempotencyKeyIsTheCallersOwn() {
        account("anna", "");
        account("bert", "");
        String anna = key(Role.INTEGRATOR, "anna");
        String bert = key(Role.INTEGRATOR, "bert");
        String mark = "\"one\"";

        assertThat(as(
                                anna,
                                "POST",
                                "/api/v1/accounts/anna/invitations",
                                "{\"profile\":\"grace\"}",
                                "Idempotency-Key",
                                mark)
                        .status())
                .isEqualTo(201);
        Answer other = as(
                bert, "POST", "/api/v1/accounts/bert/invitations", "{\"profile\":\"grace\"}", "Idempotency-Key", mark);
        assertThat(other.status()).as(other.body()).isEqualTo(201);
        assertThat(as(
                                bert,
                                "POST",
                                "/api/v1/accounts/anna/invitations",
                                "{\"profile\":\"grace\"}",
                                "Idempotency-Key",
                                mark)
                        .code())
                .isEqualTo("account-unknown");
    }

    @Test
    void listsShowWhatTheKeySees() {
        for (String account : List.of("anna", "bert")) {
            account(account, "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]}");
            enqueue(account, "grace");
        }
        releases.round();
        String key = key(Role.OWNER, "bert", "later");

        assertThat(read(key, "/api/v1/accounts").json().path("items").findValuesAsText("account"))
                .containsExactly("bert");
        assertThat(read(key, "/api/v1/tasks").json().path("items").findValuesAsText("account"))
                .containsExactly("bert");
        assertThat(read(key, "/api/v1/people/grace").body())
                .contains("\"bert\"")
                .doesNotContain("anna");
        assertThat(as(key, "PUT", "/api/v1/accounts/later", "{\"name\": \"Later\"}")
                        .status())
                .isEqualTo(201);
        assertThat(read(Locked.ADMIN, "/api/v1/tasks").json().path("items")).hasSize(2);

        JsonNode overview = read(key, "/api/v1/overview").json();
        assertThat(overview.path("items").findValuesAsText("account")).containsExactly("bert", "later");
        assertThat(overview.path("accounts").path("total").asInt()).isEqualTo(2);
        assertThat(read(key, "/api/v1/tasks/counts")
                        .json()
                        .path("kinds")
                        .path("SEND")
                        .path("open")
                        .asInt())
                .isEqualTo(1);
        enqueue("anna", "greta");
        as(Locked.ADMIN, "PUT", "/api/v1/suppressions/gregor", null);
        for (String query : List.of("", "?q=gr")) {
            JsonNode people = read(key, "/api/v1/people" + query).json();
            assertThat(people.path("items").findValuesAsText("profile"))
                    .as(query)
                    .containsExactly("grace");
            assertThat(people.toString()).doesNotContain("anna");
            assertThat(read(Locked.ADMIN, "/api/v1/people" + query)
                            .json()
                            .path("items")
                            .findValuesAsText("profile"))
                    .containsExactly("grace", "gregor", "greta");
        }
        events.round();
        assertThat(read(key, "/api/v1/events").body()).contains("\"bert\"").doesNotContain("anna");
    }

    @ParameterizedTest
    @CsvSource({"linkedinToken, bert", "group, sales"})
    void anOwnerSetsNothingThatLeadsBeyondItsAccount(String setting, String value) {
        account("anna", "");
        String owner = key(Role.OWNER, "anna", "later");
        String body = "{\"name\": \"Anna\", \"" + setting + "\": \"" + value + "\"}";

        for (String account : List.of("anna", "later")) {
            assertThat(as(owner, "PUT", "/api/v1/accounts/" + account, body).code())
                    .isEqualTo("forbidden");
        }
        assertThat(as(owner, "PATCH", "/api/v1/accounts/anna", body).code()).isEqualTo("forbidden");
        assertThat(read(Locked.ADMIN, "/api/v1/accounts/later").status()).isEqualTo(404);

        assertThat(as(Locked.ADMIN, "PATCH", "/api/v1/accounts/anna", body).status())
                .isEqualTo(200);
        assertThat(as(owner, "PUT", "/api/v1/accounts/anna", body).status()).isEqualTo(200);
        assertThat(as(owner, "PUT", "/api/v1/accounts/anna", "{\"name\": \"Anna\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoSaysNothingIsToldHow() {
        Answer answer = read(null, "/api/v1/accounts");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("key-missing");
        assertThat(answer.faults()).isEmpty();
        assertThat(RestAssured.given(new io.restassured.builder.RequestSpecBuilder().build())
                        .header("Authorization", "Basic YTpi")
                        .get("/api/v1/accounts")
                        .header("WWW-Authenticate"))
                .startsWith("Bearer ");
        assertThat(read(null, "/api/v1/nothing").status()).isEqualTo(401);
        assertThat(read(null, "/problems/key-missing").status()).isEqualTo(200);
        assertThat(read(null, "/q/openapi").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/accounts/", "//api/v1/accounts", "/api//v1/accounts", "/%61pi/v1/accounts", "/api/v1/../v1/accounts",
        "/./api/v1/accounts", "/api/v1;a=b/accounts", "/api/v1/accounts;a=b", "/API/v1/accounts", "/api%2Fv1/accounts"
    })
    void noSpellingOfAnAddressLeadsPastTheDoor(String path) throws IOException {
        account("anna", "");
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotStartWith("HTTP/1.1 2").doesNotContain("anna");
        }
    }

    @Test
    void aBodyIsNotTakenBeforeItsSenderIsKnown() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/accounts/anna/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                            + "Content-Length: 60000000\r\nConnection: close\r\n\r\nprofile\n")
                                    .getBytes(StandardCharsets.UTF_8));
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void whoeverGuessesIsToldToWaitAndLocksOutNobodyElse() {
        String good = key(Role.READER);
        assertThat(read(good, "/api/v1/accounts").status()).isEqualTo(200);
        String never = key(Role.READER);
        for (int i = 0; i < 5; i++) {
            assertThat(read(Token.random(Token.KEY).text(), "/api/v1/accounts").status())
                    .isEqualTo(401);
        }
        Answer sixth = read("pk_nonsense", "/api/v1/accounts");
        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.code()).isEqualTo("too-many-failures");
        assertThat(RestAssured.given(new io.restassured.builder.RequestSpecBuilder().build())
                        .header("Authorization", "Bearer pk_x")
                        .get("/api/v1/accounts")
                        .header("Retry-After"))
                .matches("[1-9][0-9]?");
        // One that was not let in from here before waits too; one that was goes on.
        assertThat(read(never, "/api/v1/accounts").status()).isEqualTo(429);
        assertThat(read(good, "/api/v1/accounts").status()).isEqualTo(200);
        assertThat(as(null, "POST", "/api/v1/session", "{\"key\":\"pk_x\"}").status())
                .isEqualTo(429);
    }

    @Test
    void itIsToldWhoChangedWhereEventsGoAndWhoTookSomebodyOffTheList() throws IOException {
        long before = Files.size(LOG);
        String second = key(Role.ADMIN);
        String first = "first (key "
                + query("select id from api_key where name = 'first'").get(0) + ")";
        String other = "ADMIN (key "
                + query("select id from api_key where name = 'ADMIN'").get(0) + ")";
        String endpoint = "/api/v1/endpoints/crm";
        String subscription = "/api/v1/subscriptions/crm";
        String url = "{\"url\": \"http://127.0.0.1:1/hook\"}";

        assertThat(changedBy(as(Locked.ADMIN, "PUT", endpoint, url))).isEqualTo(first);
        assertThat(changedBy(as(second, "PUT", endpoint, url))).isEqualTo(other);
        assertThat(changedBy(as(Locked.ADMIN, "POST", endpoint + "/secret", null)))
                .isEqualTo(first);
        execute("update endpoint set off_since = now(), off_reason = 'gone'");
        assertThat(changedBy(as(second, "POST", endpoint + "/enable", null))).isEqualTo(other);
        assertThat(changedBy(as(Locked.ADMIN, "PUT", subscription, "{\"endpoint\": \"crm\"}")))
                .isEqualTo(first);
        assertThat(changedBy(as(second, "PUT", subscription, "{\"endpoint\": \"crm\", \"accounts\": [\"anna\"]}")))
                .isEqualTo(other);
        assertThat(changedBy(read(Locked.ADMIN, subscription))).isEqualTo(other);

        as(Locked.ADMIN, "PUT", "/api/v1/suppressions/grace-hopper", null);
        for (String gone : List.of(subscription, endpoint, "/api/v1/suppressions/grace-hopper")) {
            assertThat(as(second, "DELETE", gone, null).status()).isEqualTo(204);
        }
        assertThat(logSince(before))
                .contains(
                        "Subscription crm was deleted by " + other,
                        "Endpoint crm was deleted by " + other,
                        "A person was taken off the suppression list by " + other)
                .doesNotContain("grace");
    }

    private static String changedBy(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.json().path("changedBy").asText();
    }

    private static String logSince(long before) throws IOException {
        byte[] log = Files.readAllBytes(LOG);
        return new String(log, (int) before, (int) (log.length - before), StandardCharsets.UTF_8);
    }

    @Test
    void theLogTellsOnceWhoWasNotLetInAndFromWhere() throws IOException {
        long before = Files.size(LOG);
        String reader = key(Role.READER);
        String id = query("select id from api_key where name = 'READER'").get(0);
        for (int i = 0; i < 2; i++) {
            as(reader, "DELETE", "/api/v1/people/grace-hopper", null);
            as(Locked.ADMIN, "POST", "/api/v1/accounts/anna/resume", null, "Sec-Fetch-Site", "cross-site");
        }
        String guessed = Token.random(Token.KEY).text();
        for (int i = 0; i < 7; i++) {
            read(i == 0 ? "a.b.c" : guessed, "/api/v1/accounts");
        }

        String told = logSince(before);
        for (String once : List.of(
                "READER (key " + id + ") may not DELETE /api/v1/people/{profile}",
                "Another site's page made a browser ask for a change, and was refused; the browser is at 127.0.0.1",
                "A token that lets nobody in was shown from 127.0.0.1",
                "A key that is none of this service's was shown from 127.0.0.1",
                "5 keys from 127.0.0.1 opened nothing within PT1M")) {
            assertThat(told).containsOnlyOnce(once);
        }
        assertThat(told).doesNotContain("grace").doesNotContain(guessed);
    }

    @Test
    void whoeverTriesFillsNoDisk() {
        Notices full = new Notices();
        int told = 0;
        for (int i = 0; i < 1_000; i++) {
            told += full.isNews("from network " + i, 0) ? 1 : 0;
        }
        assertThat(told).isEqualTo(Notices.MOST);
        assertThat(full.isNews("from network 1", Duration.ofSeconds(59).toNanos()))
                .isFalse();
        assertThat(full.isNews("from network 1", Duration.ofSeconds(60).toNanos()))
                .isTrue();
    }

    @Test
    void theLogNamesKeysAndNeverTellsThem() throws IOException {
        String key = key(Role.READER);
        read(key, "/api/v1/accounts");
        String log = Files.readString(LOG);
        assertThat(log).contains("was made by first (key ").doesNotContain(key).doesNotContain(Locked.ADMIN);
    }
}
