package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class ReleaseLoopTest extends ServiceTest {
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofHours(168);

    @Inject
    ReleaseBatch batch;

    @Test
    void thirtyDraftsGoOutOverTheWholeWeek() {
        account("anna", "");
        enqueueMany("anna", 30);

        List<Instant> released = run(Duration.ofMinutes(5), MONDAY_8.plus(Duration.ofDays(7)));

        assertThat(released).hasSize(30);
        assertThat(released.get(0)).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(released.get(1)).isEqualTo("2026-11-23T10:20:00Z");
        assertThat(released.get(29)).isEqualTo("2026-11-27T15:40:00Z");
    }

    @Test
    void theCapHoldsInEveryRollingWeekOfAMonth() {
        account("anna", "\"weeklyCap\":40,\"pendingThreshold\":5000,\"openTaskLimit\":5000");
        enqueueMany("anna", 300);

        List<Instant> released = run(Duration.ofMinutes(10), MONDAY_8.plus(Duration.ofDays(28)));

        assertThat(mostInAnyWeek(released)).isEqualTo(40);
        assertThat(released).hasSize(160);
    }

    @Test
    void aReleaseIsATaskALedgerRowAndALineOfHistory() {
        account("anna", "");
        long invitation = enqueue("anna", "kamala-eriksen", "\"note\":\"Hi Kamala\"");
        setTime(Instant.parse("2026-11-23T09:30:00Z"));

        assertThat(releases.round()).isEqualTo(1);

        assertThat(state("anna", invitation)).isEqualTo("RELEASED");
        assertThat(query("select kind || ' ' || cap || ' ' || invitation from ledger where account = 'anna'"))
                .containsExactly("RELEASE 100 " + invitation);
        var task = get("/api/v1/tasks?account=anna");
        assertThat(task.getList("items")).hasSize(1);
        assertThat(task.getString("items[0].kind")).isEqualTo("SEND");
        assertThat(task.getString("items[0].profileUrl")).isEqualTo("https://www.linkedin.com/in/kamala-eriksen");
        assertThat(task.getString("items[0].note")).isEqualTo("Hi Kamala");
        assertThat(task.getString("items[0].openedAt")).isEqualTo("2026-11-23T09:30:00Z");
        assertThat(get("/api/v1/accounts/anna/invitations/" + invitation + "/history")
                        .getList("items.event"))
                .containsExactly("invitation.queued", "invitation.released");
    }

    @Test
    void theReleaseOfTheLastDraftSaysThatTheQueueIsEmpty() {
        account("anna", ALWAYS);
        enqueue("anna", "kamala-eriksen");

        assertThat(batch.claimAndRelease(100).released()).isEqualTo(1);

        assertThat(query("select due_at is null and reason = 'QUEUE_EMPTY' and held = 'QUEUE_EMPTY' from pace"))
                .containsExactly("t");
        assertThat(query("select event from history where invitation is null order by id desc limit 1"))
                .containsExactly("account.held");
    }

    @Test
    void theReleaseOfTheLastDraftThatMayGoLooksAgainForThoseThatMayGoLater() {
        account("anna", ALWAYS);
        enqueue("anna", "kamala-eriksen");
        enqueue("anna", "later", "\"notBefore\":\"2026-12-24T12:00:00Z\"");

        assertThat(releases.round()).isEqualTo(1);

        assertThat(pacing("anna").getString("reason")).isEqualTo("NOTHING_ELIGIBLE");
        assertThat(pacing("anna").getString("nextReleaseAt")).isEqualTo("2026-12-24T12:00:00Z");
    }

    @Test
    void ofMoreAccountsThanOneTransactionTakesEachReleasesOnceInOneRound() {
        account("anna", ALWAYS);
        enqueue("anna", "kamala-eriksen");
        execute("""
                insert into account (account, settings, created_at, changed_at)
                select 'member-' || n, settings, created_at, changed_at from account, generate_series(1, 450) as n""");
        execute("""
                insert into campaign (account, name, created_at)
                select 'member-' || n, name, created_at from campaign, generate_series(1, 450) as n""");
        execute("""
                insert into pace (account, weekly_cap, due_at, nightly_at)
                select 'member-' || n, weekly_cap, due_at, nightly_at from pace, generate_series(1, 450) as n""");
        execute("""
                insert into invitation (account, profile, degree, priority, state, queued_at)
                select 'member-' || n, profile, degree, priority, state, queued_at
                  from invitation, generate_series(1, 450) as n""");

        assertThat(releases.round()).isEqualTo(451);

        assertThat(query("select count(*) || ' of ' || count(distinct account) from ledger"))
                .containsExactly("451 of 451");
        assertThat(query("select account from pace where due_at is not null")).isEmpty();
    }

    @Test
    void theFirstToGoIsTheOneOfHighestPriorityThenOfNearestDegreeThenTheOldest() {
        account("anna", ALWAYS + ",\"burst\":5");
        long old = enqueue("anna", "old");
        long third = enqueue("anna", "third-degree", "\"degree\":3");
        long urgent = enqueue("anna", "urgent", "\"degree\":3,\"priority\":5");
        long young = enqueue("anna", "young");

        run(MINUTE, MONDAY_8.plus(Duration.ofMinutes(1)));

        assertThat(query("select invitation from ledger order by id"))
                .containsExactly("" + urgent, "" + old, "" + young, "" + third);
    }

    @Test
    void whatMayNotGoYetWaitsForItsTimeAndWhatIsOverLapses() {
        account("anna", ALWAYS);
        long later = enqueue("anna", "later", "\"notBefore\":\"2026-12-24T12:00:00Z\"");
        long lapsed = enqueue(
                "anna", "lapsed", "\"notBefore\":\"2026-11-23T08:30:00Z\",\"lapsesAt\":\"2026-11-23T08:31:00Z\"");

        assertThat(releases.round()).isZero();
        assertThat(pacing("anna").getString("reason")).isEqualTo("NOTHING_ELIGIBLE");
        assertThat(pacing("anna").getString("until")).isEqualTo("2026-11-23T08:30:00Z");
        setTime(Instant.parse("2026-11-23T08:31:00Z"));
        releases.round();

        assertThat(state("anna", lapsed)).isEqualTo("LAPSED");
        assertThat(pacing("anna").getString("nextReleaseAt")).isEqualTo("2026-12-24T12:00:00Z");
        setTime(Instant.parse("2026-12-24T12:00:00Z"));
        assertThat(releases.round()).isEqualTo(1);
        assertThat(state("anna", later)).isEqualTo("RELEASED");
    }

    @Test
    void aPauseEndsByItselfAndNothingIsCaughtUp() {
        account("anna", ALWAYS + ",\"spread\":\"CAP\",\"weeklyCap\":168");
        enqueueMany("anna", 100);
        assertThat(run(MINUTE, MONDAY_8.plus(Duration.ofHours(3)))).hasSize(3);

        json("{\"reason\":\"leave\",\"until\":\"2026-11-24T08:00:00Z\"}")
                .post("/api/v1/accounts/anna/pause")
                .then()
                .statusCode(200);

        assertThat(pacing("anna").getString("reason")).isEqualTo("PAUSED");
        List<Instant> after = run(MINUTE, MONDAY_8.plus(Duration.ofHours(26)));
        assertThat(after).containsExactly(Instant.parse("2026-11-24T08:00:00Z"), Instant.parse("2026-11-24T09:00:00Z"));
    }

    @Test
    void anUnfinishedTaskListHoldsTheAccountUntilSomethingIsReported() {
        account("anna", ALWAYS + ",\"burst\":3,\"openTaskLimit\":2");
        enqueueMany("anna", 3);

        run(MINUTE, MONDAY_8.plus(Duration.ofHours(1)));

        assertThat(pacing("anna").getString("decision")).isEqualTo("HOLD");
        assertThat(pacing("anna").getString("reason")).isEqualTo("TASKS_OPEN");
        assertThat(query("select due_at from pace")).containsExactly((String) null);
        report("anna", Long.parseLong(query("select min(invitation) from task").get(0)), "SENT", "");
        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void whilePendingHasReachedTheThresholdNothingGoes() {
        account("anna", ALWAYS + ",\"burst\":3,\"pendingThreshold\":2");
        enqueueMany("anna", 3);

        run(MINUTE, MONDAY_8.plus(Duration.ofHours(1)));

        assertThat(pacing("anna").getString("reason")).isEqualTo("PENDING_THRESHOLD");
        assertThat(pacing("anna").getInt("pending.count")).isEqualTo(2);
        report("anna", Long.parseLong(query("select min(invitation) from task").get(0)), "ACCEPTED", "");
        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void aLoweredCapLetsTheWindowDrain() {
        account("anna", ALWAYS + ",\"burst\":10,\"weeklyCap\":10,\"openTaskLimit\":500");
        enqueueMany("anna", 50);
        assertThat(run(MINUTE, MONDAY_8.plus(Duration.ofHours(1)))).hasSize(10);

        json("{\"weeklyCap\":4}").patch("/api/v1/accounts/anna").then().statusCode(200);

        assertThat(pacing("anna").getString("reason")).isEqualTo("WEEKLY_CAP");
        assertThat(run(MINUTE, MONDAY_8.plus(WEEK))).isEmpty();
        assertThat(run(MINUTE, MONDAY_8.plus(WEEK).plus(Duration.ofHours(1)))).containsExactly(MONDAY_8.plus(WEEK));
    }

    @Test
    void aDailyCapHoldsInEveryTwentyFourHours() {
        account("anna", ALWAYS + ",\"spread\":\"CAP\",\"weeklyCap\":168,\"dailyCap\":5");
        enqueueMany("anna", 100);

        List<Instant> released = run(MINUTE, MONDAY_8.plus(Duration.ofDays(3)));

        assertThat(released).hasSize(15);
        assertThat(most(released, Duration.ofHours(24))).isEqualTo(5);
        assertThat(pacing("anna").getString("reason")).isEqualTo("DAILY_CAP");
    }

    @Test
    void aWarmUpBeginsSmallAndGrowsByTheWeek() {
        account(
                "anna",
                ALWAYS + ",\"spread\":\"CAP\",\"weeklyCap\":56,\"warmUp\":{\"start\":14,\"step\":14},"
                        + "\"openTaskLimit\":500");
        enqueueMany("anna", 200);

        List<Instant> released = run(Duration.ofMinutes(10), MONDAY_8.plus(WEEK.multipliedBy(4)));

        assertThat(inWeek(released, 0)).isEqualTo(14);
        assertThat(inWeek(released, 1)).isEqualTo(28);
        assertThat(inWeek(released, 2)).isEqualTo(42);
        assertThat(inWeek(released, 3)).isEqualTo(56);
        assertThat(pacing("anna").getString("cap.cause")).isEqualTo("CONFIGURED");
        assertThat(mostInAnyWeek(released)).isEqualTo(56);
    }

    @Test
    void oneBrokenAccountDoesNotKeepTheOthersFromTheirReleases() {
        account("anna", ALWAYS);
        account("broken", ALWAYS);
        enqueue("anna", "kamala-eriksen");
        enqueue("broken", "kamala-eriksen");
        execute("update account set settings = jsonb_set(settings, '{timeZone}', '5') where account = 'broken'");

        assertThat(releases.round()).isEqualTo(1);

        assertThat(query("select account from ledger")).containsExactly("anna");
        assertThat(
                        query(
                                "select due_at <= service_now() and retry_at > service_now() from pace where account = 'broken'"))
                .containsExactly("t");
    }

    @Test
    void anIdleOrWaitingAccountIsNotEvenLookedAt() {
        account("idle", ALWAYS);
        account("waiting", "");
        enqueue("waiting", "kamala-eriksen");
        releases.round();

        assertThat(query("select account from pace where due_at <= service_now()"))
                .isEmpty();
        assertThat(query("select reason from pace order by account"))
                .containsExactly("QUEUE_EMPTY", "OUTSIDE_ACTIVE_HOURS");
    }

    @Test
    void whatWasSentByHandCountsTowardsTheCap() {
        account("anna", ALWAYS + ",\"burst\":10,\"weeklyCap\":10");
        enqueueMany("anna", 20);
        for (int i = 0; i < 7; i++) {
            json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"by-hand-" + i + "\"}")
                    .post("/api/v1/accounts/anna/reports")
                    .then()
                    .statusCode(200);
        }

        assertThat(run(MINUTE, MONDAY_8.plus(Duration.ofHours(2)))).hasSize(3);
        assertThat(pacing("anna").getString("reason")).isEqualTo("WEEKLY_CAP");
        assertThat(pacing("anna").getInt("window.released")).isEqualTo(10);
    }

    @Test
    void aStepOfTheWarmUpIsNotSleptThrough() {
        account("anna", ALWAYS + ",\"spread\":\"CAP\",\"warmUp\":{\"start\":1,\"step\":50}");
        setTime(MONDAY_8.plus(Duration.ofHours(100)));
        enqueueMany("anna", 3);
        assertThat(releases.round()).isEqualTo(1);

        setTime(MONDAY_8.plus(WEEK));

        assertThat(pacing("anna").getString("decision")).isEqualTo("RELEASE");
        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void draftsThatBecomeDemandForTheWeekBringTheNextReleaseForward() {
        account("anna", ALWAYS);
        enqueueMany("anna", 2);
        for (int i = 0; i < 60; i++) {
            enqueue("anna", "later-" + i, "\"notBefore\":\"" + MONDAY_8.plus(Duration.ofHours(180)) + "\"");
        }
        assertThat(releases.round()).isEqualTo(1);
        assertThat(pacing("anna").getString("until"))
                .isEqualTo(MONDAY_8.plus(Duration.ofHours(84)).minusSeconds(1).toString());

        setTime(MONDAY_8.plus(Duration.ofHours(12)));

        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void afterTheLastEligibleDraftTheAccountWaitsForTheOneThatComesLater() {
        account("anna", ALWAYS);
        enqueue("anna", "now");
        enqueue("anna", "later", "\"notBefore\":\"2026-12-24T12:00:00Z\"");

        assertThat(releases.round()).isEqualTo(1);

        assertThat(query("select reason from pace")).containsExactly("NOTHING_ELIGIBLE");
        assertThat(query("select due_at from pace where due_at is not null")).hasSize(1);
    }

    @Test
    void theQueueAndThePaceAreTold() {
        account("anna", ALWAYS);
        enqueueMany("anna", 20);
        enqueue("anna", "later", "\"notBefore\":\"2027-01-01T00:00:00Z\"");
        run(MINUTE, MONDAY_8.plus(Duration.ofHours(84)));

        assertThat(pacing("anna").getInt("queue.waiting")).isEqualTo(10);
        assertThat(pacing("anna").getInt("queue.held")).isEqualTo(1);
        assertThat(pacing("anna").getDouble("paceIndex")).isEqualTo(1.0);
        setTime(MONDAY_8.plus(Duration.ofHours(100)));
        assertThat(pacing("anna").getDouble("paceIndex")).isEqualTo(0.833);
    }

    private static int mostInAnyWeek(List<Instant> released) {
        return most(released, WEEK);
    }

    private static int most(List<Instant> released, Duration window) {
        return released.stream()
                .mapToInt(end -> (int) released.stream()
                        .filter(one -> !one.isAfter(end) && one.isAfter(end.minus(window)))
                        .count())
                .max()
                .orElse(0);
    }

    private static long inWeek(List<Instant> released, int week) {
        Instant start = MONDAY_8.plus(WEEK.multipliedBy(week));
        return released.stream()
                .filter(one -> !one.isBefore(start) && one.isBefore(start.plus(WEEK)))
                .count();
    }
}
