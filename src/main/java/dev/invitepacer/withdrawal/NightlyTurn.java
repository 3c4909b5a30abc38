package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.time.ServiceClock;

/** One account's night. Where there is much to expire it takes several transactions, and asks in the last. */
@ApplicationScoped
class NightlyTurn {
    private static final Duration PUT_OFF = Duration.ofMinutes(10);
    private static final String ACTOR = "nightly";

    private final Session entities;
    private final Accounts accounts;
    private final Cleaning cleaning;
    private final ServiceClock clock;

    NightlyTurn(Session entities, Accounts accounts, Cleaning cleaning, ServiceClock clock) {
        this.entities = entities;
        this.accounts = accounts;
        this.cleaning = cleaning;
        this.clock = clock;
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
        LocalDate night =
                latestNight(settings, dueAt, now).atZone(settings.timeZone()).toLocalDate();
        int asked = 0;
        if (take(account, night, now)) {
            int expired = cleaning.expire(account, ACTOR, now);
            if (expired == Cleaning.MOST_EXPIRED) {
                addExpired(account, night, expired);
                return 0;
            }
            asked = finish(account, settings, night, expired, now);
        }
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

    /** Takes the night, or goes on with it; false where it has run. Index: the key of nightly_run. */
    private boolean take(String account, LocalDate night, Instant now) {
        return entities.createNativeMutationQuery("""
                insert into nightly_run (account, night, at, expired, asked, pending_before, pending_after, unfinished)
                values (:account, :night, :now, 0, 0, 0, 0, true)
                on conflict (account, night) do update set at = excluded.at where nightly_run.unfinished""")
                        .setParameter("account", account)
                        .setParameter("night", night)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Index: the key of nightly_run. */
    private void addExpired(String account, LocalDate night, int expired) {
        entities.createNativeMutationQuery("""
                update nightly_run
                   set expired = nightly_run.expired + :expired
                 where account = :account and night = :night""")
                .setParameter("account", account)
                .setParameter("night", night)
                .setParameter("expired", expired)
                .executeUpdate();
    }

    /** Index: the key of nightly_run. */
    private int finish(String account, AccountSettings settings, LocalDate night, int expired, Instant now) {
        int before = ((Number) entities.createNativeQuery(
                                "select expired from nightly_run where account = :account and night = :night")
                        .setParameter("account", account)
                        .setParameter("night", night)
                        .getSingleResult())
                .intValue();
        Night done = cleaning.ask(account, settings, before + expired, ACTOR, now);
        entities.createNativeMutationQuery("""
                update nightly_run
                   set expired = :expired, asked = :asked, pending_before = :before, pending_after = :after, unfinished = false
                 where account = :account and night = :night""")
                .setParameter("account", account)
                .setParameter("night", night)
                .setParameter("expired", before + expired)
                .setParameter("asked", done.going().size())
                .setParameter("before", done.pending() + before + expired)
                .setParameter("after", done.pendingAfter())
                .executeUpdate();
        return done.going().size();
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
