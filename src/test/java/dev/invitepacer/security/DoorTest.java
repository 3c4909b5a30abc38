package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.invitepacer.web.Answer;

/** Before anybody is let in. */
@QuarkusTest
@TestProfile(Locked.class)
class DoorTest extends LockedTest {
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
}
