package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.delivery.Tasks;

/** Reads what the policy needs to know of an account. */
@ApplicationScoped
class Outlook {
    private static final Duration DAY = Duration.ofHours(24);

    private final Session entities;
    private final Tasks tasks;

    Outlook(Session entities, Tasks tasks) {
        this.entities = entities;
        this.tasks = tasks;
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
                nextDay(account, settings, now),
                Math.max(0, settings.withdrawalsPerNight() - tasks.openWithdrawals(account)));
    }

    /** At most so many can be released in the next 24 hours: what waits, and what the interval lets through. */
    private int nextDay(String account, AccountSettings settings, Instant now) {
        // Indexes: invitation_queue, ledger_window.
        Tuple row = (Tuple) entities.createNativeQuery("""
                select (select count(*) from invitation where account = :account and state = 'QUEUED') as waiting,
                       (select count(*) from ledger
                         where account = :account and returned_at is null and at > cast(:now as timestamptz) - interval '168 hours') as released""", Tuple.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .getSingleResult();
        long waiting = row.get("waiting", Number.class).longValue();
        long released = row.get("released", Number.class).longValue();
        Duration interval = settings.spread()
                .interval(settings.activeHours().weekly(), settings.weeklyCap(), settings.burst(), waiting + released);
        long tokens = settings.calendar().between(now, now.plus(DAY)).dividedBy(interval) + settings.burst();
        return (int) Math.min(waiting, tokens);
    }
}
