package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.faults.AllHours;

/** An account that takes lists all around the clock. */
abstract class AnnasImports extends ServiceTest {
    static final String ANNA = "/api/v1/accounts/anna";

    @BeforeEach
    void anna() {
        account("anna", AllHours.settings(100, 10));
    }

    static Response post(String type, String list) {
        return given().contentType(type)
                .body(list.getBytes(StandardCharsets.UTF_8))
                .post(ANNA + "/imports");
    }
}
