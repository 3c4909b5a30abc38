package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** Statistics over the API, from invitations that went their way through it. */
@QuarkusTest
class StatisticsTest extends ServiceTest {
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]},\"burst\":10,\"weeklyCap\":200";

    @Test
    void everythingThatLeftIsCountedOnce() {
        account("anna", ALWAYS);
        long[] sent = release(8);
        enqueue("anna", "still-queued");
        enqueue("anna", "never-mind");
        for (int i = 0; i < 6; i++) {
            report("anna", sent[i], "SENT", "");
        }
        byHand("met-by-hand");
        advance(Duration.ofHours(6));
        report("anna", sent[0], "ACCEPTED", "");
        report("anna", sent[1], "DECLINED", "");
        report("anna", sent[2], "WITHDRAWN", "");
        report("anna", sent[3], "EXPIRED", "");
        report("anna", sent[6], "FAILED", "");

        JsonPath total = statistics("");

        assertThat(total.getInt("total.released")).isEqualTo(8);
        assertThat(total.getInt("total.byHand")).isEqualTo(1);
        assertThat(total.getInt("total.unreported")).isEqualTo(1);
        assertThat(total.getInt("total.failed")).isEqualTo(1);
        assertThat(total.getInt("total.sent")).isEqualTo(7);
        assertThat(total.getInt("total.accepted")).isEqualTo(1);
        assertThat(total.getInt("total.declined")).isEqualTo(1);
        assertThat(total.getInt("total.withdrawn")).isEqualTo(1);
        assertThat(total.getInt("total.expired")).isEqualTo(1);
        assertThat(total.getInt("total.pending")).isEqualTo(3);
        assertThat(total.getList("groups")).isEmpty();
    }

    /** Sent an hour ago and not answered is no refusal: only what had its time says how many accept. */
    @Test
    void theRateIsOfThoseThatHadTheirTime() {
        account("anna", ALWAYS + ",\"withdrawAfter\":\"P10D\"");
        long[] old = release(4);
        for (long id : old) {
            report("anna", id, "SENT", "");
        }
        advance(Duration.ofDays(1));
        report("anna", old[0], "ACCEPTED", "");
        report("anna", old[1], "WITHDRAWN", "");
        assertThat(statistics("").getString("total.acceptance")).isNull();

        advance(Duration.ofDays(9));
        long[] young = release(2);
        for (long id : young) {
            report("anna", id, "SENT", "");
        }
        report("anna", young[0], "ACCEPTED", "");
        advance(Duration.ofHours(1));

        JsonPath answer = statistics("");
        assertThat(answer.getInt("total.accepted")).isEqualTo(2);
        assertThat(answer.getInt("total.acceptance.of")).isEqualTo(4);
        assertThat(answer.getInt("total.acceptance.accepted")).isEqualTo(1);
        assertThat(answer.getDouble("total.acceptance.rate")).isEqualTo(0.25);
        assertThat(answer.getDouble("total.acceptance.low")).isEqualTo(0.0456);
        assertThat(answer.getDouble("total.acceptance.high")).isEqualTo(0.6994);
    }

    /** 6 sent; accepted after 0 h and 24 h; one of the 4 others, sent an hour ago, does not count at 24 h. */
    @Test
    void whatIsPendingIsWatchedUntilNowAndNotLonger() {
        account("anna", ALWAYS);
        long[] sent = release(5);
        for (long id : sent) {
            report("anna", id, "SENT", "");
        }
        report("anna", sent[0], "ACCEPTED", "");
        report("anna", sent[3], "DECLINED", "");
        advance(Duration.ofDays(1));
        report("anna", sent[1], "ACCEPTED", "");
        report("anna", release(1)[0], "SENT", "");
        advance(Duration.ofHours(1));

        JsonPath answer = statistics("");
        // At once 1 of 6; after a day 1 of the 4 that are still watched: 1 - 5/6 * 3/4.
        assertThat(answer.getDouble("total.acceptedWithin[0].share")).isEqualTo(0.375);
        assertThat(answer.getString("total.acceptedWithin[1].share")).isNull();
        assertThat(answer.getString("total.timeToAccept.median")).isEqualTo("PT24H");
        assertThat(answer.getString("total.timeToAccept.medianOfAll")).isNull();
    }

    @Test
    void itIsBrokenDownAsAsked() {
        account("anna", ALWAYS + ",\"timeZone\":\"Pacific/Auckland\"");
        long spring = enqueue("anna", "a", "\"campaign\":\"spring\",\"degree\":3");
        enqueue("anna", "b", "\"campaign\":\"spring\"");
        enqueue("anna", "c", "\"campaign\":\"autumn\"");
        enqueue("anna", "d");
        run(Duration.ofMinutes(30), MONDAY_8.plus(Duration.ofDays(6)));
        execute("update invitation set template = 'hello', alternative = 2 where id = " + spring);

        JsonPath byCampaign = statistics("by=campaign");
        assertThat(byCampaign.getList("groups.key")).containsExactly("spring", "autumn", null);
        assertThat(byCampaign.getList("groups.figures.released")).containsExactly(2, 1, 1);
        assertThat(byCampaign.getString("rest")).isNull();
        assertThat(statistics("by=degree").getList("groups.key")).containsExactly("2", "3");
        JsonPath byTemplate = statistics("by=template");
        assertThat(byTemplate.getList("groups.key")).containsExactly(null, "hello");
        assertThat(byTemplate.getList("groups.alternative")).containsExactly(null, 2);

        execute("update invitation set released_at = '2026-11-23T11:30:00Z' where profile in ('a', 'b', 'c')");
        execute("update invitation set released_at = '2026-11-23T10:30:00Z' where profile = 'd'");
        // Auckland is 13 hours ahead: half past midnight on Tuesday there, half past eleven at night on Monday.
        assertThat(statistics("by=weekday").getList("groups.key")).containsExactly("MONDAY", "TUESDAY");
        assertThat(statistics("from=2026-11-24").getInt("total.released")).isEqualTo(3);
        assertThat(statistics("to=2026-11-24").getInt("total.released")).isEqualTo(1);
        assertThat(statistics("from=2026-11-23T10:30:00Z&to=2026-11-23T11:30:00Z")
                        .getInt("total.released"))
                .isEqualTo(1);
    }

    /** A note that nobody read is not what they answered. */
    @Test
    void aTemplateIsNotCreditedForWhatWentWithoutItsNote() {
        account("anna", ALWAYS);
        long[] sent = release(3);
        execute("update invitation set template = 'hello', alternative = 2");
        execute("update invitation set sent_bare = true where id = " + sent[0]);
        report("anna", sent[0], "ACCEPTED", "");
        advance(Duration.ofMinutes(1));

        JsonPath byTemplate = statistics("by=template");

        assertThat(byTemplate.getList("groups.key")).containsExactly("hello", null);
        assertThat(byTemplate.getList("groups.alternative")).containsExactly(2, null);
        assertThat(byTemplate.getList("groups.figures.accepted")).containsExactly(0, 1);
    }

    /** LinkedIn said that they are connected already: nothing was sent, so nothing was accepted. */
    @Test
    void aConnectionThatThereWasAlreadyIsNoAcceptance() {
        account("anna", ALWAYS);
        long[] sent = release(2);
        report("anna", sent[0], "REFUSED", "\"refusal\":\"ALREADY_CONNECTED\"");
        report("anna", sent[1], "ACCEPTED", "");
        advance(Duration.ofMinutes(1));

        JsonPath answer = statistics("");
        assertThat(answer.getInt("total.failed")).isEqualTo(1);
        assertThat(answer.getInt("total.accepted")).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        account("anna", "");
        for (String query : new String[] {
            "by=colour",
            "from=yesterday",
            "to=2026-02-30",
            "from=2026-11-24&to=2026-11-23",
            "from=2020-01-01&to=2026-01-01",
            "from=%2B999999999-01-01",
            "to=9999-12-31T23:59:59.999999999-18:00"
        }) {
            given().get("/api/v1/accounts/anna/statistics?" + query).then().statusCode(400);
        }
        given().get("/api/v1/accounts/nobody/statistics").then().statusCode(404);
    }

    private long[] release(int many) {
        long[] ids = new long[many];
        for (int i = 0; i < many; i++) {
            ids[i] = enqueue("anna", "p-" + now().getEpochSecond() + "-" + i);
        }
        releases.round();
        assertThat(count("select count(*) from invitation where state = 'RELEASED'"))
                .isEqualTo(many);
        return ids;
    }

    private void byHand(String profile) {
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200);
    }

    private JsonPath statistics(String query) {
        return get("/api/v1/accounts/anna/statistics" + (query.isEmpty() ? "" : "?" + query));
    }
}
