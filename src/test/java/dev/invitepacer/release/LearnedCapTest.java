package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** The learned cap in the service: signals cut it, quiet weeks raise it, and the history tells why. */
@QuarkusTest
class LearnedCapTest extends ServiceTest {
    private static final String ALL_HOURS =
            "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
                    + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
                    + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";
    private static final String ADAPTIVE = "\"adaptive\":true,\"tier\":\"PREMIUM\",\"weeklyCap\":60," + ALL_HOURS;
    private static final Instant TUESDAY_8 = MONDAY_8.plus(Duration.ofHours(24));
    private static final Duration WEEK = Duration.ofHours(168);

    @Test
    void aSignalCutsTheCapToSevenTenthsOfWhatTheWeekCarried() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        long refused = release("anna", "refused");

        report("anna", refused, "REFUSED", "\"refusal\":\"WEEKLY_LIMIT\"");

        // Twenty were carried; the refused one has given its slot back.
        assertThat(pacing("anna").getMap("cap")).hasToString("{configured=60, effective=14, cause=LEARNED}");
        assertThat(changes()).containsExactly("60 14 WEEKLY_LIMIT");
        assertThat(query("select detail ->> 'carried' from history where event = 'account.cap-learned'"))
                .containsExactly("20");
        assertThat(query("select detail ->> 'signal' from history where event = 'account.restricted'"))
                .containsExactly("WEEKLY_LIMIT");
    }

    @Test
    void whileARestrictionRunsAnotherSignalCutsNothing() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        signal("anna", "WEEKLY_LIMIT", "");
        advance(Duration.ofHours(5));

        signal("anna", "WEEKLY_LIMIT", "");
        signal("anna", "RESTRICTED", ",\"until\":\"2026-12-24T00:00:00Z\"");
        signal("anna", "WEEKLY_LIMIT", "");

        assertThat(changes()).containsExactly("60 14 WEEKLY_LIMIT");
        setTime(Instant.parse("2026-12-24T00:00:00Z"));
        signal("anna", "RESTRICTED", "");
        // The week began anew with the last signal; four were quiet, and the last of them carried nothing.
        assertThat(changes()).endsWith("14 34 QUIET_WEEK", "34 1 RESTRICTED").hasSize(3);
    }

    @Test
    void aSignalThatIsOverWhenItIsToldCutsNothing() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);

        signal("anna", "WEEKLY_LIMIT", ",\"at\":\"2026-11-16T07:59:59Z\"");

        assertThat(changes()).isEmpty();
    }

    @Test
    void aSignalThatIsToldLateCountsTheWeekBeforeIt() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        setTime(TUESDAY_8);
        for (int i = 0; i < 10; i++) {
            byHandAt("anna", "later-" + i, TUESDAY_8);
        }

        signal("anna", "WEEKLY_LIMIT", ",\"at\":\"" + MONDAY_8 + "\"");

        assertThat(changes()).containsExactly("60 14 WEEKLY_LIMIT");
    }

    @Test
    void quietWeeksRaiseItAtWholeWeeksHoweverLateSomebodyLooks() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        signal("anna", "WEEKLY_LIMIT", "");
        enqueue("anna", "waiting-1", "\"notBefore\":\"2028-01-01T00:00:00Z\"");
        releases.round();

        // The account sleeps until 2028, but for the week's end.
        assertThat(due()).isEqualTo(MONDAY_8.plus(WEEK));
        setTime(MONDAY_8.plus(WEEK).minusNanos(1_000));
        releases.round();
        assertThat(changes()).hasSize(1);
        setTime(MONDAY_8.plus(WEEK));
        releases.round();
        assertThat(changes()).endsWith("14 19 QUIET_WEEK");
        assertThat(pacing("anna").getInt("cap.effective")).isEqualTo(19);

        setTime(MONDAY_8.plus(WEEK.multipliedBy(4)).plusSeconds(7));
        releases.round();
        assertThat(changes()).endsWith("19 34 QUIET_WEEK");
        assertThat(due()).isEqualTo(MONDAY_8.plus(WEEK.multipliedBy(5)));
        setTime(MONDAY_8.plus(WEEK.multipliedBy(40)));
        releases.round();
        assertThat(changes()).endsWith("34 60 QUIET_WEEK").hasSize(4);
        assertThat(pacing("anna").getString("cap.cause")).isEqualTo("CONFIGURED");
    }

    @Test
    void anAccountThatHoldsIsRaisedByTheNextNight() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        signal("anna", "WEEKLY_LIMIT", "");
        setTime(MONDAY_8.plus(WEEK));
        releases.round();
        setTime(MONDAY_8.plus(WEEK.multipliedBy(2)).plus(Duration.ofHours(20)));
        nights.round();
        releases.round();

        assertThat(changes()).containsExactly("60 14 WEEKLY_LIMIT", "14 19 QUIET_WEEK", "19 24 QUIET_WEEK");
    }

    @Test
    void nothingRisesWhileTooFewPeopleAccept() {
        account("anna", ADAPTIVE);
        byHand("anna", 30);
        signal("anna", "WEEKLY_LIMIT", "");
        List<String> sent = query("select id from invitation order by id");
        for (int i = 0; i < 30; i++) {
            report("anna", Long.parseLong(sent.get(i)), i < 4 ? "ACCEPTED" : "DECLINED", "");
        }
        enqueue("anna", "waiting", "\"notBefore\":\"2028-01-01T00:00:00Z\"");
        setTime(MONDAY_8.plus(WEEK));
        releases.round();
        assertThat(changes()).containsExactly("60 21 WEEKLY_LIMIT", "21 21 LOW_ACCEPTANCE");

        // Two more of 32 make it 18 per cent; but the week that was skipped is not made up for.
        for (int i = 0; i < 2; i++) {
            long more = byHandAt("anna", "more-" + i, now());
            report("anna", more, "ACCEPTED", "");
        }
        releases.round();
        assertThat(changes()).hasSize(2);
        setTime(MONDAY_8.plus(WEEK.multipliedBy(2)));
        releases.round();
        assertThat(changes()).endsWith("21 26 QUIET_WEEK");
        assertThat(query("select (detail ->> 'accepted') || ' of ' || (detail ->> 'decided') from history"
                        + " where event = 'account.cap-learned' order by id"))
                .containsExactly(null, "4 of 30", "6 of 32");
    }

    @Test
    void aConnectionThatThereWasAlreadySaysNothingOfHowManyAccept() {
        account("anna", ADAPTIVE);
        report("anna", release("anna", "old-friend"), "REFUSED", "\"refusal\":\"ALREADY_CONNECTED\"");
        byHand("anna", 30);
        signal("anna", "WEEKLY_LIMIT", "");
        for (String id : query("select id from invitation where state = 'PENDING' order by id")) {
            report("anna", Long.parseLong(id), "DECLINED", "");
        }
        enqueue("anna", "waiting", "\"notBefore\":\"2028-01-01T00:00:00Z\"");
        setTime(MONDAY_8.plus(WEEK));
        releases.round();

        assertThat(query("select (detail ->> 'accepted') || ' of ' || (detail ->> 'decided') from history"
                        + " where event = 'account.cap-learned' order by id desc limit 1"))
                .containsExactly("0 of 30");
    }

    @Test
    void switchedOffItForgetsAndSwitchedOnItBeginsAnew() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        signal("anna", "WEEKLY_LIMIT", "");

        account("anna", "\"adaptive\":false,\"weeklyCap\":60," + ALL_HOURS);
        assertThat(pacing("anna").getInt("cap.effective")).isEqualTo(60);
        account("anna", ADAPTIVE);

        assertThat(pacing("anna").getString("cap.cause")).isEqualTo("CONFIGURED");
        assertThat(changes()).containsExactly("60 14 WEEKLY_LIMIT", "14 60 SWITCHED_OFF");
    }

    @Test
    void whoDoesNotLearnIsPausedOnly() {
        account("anna", "\"weeklyCap\":60," + ALL_HOURS);
        byHand("anna", 20);

        signal("anna", "WEEKLY_LIMIT", "");

        assertThat(changes()).isEmpty();
        assertThat(pacing("anna").getString("cap.cause")).isEqualTo("CONFIGURED");
    }

    @Test
    void aLearnedCapThatHadReachedTheConfiguredOneRisesFromThere() {
        account("anna", ADAPTIVE);
        byHand("anna", 20);
        signal("anna", "WEEKLY_LIMIT", "");
        account("anna", "\"adaptive\":true,\"weeklyCap\":10," + ALL_HOURS);
        setTime(MONDAY_8.plus(WEEK.multipliedBy(10)));
        releases.round();
        assertThat(pacing("anna").getMap("cap")).hasToString("{configured=10, effective=10, cause=CONFIGURED}");

        account("anna", ADAPTIVE);
        releases.round();

        assertThat(pacing("anna").getInt("cap.effective")).isEqualTo(14);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void theLedgerKeepsTheLearnedCapAndExplainsItself() {
        account("anna", ADAPTIVE + ",\"burst\":10,\"spread\":\"CAP\"");
        enqueueMany("anna", 200);
        run(Duration.ofMinutes(10), MONDAY_8.plus(Duration.ofHours(60)));
        long carried = count("select count(*) from ledger where returned_at is null");
        signal("anna", "WEEKLY_LIMIT", ",\"until\":\"" + now().plusSeconds(60) + "\"");
        double unexplained = refusals("false");

        List<Instant> afterwards = run(Duration.ofHours(1), MONDAY_8.plus(WEEK.multipliedBy(2)));

        long learned = carried * 7 / 10;
        assertThat(count("select max(n) from (select count(*) as n from ledger a join ledger b"
                        + " on b.at <= a.at and b.at > a.at - interval '168 hours'"
                        + " where a.at > '2026-11-25T21:00:00Z' group by a.id) as windows"))
                .isLessThanOrEqualTo(learned + 5);
        assertThat(afterwards).isNotEmpty();
        assertThat(refusals("false")).isEqualTo(unexplained);
    }

    private double refusals(String isExplained) {
        return io.micrometer.core.instrument.Metrics.globalRegistry
                .get("pacer.ledger.refusals")
                .tag("explained", isExplained)
                .counter()
                .count();
    }

    private List<String> changes() {
        return query(
                "select (detail ->> 'from') || ' ' || (detail ->> 'to') || ' ' || (detail ->> 'cause') from history"
                        + " where event = 'account.cap-learned' order by id");
    }

    private Instant due() {
        return Instant.parse(
                query("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pace")
                        .get(0));
    }

    private long release(String account, String profile) {
        long id = enqueue(account, profile);
        assertThat(releases.round()).isEqualTo(1);
        return id;
    }

    private void byHand(String account, int many) {
        for (int i = 0; i < many; i++) {
            byHandAt(account, "by-hand-" + i, now());
        }
    }

    private static long byHandAt(String account, String profile, Instant at) {
        return json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\",\"at\":\"" + at + "\"}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("results[0].invitation");
    }

    private static void signal(String account, String refusal, String fields) {
        json("{\"type\":\"REFUSED\",\"refusal\":\"" + refusal + "\"" + fields + "}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200);
    }
}
