package dev.invitepacer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.ServiceTest;

/** What is refused before, or beside, the resources: methods, addresses, types, and requests that are hardly HTTP. */
@QuarkusTest
class HttpEdgeTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST;/api/v1/accounts;GET, HEAD",
                "POST;/api/v1/accounts/anna;DELETE, GET, HEAD, PATCH, PUT",
                "PUT;/api/v1/accounts/anna/invitations;GET, HEAD, POST",
                "PUT;/api/v1/accounts/anna/invitations/1;DELETE, GET, HEAD, PATCH",
                "GET;/api/v1/accounts/anna/pause;POST",
                "PUT;/api/v1/accounts/anna/imports;GET, HEAD, POST",
                "DELETE;/api/v1/tasks;GET, HEAD",
                "FOO;/problems/invalid;GET, HEAD"
            })
    void aMethodThatIsNotTakenIsToldWhatIs(String method, String path, String allowed) {
        given().request(method, path)
                .then()
                .statusCode(405)
                .header("Allow", equalTo(allowed))
                .body("code", equalTo("method-not-allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/api", "/api/v1", "/api/v1/nothing", "/api/v2/accounts", "/api/v1/accounts/a/b/c"})
    void anAddressWithoutAnythingIs404(String path) {
        Answer answer = Answer.to("GET", path, null, "Accept", "text/html");
        assertThat(answer.status()).isIn(404, 406);
        assertThat(answer.faults()).isEmpty();
        assertThat(Answer.to("GET", path, null).code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/accounts/a%zz",
                "/api/v1/accounts/%",
                "/api/v1/accounts?limit=%zz",
                "/api/v1/accounts/%4"
            })
    void anAddressThatCannotBeDecodedIsRefusedByHttp(String target) throws IOException {
        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n', 414",
        "'GET /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n', 431"
    })
    void aRequestThatHttpCannotCarryIsRefusedByHttp(String request, int status) throws IOException {
        assertThat(raw(request.formatted("a".repeat(40_000))))
                .startsWith("HTTP/1.")
                .contains(" " + status + " ");
        given().get("/api/v1/accounts").then().statusCode(200);
    }

    @Test
    void aBodyThatBreaksOffChangesNothing() throws IOException {
        account("anna", "");
        for (String head : new String[] {
            "POST /api/v1/accounts/anna/imports HTTP/1.1\r\nContent-Type: text/csv",
            "PUT /api/v1/accounts/bert HTTP/1.1\r\nContent-Type: application/json"
        }) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                socket.getOutputStream()
                        .write((head + "\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nprofile\nsomebody\n")
                                .getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }
        }
        given().get("/api/v1/accounts")
                .then()
                .statusCode(200)
                .body("items.account", equalTo(java.util.List.of("anna")));
        assertThat(count("select count(*) from invitation")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeIsExplainedWhereItsTypeLeads(Code code) {
        given().get("/problems/" + code.text())
                .then()
                .statusCode(200)
                .body("code", equalTo(code.text()))
                .body("status", equalTo(code.status()))
                .body("title", equalTo(code.title()))
                .body("explanation", equalTo(code.explanation()));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            byte[] answer = new byte[8_192];
            int length = 0;
            for (int read = 0;
                    read >= 0 && length < answer.length;
                    read = socket.getInputStream().read(answer, length, answer.length - length)) {
                length += read;
                if (new String(answer, 0, length, StandardCharsets.UTF_8).contains("\r\n\r\n") && length > 200) {
                    break;
                }
            }
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }
}
