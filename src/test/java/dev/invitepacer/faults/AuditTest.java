package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.invitepacer.ServiceTest;

/** An audit that never finds anything proves nothing: here each of its laws is broken once, behind the service's back. */
@QuarkusTest
class AuditTest extends ServiceTest {
    private static final String ALL_HOURS = AllHours.CAP_10;

    @BeforeEach
    void anAccountToWhichMuchHasHappened() {
        account("anna", ALL_HOURS);
        enqueueMany("anna", 14);
        releases.round();
        List<String> released = query("select id from invitation where state = 'RELEASED' order by id");
        report("anna", Long.parseLong(released.get(0)), "SENT", "");
        report("anna", Long.parseLong(released.get(1)), "ACCEPTED", "");
        report("anna", Long.parseLong(released.get(2)), "FAILED", "");
        report(
                "anna",
                Long.parseLong(released.get(3)),
                "REFUSED",
                "\"refusal\":\"COOLDOWN\",\"until\":\"" + now() + "\"");
        report("anna", Long.parseLong(released.get(4)), "SENT", "");
        json("").post("/api/v1/accounts/anna/invitations/" + released.get(4) + "/withdraw")
                .then()
                .statusCode(200);
        advance(Duration.ofHours(1680));
        releases.round();
    }

    @Test
    void findsNothingWhereNothingIsWrong() throws SQLException {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        insert into ledger (account, at, kind, invitation, cap) select account, at, kind, invitation, cap from ledger where returned_at is null order by id desc limit 1 | instead of
        update ledger set returned_at = null where returned_at is not null                                  | bookings that count
        update ledger set returned_at = at where id = (select max(id) from ledger)                          | bookings that count: 0 instead of 1
        delete from ledger where id = (select max(id) from ledger)                                          | not in the ledger
        update ledger set at = at - interval '1 second' where id = (select min(id) from ledger)             | is told as
        update ledger set cap = 11 where id = (select max(id) from ledger)                                  | went by cap 11 instead of 10
        update ledger set at = '2026-11-30T07:59:59Z'                                                       | releases in the 168 hours to
        update invitation set attempt = attempt + 1 where state = 'PENDING'                                 | releases in the history: 1 instead of 2
        update invitation set state = 'QUEUED' where state = 'PENDING'                                      | state in the history: PENDING instead of QUEUED
        delete from invitation where state = 'PENDING'                                                      | in the history and nowhere else
        delete from task where state = 'OPEN' and kind = 'SEND'                                             | open tasks to send: 0 instead of 1
        update task set state = 'DONE', closed_at = opened_at where state = 'OPEN' and kind = 'WITHDRAW'    | open tasks to withdraw: 0 instead of 1
        update task set state = 'OPEN', closed_at = null where outcome = 'SENT'                             | open tasks to send: 1 instead of 0
        delete from history where event = 'invitation.reported'                                             | state in the history: RELEASED instead of
        delete from history where id = (select max(id) from history where event = 'invitation.released')    | is not told
        update invitation set profile = 'person-1' where state in ('QUEUED', 'RELEASED')                    | are both live
        """)
    void findsWhatIsWrong(String tampering, String finding) throws SQLException {
        execute("drop index invitation_live");
        execute("alter table ledger disable trigger user");
        try {
            execute(tampering);
            assertThat(findings()).anySatisfy(found -> assertThat(found).contains(finding));
        } finally {
            execute("alter table ledger enable trigger user");
            execute("truncate account, ledger cascade");
            execute("create unique index invitation_live on invitation (account, profile)"
                    + " where state in ('QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING')");
        }
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.findings(connection);
        }
    }
}
