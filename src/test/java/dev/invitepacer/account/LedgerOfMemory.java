package dev.invitepacer.account;

import java.time.Instant;

/** A ledger that keeps its rows elsewhere than in a database: opens what only this room sees. */
public abstract class LedgerOfMemory extends Ledger {
    protected LedgerOfMemory() {
        super(null);
    }

    @Override
    public abstract int countOfWeek(String account, Instant at);
}
