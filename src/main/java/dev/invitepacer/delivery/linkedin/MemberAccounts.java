package dev.invitepacer.delivery.linkedin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.AccountChanges;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.time.ServiceClock;

/** The accounts in the database. Each call is a transaction of its own, and over before LinkedIn is asked. */
@ApplicationScoped
class MemberAccounts implements Inviters {
    private static final String ACTOR = "linkedin";

    private final Accounts accounts;
    private final AccountChanges changes;
    private final ServiceClock clock;

    MemberAccounts(Accounts accounts, AccountChanges changes, ServiceClock clock) {
        this.accounts = accounts;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    @Transactional
    public String tokenOf(String account) {
        return Optional.ofNullable(accounts.settings(account).linkedinToken()).orElse(account);
    }

    @Override
    public void pause(String account, String reason) {
        changes.pauseUnlessPaused(account, reason, ACTOR);
    }

    @Override
    public Instant now() {
        return clock.now();
    }
}
