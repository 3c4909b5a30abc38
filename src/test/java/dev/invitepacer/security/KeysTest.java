package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
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
}
