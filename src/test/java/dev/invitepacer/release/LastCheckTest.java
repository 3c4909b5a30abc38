package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** A draft is looked at once more in the transaction that would release it. */
@QuarkusTest
class LastCheckTest extends ServiceTest {
    private static final String ALWAYS = "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"],"
            + "\"WEDNESDAY\":[\"00:00-24:00\"],\"THURSDAY\":[\"00:00-24:00\"],\"FRIDAY\":[\"00:00-24:00\"],"
            + "\"SATURDAY\":[\"00:00-24:00\"],\"SUNDAY\":[\"00:00-24:00\"]}";
    private static final String TEAM = ALWAYS + ",\"group\":\"sales\"";

    @Test
    void whoWasSuppressedMeanwhileIsNotInvitedAndTheNextGoesInTheSameRound() {
        account("anna", ALWAYS);
        long suppressed = enqueue("anna", "kamala-eriksen");
        long next = enqueue("anna", "jonas-berg");
        suppress("kamala-eriksen");

        assertThat(releases.round()).isEqualTo(1);

        assertCancelled("anna", suppressed, "SUPPRESSED");
        assertThat(state("anna", next)).isEqualTo("RELEASED");
        assertThat(query("select invitation from ledger")).containsExactly("" + next);
    }

    @Test
    void nothingIsBookedForWhoIsNotInvited() {
        account("anna", ALWAYS);
        enqueue("anna", "kamala-eriksen", "\"campaign\":\"spring\",\"note\":\"Hi Kamala\"");
        suppress("kamala-eriksen");

        assertThat(releases.round()).isZero();

        assertThat(query("select 1 from ledger union all select 1 from note_use union all select 1 from task"))
                .isEmpty();
        assertThat(query("select share_tag from campaign where name = 'spring'"))
                .containsExactly("0");
        assertThat(query("select bucket_anchor is null and reason = 'QUEUE_EMPTY' from pace"))
                .containsExactly("t");
    }

    @Test
    void whoIsConnectedAlreadyIsNotInvited() {
        account("anna", ALWAYS);
        long draft = enqueue("anna", "kamala-eriksen");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at, ended_at)"
                + " values ('anna', 'kamala-eriksen', 2, 0, 'ACCEPTED', now(), now())");

        assertThat(releases.round()).isZero();

        assertCancelled("anna", draft, "ALREADY_CONNECTED");
    }

    @Test
    void ofTeammatesWithTheSamePersonOneInvitesEvenInOneBatch() {
        for (String account : List.of("anna", "bert", "carl")) {
            account(account, TEAM);
        }
        account("dora", ALWAYS);
        for (String account : List.of("anna", "bert", "carl", "dora")) {
            enqueueBefore(account);
        }

        assertThat(releases.round()).isEqualTo(2);

        assertThat(query("select account from ledger order by account")).containsExactly("anna", "dora");
        assertThat(query("select account || ' ' || (detail ->> 'reason') from history"
                        + " where event = 'invitation.cancelled' order by account"))
                .containsExactly("bert CONTACTED_BY_TEAMMATE", "carl CONTACTED_BY_TEAMMATE");
    }

    @Test
    void whileATeammatesReplicaIsAtThePersonTheDraftWaits() throws Exception {
        account("anna", TEAM);
        enqueueBefore("anna");
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock = other.prepareStatement(
                    "select pg_advisory_xact_lock(hashtextextended('sales/kamala-eriksen', 0))")) {
                lock.execute();
            }
            assertThat(releases.round()).isZero();
            assertThat(query("select state from invitation")).containsExactly("QUEUED");
            assertThat(query("select due_at <= service_now() from pace")).containsExactly("t");
            other.rollback();
        }
        assertThat(releases.round()).isEqualTo(1);
    }

    @Test
    void aTeammatesInvitationCountsForTheGroupWindow() {
        account("anna", TEAM + ",\"groupWindow\":\"P10D\",\"cooldown\":\"PT0S\"");
        account("bert", TEAM + ",\"groupWindow\":\"P10D\"");
        long first = enqueue("anna", "kamala-eriksen");
        releases.round();
        report("anna", first, "SENT", "");
        report("anna", first, "DECLINED", "");
        enqueueBefore("bert");
        setTime(MONDAY_8.plus(Duration.ofDays(10)).minusSeconds(1));
        releases.round();
        assertThat(query("select detail ->> 'reason' from history where event = 'invitation.cancelled'"))
                .containsExactly("CONTACTED_BY_TEAMMATE");

        enqueueBefore("bert");
        setTime(MONDAY_8.plus(Duration.ofDays(10)));
        assertThat(releases.round()).isEqualTo(1);
    }

    /** As if it had been enqueued before anything was known of the person. */
    private void enqueueBefore(String account) {
        execute("insert into campaign (account, name, created_at) values ('" + account
                + "', '', service_now()) on conflict do nothing");
        execute("insert into invitation (account, profile, degree, priority, state, queued_at) values ('" + account
                + "', 'kamala-eriksen', 2, 0, 'QUEUED', service_now())");
        execute("update pace set due_at = service_now() where account = '" + account + "'");
    }

    private void suppress(String profile) {
        execute("insert into suppression (profile, actor, at) values ('" + profile + "', 'test', service_now())");
    }

    private void assertCancelled(String account, long invitation, String reason) {
        assertThat(state(account, invitation)).isEqualTo("CANCELLED");
        assertThat(get("/api/v1/accounts/" + account + "/invitations/" + invitation + "/history")
                        .getString("items[-1].event"))
                .isEqualTo("invitation.cancelled");
        assertThat(query("select detail ->> 'reason' from history where invitation = " + invitation
                        + " and event = 'invitation.cancelled'"))
                .containsExactly(reason);
    }
}
