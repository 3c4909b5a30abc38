package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.web.Answer;

/** What tests of the service with keys share. What the base class does, it does as the first admin. */
abstract class LockedTest extends ServiceTest {
    @Inject
    Failures failures;

    @Inject
    Notices notices;

    @BeforeEach
    void bringTheAdminsKey() {
        failures.forget();
        notices.forget();
        execute("delete from api_key where name <> 'first'");
        execute("update api_key set revoked_at = null, revoked_by = null, expires_at = null, last_used_at = null");
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + Locked.ADMIN)
                .build();
    }

    @AfterEach
    void leaveItBehind() {
        RestAssured.requestSpecification = null;
    }

    /** Makes a key; {@code accounts} none: of all. */
    static String key(Role role, String... accounts) {
        String named = accounts.length == 0 ? "" : ",\"accounts\":[\"" + String.join("\",\"", accounts) + "\"]";
        Answer made = as(
                Locked.ADMIN,
                "POST",
                "/api/v1/keys",
                "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"" + named + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("key").asText();
    }

    /** A request with this key; null: without any. {@code body} null: none. */
    static Answer as(String key, String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (key != null) {
            all.addAll(List.of("Authorization", "Bearer " + key));
        }
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return Answer.to(
                method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    static Answer read(String key, String path) {
        return as(key, "GET", path, null);
    }
}
