package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

import dev.invitepacer.account.Ledger;

/** Counts what was sent by hand and is over by now, under the cap at its own instant and once. */
@ApplicationScoped
class EarlierInvitations {
    private final Ledger ledger;

    EarlierInvitations(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Books one, unless it is booked already. */
    void count(String account, Instant at, ExportTally tally) {
        int many = tally.nextWithoutInvitation(at);
        if (ledger.bookedWithoutInvitation(account, at) >= many) {
            tally.already++;
        } else {
            tally.earlier++;
            ledger.bookByHand(account, at);
        }
    }
}
