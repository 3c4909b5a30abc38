package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/**
 * What was foretold for random accounts, against what the release loop then does with them. {@code -Dforecast.accounts=100}
 * takes more accounts, {@code -Dforecast.seed} others; the figures are printed.
 */
@QuarkusTest
class ForecastTruthTest extends ServiceTest {
    private static final int ACCOUNTS = Integer.getInteger("forecast.accounts", 12);
    private static final long SEED = Long.getLong("forecast.seed", 20261019);

    /** Before clocks go back in Europe and in America, and before the turn of a month. */
    private static final Instant START = Instant.parse("2026-10-19T08:00:00Z");

    private static final Duration HORIZON = Duration.ofDays(28);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Oslo", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca");

    /** A release: foretold, or booked. */
    private record Going(long invitation, Instant at) {}

    private final Random random = new Random(SEED);

    /** Somebody looks exactly when there is something to see: then everything happens exactly as foretold. */
    @Test
    void withoutDelayEveryReleaseHappensAtItsInstantAndInItsOrder() {
        Map<String, List<Going>> told = foretell();
        runByDueTimes(due -> due);

        int compared = 0;
        for (String account : told.keySet()) {
            assertThat(happened(account))
                    .as("%s with -Dforecast.seed=%d: %s", account, SEED, settingsOf(account))
                    .isEqualTo(told.get(account));
            compared += told.get(account).size();
        }
        System.out.printf("Forecast without delay: %d accounts, %d releases, all equal%n", told.size(), compared);
        assertThat(compared).isGreaterThan(told.size() * 10);
    }

    /**
     * Somebody looks every second, as the loop does. A release that waits for an older one to leave a window is late by that
     * one's lateness too, so that it may add up: by a second a day at most.
     */
    @Test
    void asTheLoopPollsNoReleaseIsLateByMoreThanThePollingAddsUpTo() {
        Map<String, List<Going>> told = foretell();
        runByDueTimes(due -> due.minusNanos(1).truncatedTo(ChronoUnit.SECONDS).plus(PERIOD));

        int compared = 0;
        int withinPeriod = 0;
        Duration latest = Duration.ZERO;
        for (String account : told.keySet()) {
            List<Going> happened = happened(account);
            assertThat(told.get(account).size() - happened.size()).isBetween(0, 1);
            for (int i = 0; i < happened.size(); i++) {
                Duration late = Duration.between(
                        told.get(account).get(i).at(), happened.get(i).at());
                assertThat(late).as(account).isBetween(Duration.ZERO, PERIOD.multipliedBy(HORIZON.toDays() + 1));
                compared++;
                withinPeriod += late.compareTo(PERIOD) <= 0 ? 1 : 0;
                latest = late.compareTo(latest) > 0 ? late : latest;
            }
        }
        System.out.printf(
                "Forecast polled every second: %d accounts, %d releases, %d within a second, the latest %s late%n",
                told.size(), compared, withinPeriod, latest);
    }

    private Map<String, List<Going>> foretell() {
        setTime(START);
        Map<String, List<Going>> told = new LinkedHashMap<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            outreach("account-" + i);
        }
        execute("update invitation set queued_at = queued_at - make_interval(hours => (id * 7919 % 400)::int)");
        execute("update campaign set weight = 1 + (length(account) * 7 + ascii(right(account, 1)) + length(name)) % 5");
        execute("update campaign set paused_at = '2026-10-19T08:00:00Z' where name = 'resting'");
        for (int i = 0; i < ACCOUNTS; i++) {
            String account = "account-" + i;
            JsonPath forecast = get("/api/v1/accounts/" + account + "/forecast?days=" + HORIZON.toDays());
            List<Long> ids = forecast.getList("releases.invitation", Long.class);
            List<String> at = forecast.getList("releases.at");
            List<Going> going = new ArrayList<>();
            for (int j = 0; j < ids.size(); j++) {
                going.add(new Going(ids.get(j), Instant.parse(at.get(j))));
            }
            told.put(account, going);
        }
        return told;
    }

    /** Ticks whenever an account is due. */
    private void runByDueTimes(java.util.function.UnaryOperator<Instant> look) {
        Instant end = START.plus(HORIZON);
        execute("update pace set due_at = service_now()");
        while (true) {
            String due = query(
                            "select to_char(min(due_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from pace")
                    .get(0);
            Instant at = due == null ? Instant.MAX : look.apply(Instant.parse(due));
            if (at.isAfter(end)) {
                return;
            }
            setTime(at.isBefore(START) ? START : at);
            releases.round();
        }
    }

    private List<Going> happened(String account) {
        return query("select invitation || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from ledger where kind = 'RELEASE' and account = '" + account + "' order by at, id")
                .stream()
                .map(row -> row.split(" "))
                .map(row -> new Going(Long.parseLong(row[0]), Instant.parse(row[1])))
                .toList();
    }

    private String settingsOf(String account) {
        return query("select settings from account where account = '" + account + "'")
                .get(0);
    }

    private void outreach(String account) {
        boolean isAdaptive = random.nextInt(4) == 0;
        account(account, settings() + ",\"adaptive\":" + isAdaptive);
        given().contentType("text/csv")
                .body(drafts())
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200);
        for (int i = random.nextInt(8); i > 0; i--) {
            json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"by-hand-" + i + "\",\"at\":\""
                            + START.minus(random.nextInt(10_000), ChronoUnit.MINUTES) + "\"}")
                    .post("/api/v1/accounts/" + account + "/reports")
                    .then()
                    .statusCode(200);
        }
        if (random.nextInt(4) == 0) {
            json("{\"reason\":\"leave\",\"until\":\"" + soon(10) + "\"}")
                    .post("/api/v1/accounts/" + account + "/pause");
        }
        if (random.nextInt(5) == 0) {
            execute("update pace set restricted_until = '" + soon(10)
                    + "', restriction = 'WEEKLY_LIMIT' where account = '" + account + "'");
        }
        if (isAdaptive) {
            execute("update pace set learned_cap = " + (1 + random.nextInt(20)) + ", learned_at = '"
                    + START.minus(random.nextInt(9_000), ChronoUnit.MINUTES) + "' where account = '" + account + "'");
        }
        if (random.nextInt(5) == 0) {
            execute("update pace set notes_used_up_until = '" + soon(20) + "' where account = '" + account + "'");
        }
    }

    private String settings() {
        List<String> settings = new ArrayList<>(List.of(
                "\"timeZone\":\"" + ZONES.get(random.nextInt(ZONES.size())) + "\"",
                "\"weeklyCap\":" + (20 + random.nextInt(random.nextBoolean() ? 20 : 180)),
                "\"burst\":" + (random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1),
                "\"spread\":\"" + (random.nextBoolean() ? "WEEK" : "CAP") + "\"",
                "\"openTaskLimit\":5000,\"pendingThreshold\":5000",
                "\"onNoteQuota\":\"" + (random.nextBoolean() ? "HOLD" : "SEND_BARE") + "\"",
                "\"noteQuota\":" + random.nextInt(8)));
        if (random.nextInt(3) == 0) {
            settings.add("\"dailyCap\":" + (2 + random.nextInt(20)));
        }
        if (random.nextInt(3) == 0) {
            settings.add("\"warmUp\":{\"start\":" + (5 + random.nextInt(15)) + ",\"step\":" + (1 + random.nextInt(20))
                    + "}");
        }
        if (random.nextInt(3) == 0) {
            settings.add("\"restDays\":[\"2026-10-21\",\"2026-11-02\"]");
        }
        String[] hours = {
            "",
            "\"activeHours\":{\"MONDAY\":[\"22:00-02:00\"],\"THURSDAY\":[\"08:00-12:00\",\"13:00-17:30\"]}",
            "\"activeHours\":{\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"],\"WEDNESDAY\":[\"01:30-03:30\"]}"
        };
        String some = hours[random.nextInt(hours.length)];
        if (!some.isEmpty()) {
            settings.add(some);
        }
        return String.join(",", settings);
    }

    private String drafts() {
        StringBuilder csv = new StringBuilder("profile,note,degree,priority,campaign,notBefore,lapsesAt\n");
        for (int i = 10 + random.nextInt(70); i > 0; i--) {
            csv.append("person-").append(i).append(',');
            csv.append(random.nextInt(3) == 0 ? "Hello" : "").append(',');
            csv.append(1 + random.nextInt(3)).append(',');
            csv.append(random.nextInt(21) - 10).append(',');
            csv.append(List.of("", "spring", "autumn", "resting").get(random.nextInt(20) == 0 ? 3 : random.nextInt(3)))
                    .append(',');
            csv.append(random.nextInt(4) == 0 ? soon(40).toString() : "").append(',');
            csv.append(random.nextInt(4) == 0 ? soon(40).toString() : "").append('\n');
        }
        return csv.toString();
    }

    private Instant soon(int days) {
        return START.plus(1 + random.nextInt(days * 1440), ChronoUnit.MINUTES);
    }
}
