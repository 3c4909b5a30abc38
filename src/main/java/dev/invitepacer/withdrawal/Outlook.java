package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.ReleaseOutlook;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.pacing.ReleaseWindow;

/** Reads what decides about an account's withdrawals. Under its lock the answer is the truth; without, a reader's view. */
@ApplicationScoped
class Outlook {
    private static final Duration DAY = ReleaseWindow.DAY;

    private final Session entities;
    private final Tasks tasks;
    private final ReleaseOutlook releases;
    private final Duration expiry;

    Outlook(Session entities, Tasks tasks, ReleaseOutlook releases, PacerConfig config) {
        this.entities = entities;
        this.tasks = tasks;
        this.releases = releases;
        this.expiry = config.withdrawal().expiry();
    }

    /** What a run at {@code at} asks for if nothing changes from {@code now} until then. */
    Night night(String account, AccountSettings settings, Instant now, Instant at) {
        List<WithdrawalPolicy.Pending> all = pending(account);
        List<WithdrawalPolicy.Pending> unexpired = all.stream()
                .filter(one -> one.since().isAfter(at.minus(expiry)))
                .toList();
        ReleaseOutlook.Foreseen foreseen = releases.foresee(account, now, at, DAY);
        return Night.of(
                unexpired,
                new Night.Limits(settings.withdrawAfter(), settings.pendingThreshold()),
                allowance(account, settings, now).without(leaving(all) - leaving(unexpired)),
                foreseen.until(),
                foreseen.afterwards(),
                at,
                settings.withdrawOver());
    }

    /** What people and the nightly run may still ask for. */
    Allowance allowance(String account, AccountSettings settings, Instant now) {
        List<Tasks.Withdrawal> asked = tasks.withdrawals(account, now.minus(DAY));
        List<Tasks.Withdrawal> done =
                asked.stream().filter(one -> !one.isOpen()).toList();
        return new Allowance(
                settings.withdrawalsPerNight(), asked.size() - done.size(), instants(asked), instants(done));
    }

    private static ReleaseWindow instants(List<Tasks.Withdrawal> withdrawals) {
        return ReleaseWindow.of(withdrawals.stream().map(Tasks.Withdrawal::at).toList());
    }

    private static int leaving(List<WithdrawalPolicy.Pending> pending) {
        return (int) pending.stream().filter(WithdrawalPolicy.Pending::leaving).count();
    }

    /** All that counts as pending, oldest first. Index: invitation_pending. */
    private List<WithdrawalPolicy.Pending> pending(String account) {
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
}
