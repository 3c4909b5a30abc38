package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.ReleaseOutlook;
import dev.invitepacer.delivery.Tasks;

/** Reads what the policy needs to know of an account. */
@ApplicationScoped
class Outlook {
    private static final Duration DAY = Duration.ofHours(24);

    private final Session entities;
    private final Tasks tasks;
    private final ReleaseOutlook releases;

    Outlook(Session entities, Tasks tasks, ReleaseOutlook releases) {
        this.entities = entities;
        this.tasks = tasks;
        this.releases = releases;
    }

    /** All that counts as pending, oldest first. Index: invitation_pending. */
    List<WithdrawalPolicy.Pending> pending(String account) {
        return entities.createNativeQuery("""
                select id, pending_since,
                       state = 'PENDING' and not keep as withdrawable,
                       state = 'WITHDRAWING' as leaving
                  from invitation
                 where account = :account and state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                 order by pending_since, id""", Tuple.class)
                .setParameter("account", account)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(row -> new WithdrawalPolicy.Pending(
                        row.get("id", Number.class).longValue(),
                        row.get("pending_since", Instant.class),
                        row.get("withdrawable", Boolean.class),
                        row.get("leaving", Boolean.class)))
                .toList();
    }

    /** The policy for tonight. What is asked for and not yet done is part of the allowance. */
    WithdrawalPolicy policy(String account, AccountSettings settings, Instant now) {
        return new WithdrawalPolicy(
                settings.withdrawAfter(),
                settings.pendingThreshold(),
                releases.releasesWithin(account, now, DAY),
                Math.max(0, settings.withdrawalsPerNight() - tasks.openWithdrawals(account)));
    }
}
