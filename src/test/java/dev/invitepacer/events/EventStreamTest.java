package dev.invitepacer.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** What happens is told in order, to everybody alike, and nothing of it is lost: real HTTP, a real database. */
@QuarkusTest
class EventStreamTest extends ServiceTest {
    private static final String EVENTS = "/api/v1/events";

    @Inject
    EventFeed feed;

    @Inject
    Outbox outbox;

    @Test
    void aStreamTellsWhatHappensFromNowOn() throws IOException {
        account("anna", "");
        feed.round();
        try (EventReader reader = EventReader.open(RestAssured.port, "", null)) {
            long invitation = enqueue("anna", "jane-doe", "\"campaign\":\"spring\"");
            feed.round();

            EventReader.Told queued = reader.next();

            assertThat(queued.type()).isEqualTo("invitation.queued");
            assertThat(queued.body().path("id").asText()).isEqualTo(queued.id());
            assertThat(queued.body().path("type").asText()).isEqualTo("invitation.queued");
            assertThat(queued.body().path("timestamp").asText()).isEqualTo("2026-11-23T08:00:00Z");
            assertThat(queued.body().path("data").toString())
                    .isEqualTo("{\"account\":\"anna\",\"invitation\":" + invitation
                            + ",\"profile\":\"jane-doe\",\"campaign\":\"spring\"}");
        }
    }

    @Test
    void whoeverComesBackLosesNothingAndGetsNothingTwice() throws IOException {
        account("anna", "");
        feed.round();
        List<Long> invitations = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        String lastId = null;
        for (int visit = 0; visit < 4; visit++) {
            try (EventReader reader = EventReader.open(RestAssured.port, "", lastId)) {
                if (visit > 0) {
                    // What happened while nobody listened.
                    reader.next(2).forEach(event -> told.add(invitation(event)));
                }
                invitations.add(enqueue("anna", "present-" + visit));
                feed.round();
                EventReader.Told event = reader.next();
                told.add(invitation(event));
                lastId = event.id();
                assertThat(reader.hasMore()).isFalse();
            }
            invitations.add(enqueue("anna", "away-" + visit));
            invitations.add(enqueue("anna", "far-away-" + visit));
            feed.round();
        }

        assertThat(told).isEqualTo(invitations.subList(0, told.size())).hasSize(10);
    }

    @Test
    void theHeaderOfABrowserThatComesBackCountsMoreThanItsAddress() throws IOException {
        account("anna", "");
        feed.round();
        List<String> ids = page("").getList("items.id");
        enqueue("anna", "jane-doe");
        feed.round();

        try (EventReader reader = EventReader.open(RestAssured.port, "?after=oldest", ids.get(ids.size() - 1))) {
            assertThat(reader.next().type()).isEqualTo("invitation.queued");
        }
    }

    @Test
    void aTransactionThatCommitsLateIsNotOvertaken() throws IOException, SQLException {
        account("anna", "");
        account("ben", "");
        feed.round();
        try (EventReader reader = EventReader.open(RestAssured.port, "", null);
                Connection slow = database.getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into history (account, at, event, actor) values"
                    + " ('anna', service_now(), 'account.resumed', 'api')");
            enqueue("ben", "jane-doe");
            feed.round();

            assertThat(reader.next().type()).as("nobody waits for it").isEqualTo("invitation.queued");

            slow.commit();
            slow.setAutoCommit(true);
            feed.round();

            assertThat(reader.next().type()).as("it is told all the same").isEqualTo("account.resumed");
            assertThat(query("select type from event order by id desc limit 2"))
                    .as("its id was drawn first")
                    .containsExactly("invitation.queued", "account.resumed");
        }
    }

    @Test
    void manyWritersTwoInstancesAndTwoReadersAgreeOnOneOrder() throws Exception {
        List<String> accounts = List.of("anna", "ben", "cleo");
        accounts.forEach(account -> account(account, ""));
        feed.round();
        EventFeed other = new EventFeed(outbox, new SimpleMeterRegistry());
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String account = accounts.get(i % 3);
            int writer = i;
            writers.add(new Thread(() -> {
                for (int j = 0; j < 25; j++) {
                    enqueue(account, "person-" + writer + "-" + j);
                }
            }));
        }
        Thread elsewhere = new Thread(() -> {
            while (writers.stream().anyMatch(Thread::isAlive)) {
                other.round();
            }
        });
        try (EventReader one = EventReader.open(RestAssured.port, "", null);
                EventReader two = EventReader.open(RestAssured.port, "", null)) {
            writers.forEach(Thread::start);
            elsewhere.start();
            while (elsewhere.isAlive()) {
                feed.round();
            }
            feed.round();

            List<EventReader.Told> told = one.next(150);

            assertThat(two.next(150)).isEqualTo(told);
            for (String account : accounts) {
                assertThat(told.stream()
                                .filter(event -> event.body()
                                        .at("/data/account")
                                        .asText()
                                        .equals(account))
                                .map(EventStreamTest::invitation)
                                .map(String::valueOf))
                        .as(account)
                        .containsExactlyElementsOf(query("select invitation from history where account = '" + account
                                + "' and invitation is not null order by id"));
            }
        }
    }

    @Test
    void aStreamTellsOnlyWhatIsAskedFor() throws IOException {
        account("anna", "");
        account("ben", "");
        feed.round();
        try (EventReader reader =
                EventReader.open(RestAssured.port, "?account=ben&type=invitation.queued&type=account.paused", null)) {
            enqueue("anna", "jane-doe");
            enqueue("ben", "jane-doe");
            json("{\"reason\":\"holidays\"}").post("/api/v1/accounts/anna/pause");
            given().post("/api/v1/accounts/ben/resume");
            json("{\"reason\":\"holidays\"}").post("/api/v1/accounts/ben/pause");
            feed.round();

            assertThat(reader.next(2).stream()
                            .map(event -> event.body().at("/data/account").asText() + " " + event.type()))
                    .containsExactly("ben invitation.queued", "ben account.paused");
            assertThat(reader.hasMore()).isFalse();
        }
    }

    @Test
    void pagesTellTheSameAndSayWhereToGoOn() {
        account("anna", "");
        for (int i = 0; i < 5; i++) {
            enqueue("anna", "person-" + i);
        }
        feed.round();

        JsonPath first = page("?limit=4&type=invitation.queued");
        JsonPath second = page("?limit=4&type=invitation.queued&after=" + first.getString("next"));
        JsonPath third = page("?limit=4&type=invitation.queued&after=" + second.getString("next"));

        assertThat(first.getList("items.data.profile")).containsExactly("person-0", "person-1", "person-2", "person-3");
        assertThat(second.getList("items.data.profile")).containsExactly("person-4");
        assertThat(third.getList("items")).isEmpty();
        assertThat(third.getString("next")).isEqualTo(second.getString("next"));
    }

    @Test
    void whatIsKeptNoMoreIsSaidToBeGone() {
        account("anna", "");
        feed.round();
        String old = page("?limit=1").getString("items[0].id");
        advance(Duration.ofDays(1));
        enqueue("anna", "jane-doe");
        enqueue("anna", "john-doe");
        feed.round();
        advance(Duration.ofDays(6).plusSeconds(1));
        feed.forget();

        assertThat(page("?after=oldest").getList("items.data.profile")).containsExactly("jane-doe", "john-doe");
        assertThat(page("?after=" + old).getList("items"))
                .as("nothing after it is missing")
                .hasSize(2);

        advance(Duration.ofDays(1));
        feed.forget();

        given().get(EVENTS + "?after=" + old)
                .then()
                .statusCode(410)
                .body("code", org.hamcrest.Matchers.equalTo("events-gone"));
        HttpResponse<InputStream> stream = EventReader.ask(RestAssured.port, "", old);
        assertThat(stream.statusCode()).isEqualTo(410);
        assertThat(EventReader.text(stream)).contains("events-gone", "after=oldest");
        assertThat(page("?after=oldest").getList("items")).isEmpty();
    }

    @Test
    void anIdThatIsNoneOfOursIsRefused() {
        account("anna", "");
        feed.round();
        String id = page("?limit=1").getString("items[0].id");
        String foreign = (id.startsWith("0") ? "1" : "0") + id.substring(1);
        for (String wrong : List.of("1", "x", foreign, id.substring(0, 9) + "999999999")) {
            given().get(EVENTS + "?after=" + wrong).then().statusCode(400);
            assertThat(EventReader.ask(RestAssured.port, "", wrong).statusCode())
                    .isEqualTo(400);
        }
        given().get(EVENTS + "?type=invitation.snt").then().statusCode(400);
        given().get(EVENTS + "?account=nobody").then().statusCode(404);
        given().get(EVENTS + "?acount=anna").then().statusCode(400);
    }

    @Test
    void whoWasErasedIsInNoEventAnyMore() {
        account("anna", "");
        long invitation = enqueue("anna", "jane-doe", "\"note\":\"Hello Jane\",\"firstName\":\"Jane\"");
        releases.round();
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        releases.round();
        report("anna", invitation, "SENT", "\"detail\":\"by Jane's door\"");
        feed.round();
        assertThat(page("").prettify()).contains("jane-doe").doesNotContain("Jane");

        given().delete("/api/v1/people/jane-doe").then().statusCode(200);

        assertThat(page("?account=anna").prettify()).contains("invitation.sent").doesNotContain("jane-doe");
        assertThat(query("select row_to_json(event)::text from event").toString())
                .doesNotContainIgnoringCase("jane");
    }

    @Test
    void anAccountThatHoldsSaysSoOnce() {
        account("anna", "\"openTaskLimit\":1,\"burst\":2");
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        long first = enqueue("anna", "jane-doe");
        enqueue("anna", "john-doe");
        for (int i = 0; i < 3; i++) {
            releases.round();
        }
        json("{\"weeklyCap\":90}").patch("/api/v1/accounts/anna").then().statusCode(200);
        releases.round();
        feed.round();

        assertThat(page("?type=account.held").getList("items.data.reason")).containsExactly("TASKS_OPEN");

        report("anna", first, "SENT", "");
        json("{\"reason\":\"holidays\"}").post("/api/v1/accounts/anna/pause");
        releases.round();
        given().post("/api/v1/accounts/anna/resume");
        advance(Duration.ofHours(3));
        releases.round();
        releases.round();
        feed.round();

        assertThat(page("?type=account.held").getList("items.data.reason"))
                .as("the pause was told as such; after the second release the account holds again")
                .containsExactly("TASKS_OPEN", "QUEUE_EMPTY");
    }

    @Test
    void aQueueThatRunsEmptyIsToldOnce() {
        account("anna", "");
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        enqueue("anna", "jane-doe");
        for (int i = 0; i < 3; i++) {
            releases.round();
        }
        feed.round();

        assertThat(page("").getList("items.type"))
                .containsExactly("account.created", "invitation.queued", "invitation.released", "account.held");
    }

    private JsonPath page(String query) {
        return get(EVENTS + query);
    }

    private static long invitation(EventReader.Told event) {
        return event.body().at("/data/invitation").asLong();
    }
}
