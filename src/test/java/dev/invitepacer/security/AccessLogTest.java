package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.web.Answer;

/** What the log tells of keys and of those who had none. */
@QuarkusTest
@TestProfile(Locked.class)
class AccessLogTest extends LockedTest {
    private static final Path LOG = Path.of("target/locked.log");

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

    private static String changedBy(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.json().path("changedBy").asText();
    }

    private static String logSince(long before) throws IOException {
        byte[] log = Files.readAllBytes(LOG);
        return new String(log, (int) before, (int) (log.length - before), StandardCharsets.UTF_8);
    }
}
