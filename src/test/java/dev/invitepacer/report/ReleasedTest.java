package dev.invitepacer.report;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;

/** Begins with one invitation of one account, released on Monday at ten. */
abstract class ReleasedTest extends ServiceTest {
    static final Instant MONDAY_10 = Instant.parse("2026-11-23T10:00:00Z");

    long invitation;

    @BeforeEach
    void anInvitationIsReleased() {
        account("anna", "\"timeZone\":\"Europe/Oslo\"");
        invitation = enqueue("anna", "kamala-eriksen");
        setTime(MONDAY_10);
        releases.round();
    }

    long counted() {
        return count("select count(*) from ledger where account = 'anna' and returned_at is null");
    }
}
