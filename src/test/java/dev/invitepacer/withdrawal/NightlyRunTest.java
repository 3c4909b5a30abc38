package dev.invitepacer.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class NightlyRunTest extends ServiceTest {
    private static final Instant NIGHT = Instant.parse("2026-11-24T02:00:00Z");

    @Test
    void whatIsStaleIsAskedForAtThreeInTheAccountsOwnZone() {
        account("oslo", "\"timeZone\":\"Europe/Oslo\"");
        pending("oslo", "stale", 31);
        pending("oslo", "fresh", 29);

        setTime(NIGHT.minusSeconds(1));
        assertThat(nights.round()).isZero();
        setTime(NIGHT);
        assertThat(nights.round()).isEqualTo(1);

        assertThat(
                        query(
                                "select i.profile || ' ' || t.kind || ' ' || t.reason from task t join invitation i on i.id = t.invitation"))
                .containsExactly("stale WITHDRAW STALE");
        assertThat(query("select state from invitation where profile = 'stale'"))
                .containsExactly("WITHDRAWING");
        assertThat(
                        query(
                                "select expired || ' ' || asked || ' ' || pending_before || ' ' || pending_after from nightly_run"))
                .containsExactly("0 1 2 1");
    }

    @Test
    void whatWasAskedForBeforeIsNotPendingAfterIt() {
        account("anna", "");
        pending("anna", "stale", 31);
        pending("anna", "fresh", 5);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(nights.round()).isEqualTo(1);
        setTime(Instant.parse("2026-11-25T03:00:00Z"));
        assertThat(nights.round()).isZero();

        assertThat(query("select pending_before || ' ' || pending_after from nightly_run order by night"))
                .containsExactly("2 1", "2 1");
    }

    @Test
    void itRunsOnceANightHoweverOftenItIsAsked() {
        account("anna", "\"withdrawalsPerNight\":1");
        pending("anna", "one", 40);
        pending("anna", "two", 40);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));

        assertThat(nights.round()).isEqualTo(1);
        assertThat(nights.round()).isZero();
        execute("update pace set nightly_at = service_now()");
        assertThat(nights.round()).isZero();

        assertThat(query("select nightly_at from pace where nightly_at = '2026-11-25T03:00:00Z'"))
                .hasSize(1);
    }

    @Test
    void afterDowntimeTheMissedNightsAreCaughtUpOnce() {
        account("anna", "");
        pending("anna", "stale", 31);
        setTime(Instant.parse("2026-12-04T15:00:00Z"));

        assertThat(nights.round()).isEqualTo(1);
        assertThat(nights.round()).isZero();
        assertThat(count("select count(*) from nightly_run")).isEqualTo(1);
        assertThat(query("select nightly_at from pace where nightly_at = '2026-12-05T03:00:00Z'"))
                .hasSize(1);
    }

    @Test
    void aNightThatFailedIsTriedAgainAsTheSameNightAndSeenToWait() {
        account("anna", "\"withdrawAt\":\"23:55\"");
        pending("anna", "stale", 31);
        execute("update account set settings = jsonb_set(settings, '{burst}', '99')");
        setTime(Instant.parse("2026-11-23T23:55:00Z"));
        assertThat(nights.round()).isZero();
        assertThat(query("select nightly_at from pace where nightly_at = '2026-11-23T23:55:00Z'"))
                .hasSize(1);

        execute("update account set settings = jsonb_set(settings, '{burst}', '1')");
        assertThat(nights.round()).isZero();
        setTime(Instant.parse("2026-11-24T00:05:00Z"));
        assertThat(nights.round()).isEqualTo(1);

        assertThat(query("select night from nightly_run")).containsExactly("2026-11-23");
        assertThat(query("select nightly_at from pace where nightly_at = '2026-11-24T23:55:00Z'"))
                .hasSize(1);
    }

    @Test
    void whatIsKeptIsNeverAskedFor() {
        account("anna", "");
        long kept = pending("anna", "kept", 100);
        json("{\"keep\":true}")
                .patch("/api/v1/accounts/anna/invitations/" + kept)
                .then()
                .statusCode(200);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));

        assertThat(nights.round()).isZero();
        assertThat(state("anna", kept)).isEqualTo("PENDING");
    }

    @Test
    void asManyOfTheOldestGoAsBringPendingUnderTheThreshold() {
        account("anna", "\"pendingThreshold\":10");
        for (int i = 0; i < 12; i++) {
            pending("anna", "person-" + i, 25 - i);
        }
        setTime(Instant.parse("2026-11-24T03:00:00Z"));

        assertThat(nights.round()).isEqualTo(3);

        assertThat(query("select profile from invitation where state = 'WITHDRAWING' order by profile"))
                .containsExactly("person-0", "person-1", "person-2");
        assertThat(query("select distinct reason from task")).containsExactly("PENDING_THRESHOLD");
    }

    @Test
    void theNextDaysReleasesFindRoomUnderTheThreshold() {
        account("anna", "\"pendingThreshold\":30,\"weeklyCap\":100");
        for (int i = 0; i < 25; i++) {
            pending("anna", "person-" + i, 20);
        }
        for (int i = 0; i < 100; i++) {
            enqueue("anna", "new-" + i);
        }
        setTime(Instant.parse("2026-11-24T03:00:00Z"));

        // A hundred drafts over 40 active hours are one in 24 minutes. The first goes at 09:00; the 21st is due at
        // 16:59:59,
        // since the bucket credits the polling period.
        assertThat(nights.round()).isEqualTo(25 + 21 - 29);
    }

    @Test
    void noRoomIsMadeForReleasesOfAPausedAccount() {
        freshAndDrafts("", "");
        json("{\"reason\":\"leave\"}")
                .post("/api/v1/accounts/anna/pause")
                .then()
                .statusCode(200);

        assertThat(nights.round()).isZero();
    }

    @Test
    void noRoomIsMadeForDraftsThatMayNotGoTheNextDay() {
        freshAndDrafts("", "\"notBefore\":\"2029-01-01T00:00:00Z\"");

        assertThat(nights.round()).isZero();
    }

    @Test
    void draftsOfLaterDaysNeedNoRoomThoughOneMayGoNow() {
        freshAndDrafts("", "\"notBefore\":\"2026-11-26T00:00:00Z\"");
        enqueue("anna", "may-go-now");

        assertThat(nights.round()).isZero();
    }

    @Test
    void noRoomIsMadeForDraftsThatLapseBeforeTheyCouldGo() {
        freshAndDrafts("", "\"lapsesAt\":\"2026-11-24T08:59:00Z\"");

        assertThat(nights.round()).isZero();
    }

    @Test
    void noRoomIsMadeForMoreThanTheWarmUpAllows() {
        freshAndDrafts(",\"warmUp\":{\"start\":1,\"step\":1}", "");
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"by-hand\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200);

        assertThat(nights.round()).isZero();
    }

    @Test
    void noRoomIsMadeWhileLinkedInRestrictsTheAccount() {
        freshAndDrafts("", "");
        execute("update pace set restriction = 'test', restricted_until = service_now() + interval '168 hours'");

        assertThat(nights.round()).isZero();
    }

    @Test
    void roomIsMadeForNoMoreThanTheDailyCap() {
        freshAndDrafts(",\"dailyCap\":6", "");

        assertThat(nights.round()).isEqualTo(15 + 6 - 19);
    }

    @Test
    void atMostTheAllowanceIsOpenAtATime() {
        account("anna", "\"withdrawalsPerNight\":3");
        for (int i = 0; i < 10; i++) {
            pending("anna", "person-" + i, 60);
        }
        setTime(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(nights.round()).isEqualTo(3);

        setTime(Instant.parse("2026-11-25T03:00:00Z"));
        assertThat(nights.round()).isZero();
        report("anna", Long.parseLong(query("select min(invitation) from task").get(0)), "WITHDRAWN", "");
        setTime(Instant.parse("2026-11-26T03:00:00Z"));
        assertThat(nights.round()).isEqualTo(1);
    }

    @Test
    void afterHalfAYearAnInvitationHasExpired() {
        account("anna", "\"withdrawalsPerNight\":0");
        long old = pending("anna", "old", 181);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));

        nights.round();

        assertThat(state("anna", old)).isEqualTo("EXPIRED");
        assertThat(count("select count(*) from invitation where ended_at = pending_since + interval '4320 hours'"))
                .as("over when LinkedIn dropped it, however late the run")
                .isOne();
        assertThat(pacing("anna").getInt("pending.count")).isZero();
    }

    @Test
    void whatCouldNotBeWithdrawnIsPendingAgainAndAskedForAnotherNight() {
        account("anna", "");
        long stale = pending("anna", "stale", 31);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));
        nights.round();

        report("anna", stale, "NOT_WITHDRAWN", "");
        assertThat(state("anna", stale)).isEqualTo("PENDING");
        setTime(Instant.parse("2026-11-25T03:00:00Z"));

        assertThat(nights.round()).isEqualTo(1);
        assertThat(query("select attempt from task where state = 'OPEN'")).containsExactly("2");
    }

    @Test
    void whatIsMarkedKeepAfterItWasAskedForIsKeptUnlessASenderIsAtIt() {
        account("anna", "\"withdrawOver\":\"PT0S\"");
        long kept = pending("anna", "kept", 31);
        long late = pending("anna", "late", 31);
        setTime(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(nights.round()).isEqualTo(2);
        json("").post("/api/v1/tasks/"
                        + query("select id from task where invitation = " + late)
                                .get(0) + "/claim")
                .then()
                .statusCode(200);

        json("{\"keep\":true}")
                .patch("/api/v1/accounts/anna/invitations/" + kept)
                .then()
                .statusCode(200);
        json("{\"keep\":true}")
                .patch("/api/v1/accounts/anna/invitations/" + late)
                .then()
                .statusCode(409);

        assertThat(state("anna", kept)).isEqualTo("PENDING");
        assertThat(query("select state || ' ' || outcome from task where invitation = " + kept))
                .containsExactly("CANCELLED KEPT");
        assertThat(state("anna", late)).isEqualTo("WITHDRAWING");
        json("").post("/api/v1/accounts/anna/invitations/" + kept + "/withdraw")
                .then()
                .statusCode(200);
        json("{\"keep\":true}")
                .patch("/api/v1/accounts/anna/invitations/" + kept)
                .then()
                .statusCode(200);
        assertThat(state("anna", kept)).isEqualTo("PENDING");
    }

    @Test
    void aPersonMayAskForOneAtAnyTime() {
        account("anna", "");
        long pending = pending("anna", "kamala-eriksen", 3);

        json("").post("/api/v1/accounts/anna/invitations/" + pending + "/withdraw")
                .then()
                .statusCode(200);
        json("").post("/api/v1/accounts/anna/invitations/" + pending + "/withdraw")
                .then()
                .statusCode(200);

        assertThat(query("select reason from task where state = 'OPEN'")).containsExactly("ASKED");
        long queued = enqueue("anna", "another-person");
        json("").post("/api/v1/accounts/anna/invitations/" + queued + "/withdraw")
                .then()
                .statusCode(409)
                .body("code", equalTo("too-late"));
    }

    @Test
    void theNightMovesWithTheClockChange() {
        account("oslo", "\"timeZone\":\"Europe/Oslo\",\"withdrawAt\":\"02:30\"");
        setTime(Instant.parse("2027-03-27T12:00:00Z"));
        execute("update pace set nightly_at = service_now()");
        nights.round();

        // 02:30 does not exist on 28 March 2027 in Oslo; the night is then at 03:30, which is 01:30 in UTC.
        assertThat(query("select nightly_at from pace where nightly_at = '2027-03-28T01:30:00Z'"))
                .hasSize(1);
    }

    /** At the night: 15 fresh ones pending, with a threshold of 20, and 50 drafts that could go at once. */
    private void freshAndDrafts(String settings, String fields) {
        account("anna", "\"pendingThreshold\":20,\"weeklyCap\":200,\"spread\":\"CAP\"" + settings);
        for (int i = 0; i < 15; i++) {
            pending("anna", "person-" + i, 10);
        }
        for (int i = 0; i < 50; i++) {
            enqueue("anna", "new-" + i, fields);
        }
        setTime(Instant.parse("2026-11-24T03:00:00Z"));
    }

    /** An invitation sent by hand so many days ago. */
    private long pending(String account, String profile, int days) {
        return json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\",\"at\":\""
                        + now().minus(Duration.ofDays(days)) + "\"}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("results[0].invitation");
    }
}
