package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;

/** An account with a queue, and calls to it. */
abstract class AnnasQueue extends ServiceTest {
    static final String QUEUE = "/api/v1/accounts/anna/invitations";

    @BeforeEach
    void anna() {
        account("anna", "");
    }

    long pending(String profile) {
        long id = enqueue("anna", profile);
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        assertThat(releases.round()).isOne();
        draft("anna", profile, "").then().statusCode(409).body("code", equalTo("already-pending"));
        report("anna", id, "SENT", "");
        assertThat(state("anna", id)).isEqualTo("PENDING");
        return id;
    }

    static io.restassured.response.Response draft(String account, String profile, String fields) {
        return json("{\"profile\":\"" + profile + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}")
                .post("/api/v1/accounts/" + account + "/invitations");
    }
}
