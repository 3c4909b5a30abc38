package dev.invitepacer.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.webhook.Ear;

/** Subscribers are posted what the streams tell: each account in its order, nothing left out, whatever they answer. */
@QuarkusTest
class SubscriptionTest extends ServiceTest {
    private static final String CRM = "/api/v1/subscriptions/crm";

    @Inject
    EventFeed feed;

    @Inject
    SubscriptionLoop loop;

    @Test
    void aSubscriberIsPostedWhatHappensInOrder() {
        try (Ear ear = new Ear()) {
            account("anna", "");
            feed.round();
            subscribe(ear, "crm", ",\"types\":[\"invitation.queued\",\"account.paused\"],\"accounts\":[\"anna\"]");
            account("ben", "");
            enqueue("ben", "jane-doe");
            long invitation = enqueue("anna", "jane-doe");
            given().post("/api/v1/accounts/anna/resume");
            json("{\"reason\":\"holidays\"}").post("/api/v1/accounts/anna/pause");
            feed.round();
            loop.round();

            List<String> ids = get("/api/v1/events?account=anna")
                    .getList("items.id", String.class)
                    .subList(1, 3);
            assertThat(ear.heard())
                    .extracting(heard -> heard.headers().get("webhook-id"))
                    .isEqualTo(ids)
                    .hasSize(2);
            JsonPath body = JsonPath.from(ear.heard().get(0).text());
            assertThat(body.getString("type")).isEqualTo("invitation.queued");
            assertThat(body.getString("timestamp")).isEqualTo("2026-11-23T08:00:00Z");
            assertThat(body.getLong("data.invitation")).isEqualTo(invitation);
            assertThat(get(CRM).getInt("waiting")).isZero();
        }
    }

    @Test
    void whatIsRefusedIsTriedAgainBeforeAnythingAfterIt() {
        try (Ear ear = new Ear()) {
            account("anna", "");
            account("ben", "");
            feed.round();
            subscribe(ear, "crm", "");
            AtomicInteger calls = new AtomicInteger();
            ear.does((heard, connection) -> Ear.answers(
                            heard.text().contains("\"anna\"") && calls.incrementAndGet() % 3 != 0 ? 500 : 204, "", "")
                    .answer(heard, connection));
            for (int i = 0; i < 4; i++) {
                enqueue("anna", "person-" + i);
                enqueue("ben", "person-" + i);
            }
            feed.round();
            for (int i = 0; i < 20; i++) {
                loop.round();
                advance(Duration.ofMinutes(6));
            }

            assertThat(taken(ear, "ben")).hasSize(4);
            assertThat(profiles(ear, "anna"))
                    .as("each three times, none before the one before it was taken")
                    .containsExactly(
                            "person-0",
                            "person-0",
                            "person-0",
                            "person-1",
                            "person-1",
                            "person-1",
                            "person-2",
                            "person-2",
                            "person-2",
                            "person-3",
                            "person-3",
                            "person-3");
            assertThat(taken(ear, "anna").stream().distinct()).hasSize(4);
            assertThat(get(CRM).getInt("waiting")).isZero();
        }
    }

    @Test
    void afterTheLastTryTheAccountWaitsAndGoesOnWhereItStopped() {
        try (Ear ear = new Ear();
                Ear other = new Ear()) {
            account("anna", "");
            feed.round();
            subscribe(ear, "crm", "");
            subscribe(other, "data", "");
            ear.does(Ear.answers(500, "", ""));
            enqueue("anna", "jane-doe");
            enqueue("anna", "john-doe");
            feed.round();
            for (int i = 0; i < 12; i++) {
                loop.round();
                advance(Duration.ofHours(30));
            }

            assertThat(other.heard()).as("a dead subscriber costs nobody else").hasSize(2);
            assertThat(profiles(ear, "anna")).hasSize(10).containsOnly("jane-doe");
            assertThat(get(CRM).getInt("failed")).isEqualTo(1);
            assertThat(get(CRM).getString("detail")).contains("invitation.queued", "500");

            ear.does(Ear.answers(200, "", ""));
            json("").post(CRM + "/deliver").then().statusCode(200);
            loop.round();

            assertThat(profiles(ear, "anna").subList(10, 12)).containsExactly("jane-doe", "john-doe");
            assertThat(get(CRM).getInt("failed")).isZero();
        }
    }

    @Test
    void whatWasKeptNoLongerIsNotSkippedInSilence() {
        try (Ear ear = new Ear()) {
            account("anna", "");
            feed.round();
            subscribe(ear, "crm", "");
            ear.does(Ear.answers(500, "", ""));
            enqueue("anna", "jane-doe");
            feed.round();
            loop.round();
            advance(Duration.ofDays(8));
            feed.forget();
            ear.does(Ear.answers(200, "", ""));
            enqueue("anna", "john-doe");
            feed.round();
            loop.round();

            assertThat(get(CRM).getInt("failed")).isEqualTo(1);
            assertThat(get(CRM).getString("detail")).contains("pacer.events.keep");

            json("").post(CRM + "/deliver").then().statusCode(200);
            loop.round();

            assertThat(profiles(ear, "anna")).containsExactly("jane-doe", "john-doe");
        }
    }

    @Test
    void aSubscriptionThatMakesNoSenseIsRefused() {
        try (Ear ear = new Ear()) {
            subscribe(ear, "crm", "");
            json("{\"endpoint\":\"nowhere\"}").put(CRM).then().statusCode(422);
            json("{\"endpoint\":\"crm\",\"types\":[\"invitation.snt\"]}")
                    .put(CRM)
                    .then()
                    .statusCode(422);
            json("{\"endpoint\":\"crm\",\"accounts\":[\"An\\u0000na\"]}")
                    .put(CRM)
                    .then()
                    .statusCode(422);
            given().get("/api/v1/subscriptions/none").then().statusCode(404);
            given().delete("/api/v1/endpoints/crm").then().statusCode(409);
            given().delete(CRM).then().statusCode(204);
            given().delete("/api/v1/endpoints/crm").then().statusCode(204);
            given().delete(CRM).then().statusCode(404);
        }
    }

    @Test
    void howeverManySubscribersHangOneThatTakesItsEventsGetsThem() {
        try (Ear hangs = new Ear();
                Ear takes = new Ear()) {
            account("anna", "");
            feed.round();
            subscribe(takes, "zoe", "");
            enqueue("anna", "jane-doe");
            feed.round();
            loop.round();
            int before = takes.heard().size();
            hangs.does(Ear.isSilent());
            for (int i = 0; i < 20; i++) {
                subscribe(hangs, "hangs-" + i, "");
            }
            enqueue("anna", "john-doe");
            feed.round();

            loop.scheduled();

            Service.await(() -> takes.heard().size() > before);
            assertThat(profiles(takes, "anna")).endsWith("john-doe");
        }
    }

    private void subscribe(Ear ear, String name, String fields) {
        json("{\"url\":\"" + ear.url() + "\"}")
                .put("/api/v1/endpoints/" + name)
                .then()
                .statusCode(201);
        json("{\"endpoint\":\"" + name + "\"" + fields + "}")
                .put("/api/v1/subscriptions/" + name)
                .then()
                .statusCode(201);
    }

    private static List<String> taken(Ear ear, String account) {
        return ear.heard().stream()
                .filter(heard -> heard.text().contains("\"" + account + "\""))
                .map(heard -> heard.headers().get("webhook-id"))
                .toList();
    }

    private static List<String> profiles(Ear ear, String account) {
        return ear.heard().stream()
                .map(heard -> JsonPath.from(heard.text()))
                .filter(body -> body.getString("data.account").equals(account))
                .map(body -> body.getString("data.profile"))
                .toList();
    }
}
