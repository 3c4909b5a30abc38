package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.TaskState;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;

/** One account's night: what LinkedIn has dropped expires, and what should go is asked for. */
@ApplicationScoped
class NightlyTurn {
    private static final Duration PUT_OFF = Duration.ofMinutes(10);
    private static final String ACTOR = "nightly";

    private final Session entities;
    private final Accounts accounts;
    private final Invitations invitations;
    private final Tasks tasks;
    private final Outlook outlook;
    private final WithdrawalRequest request;
    private final Journal journal;
    private final ServiceClock clock;
    private final Duration expiry;

    NightlyTurn(
            Session entities,
            Accounts accounts,
            Invitations invitations,
            Tasks tasks,
            Outlook outlook,
            WithdrawalRequest request,
            Journal journal,
            ServiceClock clock,
            PacerConfig config) {
        this.entities = entities;
        this.accounts = accounts;
        this.invitations = invitations;
        this.tasks = tasks;
        this.outlook = outlook;
        this.request = request;
        this.journal = journal;
        this.clock = clock;
        this.expiry = config.withdrawal().expiry();
    }

    /** Whether an account was due, and what its run asked for. */
    record Outcome(boolean found, int asked) {}

    /** Takes one account whose night has come and that no other replica holds. */
    @Transactional
    public Outcome next() {
        // Index: pace_nightly.
        List<Tuple> due = entities.createNativeQuery("""
                select account, nightly_at from pace
                 where coalesce(nightly_retry_at, nightly_at) <= (select service_now())
                 order by coalesce(nightly_retry_at, nightly_at)
                 limit 1
                   for update skip locked""", Tuple.class).getResultList();
        if (due.isEmpty()) {
            return new Outcome(false, 0);
        }
        String account = due.get(0).get("account", String.class);
        try {
            return new Outcome(true, run(account, due.get(0).get("nightly_at", Instant.class)));
        } catch (RuntimeException failure) {
            throw new AccountFailed(account, failure);
        }
    }

    @Transactional
    public void putOff(String account) {
        entities.createNativeMutationQuery(
                        "update pace set nightly_retry_at = service_now() + make_interval(secs => :seconds) where account = :account")
                .setParameter("seconds", (double) PUT_OFF.toSeconds())
                .setParameter("account", account)
                .executeUpdate();
    }

    private int run(String account, Instant dueAt) {
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        Instant night = latestNight(settings, dueAt, now);
        boolean isFirst = entities.createNativeMutationQuery("""
                insert into nightly_run (account, night, at, expired, asked, pending_before, pending_after)
                values (:account, :night, :now, 0, 0, 0, 0)
                on conflict do nothing""")
                        .setParameter("account", account)
                        .setParameter("night", night.atZone(settings.timeZone()).toLocalDate())
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
        int asked = isFirst ? clean(account, settings, night, now) : 0;
        // Index: the key of pace.
        entities.createNativeMutationQuery("""
                update pace
                   set nightly_at = :next, nightly_retry_at = null, due_at = least(coalesce(due_at, :now), :now)
                 where account = :account""")
                .setParameter("account", account)
                .setParameter("next", settings.nightAfter(now))
                .setParameter("now", now)
                .executeUpdate();
        return asked;
    }

    /** The night that runs: after downtime the last of those that were missed, however late it is tried. */
    private static Instant latestNight(AccountSettings settings, Instant dueAt, Instant now) {
        Instant night = dueAt;
        for (Instant next = settings.nightAfter(night); !next.isAfter(now); next = settings.nightAfter(night)) {
            night = next;
        }
        return night;
    }

    private int clean(String account, AccountSettings settings, Instant night, Instant now) {
        int expired = expire(account, now);
        List<WithdrawalPolicy.Pending> pending = outlook.pending(account);
        List<WithdrawalPolicy.Choice> choices =
                outlook.policy(account, settings, now).choose(pending, now);
        choices.forEach(choice ->
                request.ask(invitations.known(account, choice.id()).orElseThrow(), choice.reason(), ACTOR, now));
        entities.flush();
        entities.createNativeMutationQuery("""
                update nightly_run
                   set expired = :expired, asked = :asked, pending_before = :before, pending_after = :after
                 where account = :account and night = :night""")
                .setParameter("account", account)
                .setParameter("night", night.atZone(settings.timeZone()).toLocalDate())
                .setParameter("expired", expired)
                .setParameter("asked", choices.size())
                .setParameter("before", pending.size() + expired)
                .setParameter("after", pending.size() - choices.size())
                .executeUpdate();
        journal.tell(
                account,
                null,
                now,
                "account.cleaned",
                ACTOR,
                Map.of(
                        "expired", expired,
                        "asked", choices.size(),
                        "pending", pending.size(),
                        "threshold", settings.pendingThreshold()));
        return choices.size();
    }

    /** Index: invitation_pending. */
    private int expire(String account, Instant now) {
        List<Invitation> expired = invitations.list(
                "account = ?1 and state in (RELEASED, PENDING, WITHDRAWING) and pendingSince <= ?2 order by pendingSince",
                account,
                now.minus(expiry));
        expired.forEach(invitation -> {
            invitation.end(State.EXPIRED, now);
            tasks.openOf(account, invitation.id).forEach(task -> task.close(TaskState.CANCELLED, "EXPIRED", now));
            journal.tell(account, invitation.id, now, "invitation.expired", ACTOR, Map.of());
        });
        entities.flush();
        return expired.size();
    }

    /** The run of one account failed. */
    static final class AccountFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String account;

        AccountFailed(String account, RuntimeException cause) {
            super(cause);
            this.account = account;
        }

        String account() {
            return account;
        }
    }
}
