package dev.invitepacer.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.Channel;
import dev.invitepacer.operations.embedded.Service;

/** The ways that tasks take: which one, when, and what trouble on one does to the others. */
@QuarkusTest
class DispatchLaneTest extends DispatchFixture {
    @Test
    void aPausedAccountHandsNothingOver() {
        released("anna", Channel.WEBHOOK);
        json("{\"reason\":\"holidays\"}")
                .post("/api/v1/accounts/anna/pause")
                .then()
                .statusCode(200);
        assertThat(loop.round()).isZero();

        given().post("/api/v1/accounts/anna/resume").then().statusCode(200);

        assertThat(loop.round()).isEqualTo(1);
    }

    @Test
    void withTheChannelWhatNobodyHasYetMovesAndWhatIsWithASenderStays() {
        long taken = released("anna", Channel.WEBHOOK);
        loop.round();
        advance(Duration.ofDays(1));
        long waiting = releasedMore("anna", "ada-lovelace");
        channel("anna", Channel.INBOX);

        assertThat(loop.round()).isZero();
        assertThat(stage(waiting)).isNull();
        assertThat(stage(taken)).isEqualTo("TAKEN");
        assertThat(task(waiting).getString("delivery")).isNull();
        given().post("/api/v1/tasks/" + waiting + "/deliver")
                .then()
                .statusCode(409)
                .body("code", equalTo("task-by-hand"));

        channel("anna", Channel.LINKEDIN);
        assertThat(loop.round()).isEqualTo(1);
        assertThat(linkedin.seen().stream().map(HandOver::task)).containsExactly(waiting);
    }

    @Test
    void aTaskOfThePeoplesListHasNoDelivery() {
        account("anna", "");
        enqueue("anna", "grace-hopper");
        setTime(MONDAY_9);
        releases.round();

        given().get("/api/v1/tasks").then().body("items[0].delivery", nullValue());
        assertThat(loop.round()).isZero();
    }

    @Test
    void anEndpointThatFailsIsLeftAloneAndTheOthersGoOn() {
        for (int i = 0; i < 8; i++) {
            released("dead-" + i, Channel.WEBHOOK);
        }
        released("alive", Channel.LINKEDIN);
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.TRY, null, null, "500"));

        loop.round();
        int first = webhook.seen().size();
        advance(Duration.ofSeconds(45));
        loop.round();

        assertThat(linkedin.seen()).hasSize(1);
        assertThat(first).isEqualTo(8);
        assertThat(webhook.seen()).as("one probe").hasSize(9);
    }

    private List<String> lanes() {
        return query("select distinct lane from task order by lane");
    }

    private static Outcome limited(Instant until) {
        return new Outcome.Refused(Outcome.Reach.LANE, null, until, "LinkedIn answered 429");
    }

    @Test
    void aLimitOnOneMemberHoldsUpNobodyElse() {
        long first = released("anna", Channel.LINKEDIN);
        released("ben", Channel.LINKEDIN);
        assertThat(lanes()).containsExactly("LINKEDIN:anna", "LINKEDIN:ben");
        linkedin.does(work -> work.account().equals("anna") ? limited(now().plusSeconds(3_600)) : new Outcome.Taken());
        assertThat(loop.round()).isEqualTo(2);

        execute("update task set next_try_at = service_now() where id = " + first);
        advance(Duration.ofMinutes(4));
        released("zoe", Channel.LINKEDIN);

        assertThat(loop.round()).isEqualTo(1);
        assertThat(linkedin.seen()).extracting(HandOver::account).containsExactlyInAnyOrder("anna", "ben", "zoe");
        assertThat(stage(first)).isEqualTo("WAITING");
        advance(Duration.ofMinutes(1));
        assertThat(loop.round()).as("a lane is asked again after five minutes").isEqualTo(1);
    }

    @Test
    void accountsOfOneTokenShareALaneAndAnotherTokenIsAnotherLane() {
        long id = released("anna", Channel.LINKEDIN);
        released("ben", Channel.LINKEDIN);
        for (String account : List.of("anna", "ben")) {
            execute("update account set settings = settings || '{\"linkedinToken\":\"sales\"}' where account = '"
                    + account + "'");
        }

        assertThat(lanes()).containsExactly("LINKEDIN:sales");
        assertThat(task(id).getString("delivery.lane")).isEqualTo("LINKEDIN:sales");
        assertThat(loop.round()).isEqualTo(2);
    }

    /** The version before had one lane for all of LinkedIn's, and may still run beside this one. */
    @Test
    void whatIsOpenOnTheOneLaneOfTheVersionBeforeGoesOn() throws Exception {
        long id = released("anna", Channel.LINKEDIN);
        execute("update task set lane = 'LINKEDIN', tries = 3");
        assertThat(loop.round()).isEqualTo(1);
        assertThat(stage(id)).isEqualTo("TAKEN");

        execute(migration().substring(migration().indexOf("update task t\n")));

        assertThat(query("select lane || ' ' || stage || ' ' || tries from task"))
                .containsExactly("LINKEDIN:anna TAKEN 4");
    }

    private static String migration() throws IOException {
        try (var sql = DispatchLaneTest.class.getResourceAsStream("/db/migration/V14__lanes_by_token.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anEndpointThatIsOffHoldsNoMemberOfItsName() {
        released("anna", Channel.LINKEDIN);
        execute("insert into endpoint (name, url, secret, off_since, off_reason, created_at, changed_at)"
                + " values ('anna', 'https://example.org/', '', now(), 'gone', now(), now())");

        assertThat(loop.round()).isEqualTo(1);
    }

    @Test
    void accountsThatArePausedTakeNobodysPlace() {
        // As many as lanes that are not proven may take places.
        int many = config.delivery().atOnce() / 2 + 1;
        for (int i = 0; i < many; i++) {
            released("paused-" + i, Channel.LINKEDIN);
        }
        execute("update pace set paused_at = service_now(), pause_reason = 'LinkedIn answered 401'");
        released("zoe", Channel.LINKEDIN);

        assertThat(loop.begin()).isEqualTo(1);
        Service.await(loop::isQuiet);

        assertThat(linkedin.seen()).extracting(HandOver::account).containsExactly("zoe");
    }

    @Test
    void aLimitThatSaysItsEndCostsNoTry() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> limited(now().plus(Duration.ofDays(3))));
        for (int i = 0; i < 10; i++) {
            Instant until = now().plus(Duration.ofDays(3));
            assertThat(loop.round()).isEqualTo(1);
            assertThat(task(id).getString("delivery.nextTryAt")).isEqualTo(until.toString());
            assertThat(task(id).getInt("delivery.tries")).isZero();
            setTime(until.minusSeconds(1));
            assertThat(loop.round()).isZero();
            setTime(until);
        }

        linkedin.does(work -> new Outcome.Done(null, "inv-77"));
        assertThat(loop.round()).isEqualTo(1);

        assertThat(invitationState(id)).isEqualTo("PENDING");
        assertThat(history(id)).hasSize(11).endsWith("REFUSED", "DONE");
        assertThat(linkedin.seen()).extracting(HandOver::tries).containsOnly(1);
    }

    @Test
    void aLimitWithoutAnEndIsAskedAgainByTheScheduleAndNeverFails() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> limited(null));
        for (int i = 0; i < 11; i++) {
            assertThat(loop.round()).as("try %d", i + 1).isEqualTo(1);
            assertThat(stage(id)).isEqualTo("WAITING");
            advance(Duration.ofHours(27));
        }

        assertThat(count("select count(*) from task where next_try_at - service_now() > interval '24 hours'"))
                .isZero();
        assertThat(history(id)).hasSize(11).containsOnly("REFUSED");
    }

    @Test
    void aWithdrawalThatIsLimitedWaitsForItsEndAndNeverFails() {
        long id = released("anna", Channel.LINKEDIN);
        linkedin.does(work -> new Outcome.Done(null, "inv-77"));
        loop.round();
        long invitation = count("select invitation from task where id = " + id);
        json("{}")
                .post("/api/v1/accounts/anna/invitations/" + invitation + "/withdraw")
                .then()
                .statusCode(200);
        List<Outcome> limits = List.of(
                limited(now().plus(Duration.ofDays(5))),
                new Outcome.Refused(Outcome.Reach.ACCOUNT, "RESTRICTED", now().plus(Duration.ofDays(5)), "restricted"));
        for (Outcome limit : limits) {
            linkedin.does(work -> limit instanceof Outcome.Refused refused
                    ? new Outcome.Refused(
                            refused.reach(), refused.refusal(), now().plus(Duration.ofDays(5)), refused.detail())
                    : limit);
            for (int i = 0; i < 11; i++) {
                Instant until = now().plus(Duration.ofDays(5));
                assertThat(loop.round()).as("%s, time %d", limit, i + 1).isEqualTo(1);
                assertThat(query("select stage || ' ' || tries || ' ' || (next_try_at = '" + until
                                + "') from task where kind = 'WITHDRAW'"))
                        .containsExactly("WAITING 0 true");
                setTime(until.minusSeconds(1));
                assertThat(loop.round()).isZero();
                setTime(until);
            }
        }

        linkedin.does(work -> new Outcome.Done(null, "inv-77"));
        loop.round();

        assertThat(state("anna", invitation)).isEqualTo("WITHDRAWN");
    }

    @Test
    void aWithdrawalThatIsLimitedWithoutAnEndWaitsUntilTheAccountsLimitEnds() {
        long id = released("anna", Channel.WEBHOOK);
        webhook.does(work -> new Outcome.Done(null, null));
        loop.round();
        json("{}")
                .post("/api/v1/accounts/anna/invitations/" + count("select invitation from task where id = " + id)
                        + "/withdraw")
                .then()
                .statusCode(200);
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.ACCOUNT, "RESTRICTED", null, "restricted"));

        loop.round();

        assertThat(query("select t.stage || ' ' || t.tries || ' ' || (t.next_try_at = p.restricted_until)"
                        + " from task t join pace p on p.account = t.account where t.kind = 'WITHDRAW'"))
                .containsExactly("WAITING 0 true");
    }

    @Test
    void aDeadEndpointHoldsItsOwnAccountsAndNobodyElses() {
        released("dead", Channel.WEBHOOK);
        released("alive", Channel.LINKEDIN);
        execute("update account set settings = settings || '{\"openTaskLimit\":1}'");
        webhook.does(work -> new Outcome.Refused(Outcome.Reach.TRY, null, null, "No connection: ConnectException"));
        linkedin.does(work -> new Outcome.Done(null, null));
        loop.round();
        advance(Duration.ofDays(1));
        for (String account : List.of("dead", "alive")) {
            enqueue(account, "ada-lovelace", "\"memberUrn\":\"urn:li:person:b2\"");
        }

        assertThat(releases.round()).isEqualTo(1);

        assertThat(pacing("dead").getString("reason")).isEqualTo("TASKS_OPEN");
        assertThat(query("select account from invitation where state = 'RELEASED' and profile = 'ada-lovelace'"))
                .containsExactly("alive");
    }
}
