package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

class DatabaseTroubleTest {
    @Test
    void aConnectionLostInTheMiddleIsADatabaseThatIsAway() {
        var failure = new IllegalStateException(new SQLException("An I/O error occurred", "08006"));

        assertThat(DatabaseTrouble.in(failure)).contains(Code.DATABASE_AWAY);
        assertThat(DatabaseTrouble.sentence(failure)).isEqualTo("An I/O error occurred");
    }

    @Test
    void aConnectionLostAtTheCommitIsADatabaseThatIsAwayToo() {
        var failed = new XAException("Error trying to transactionCommit local transaction");
        failed.initCause(new SQLException("FATAL: terminating connection due to administrator command", "57P01"));
        var rollback = new RollbackException("ARJUNA016053: Could not commit transaction.");
        rollback.addSuppressed(failed);
        var failure = new IllegalStateException("Error invoking subclass method", rollback);

        assertThat(DatabaseTrouble.in(failure)).contains(Code.DATABASE_AWAY);
        assertThat(DatabaseTrouble.sentence(failure)).startsWith("FATAL: terminating connection");
    }

    @Test
    void aDatabaseThatTakesNoChangesOrHasNoSpaceIsAwayToo() {
        assertThat(DatabaseTrouble.in(new SQLException("cannot execute INSERT in a read-only transaction", "25006")))
                .contains(Code.DATABASE_AWAY);
        assertThat(DatabaseTrouble.in(new SQLException("could not extend file: No space left on device", "53100")))
                .contains(Code.DATABASE_AWAY);
    }

    @Test
    void anErrorOfOursIsNoTroubleOfTheDatabase() {
        assertThat(DatabaseTrouble.in(new IllegalStateException(new SQLException("syntax error", "42601"))))
                .isEmpty();
    }
}
