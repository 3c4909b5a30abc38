package dev.invitepacer.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.time.ServiceClock;

/** One transaction of the retention. Where nothing is due it costs one look at an index. */
@ApplicationScoped
class RetentionBatch {
    private static final int MOST_ACCOUNTS = 100;
    private static final int MOST_ROWS = 500;

    private final Session entities;
    private final Anonymity anonymity;
    private final ServiceClock clock;
    private final Duration retention;

    RetentionBatch(Session entities, Anonymity anonymity, ServiceClock clock, PacerConfig config) {
        this.entities = entities;
        this.anonymity = anonymity;
        this.clock = clock;
        this.retention = config.people().retention();
    }

    /** Whether there was anything due in an account that was not busy before, and how many let go of their person. */
    record Outcome(boolean found, int erased) {}

    /**
     * Anonymises some of what is due.
     *
     * @param busy accounts to leave out; those that somebody else holds right now are added
     */
    @Transactional
    Outcome next(Set<String> busy) {
        Instant due = clock.now().minus(retention);
        List<String> candidates = candidates(due, busy);
        if (candidates.isEmpty()) {
            return new Outcome(false, 0);
        }
        List<String> locked = lock(candidates);
        candidates.stream().filter(account -> !locked.contains(account)).forEach(busy::add);
        return new Outcome(true, locked.isEmpty() ? 0 : erase(locked.toArray(String[]::new), due));
    }

    private int erase(String[] locked, Instant due) {
        Instant now = clock.now();
        List<Tuple> rows = due(locked, due, now);
        if (rows.isEmpty()) {
            return 0;
        }
        String[] owners =
                rows.stream().map(row -> row.get("account", String.class)).toArray(String[]::new);
        Long[] ids = rows.stream().map(row -> row.get("id", Long.class)).toArray(Long[]::new);
        anonymity.anonymise(owners, ids, true, now);
        entities.createNativeMutationQuery("""
                insert into history (account, invitation, at, event, actor, detail)
                select account, id, :now, 'invitation.erased', 'retention', cast('{"reason": "RETENTION"}' as jsonb)
                  from unnest(:accounts, :ids) as erased (account, id)""")
                .setParameter("now", now)
                .setParameter("accounts", owners)
                .setParameter("ids", ids)
                .executeUpdate();
        return ids.length;
    }

    /** Index: invitation_retention. */
    @SuppressWarnings("unchecked")
    private List<String> candidates(Instant due, Set<String> busy) {
        return entities.createNativeQuery("""
                select account
                  from (select account from invitation
                         where ended_at <= :due and erased_at is null and account <> all(:busy)
                           and (cooldown_until is null or cooldown_until <= (select service_now()))
                         order by ended_at
                         limit :rows) as over
                 group by account
                 limit :accounts""", String.class)
                .addScalar("account", String.class)
                .setParameter("due", due)
                .setParameter("busy", busy.toArray(String[]::new))
                .setParameter("rows", MOST_ROWS)
                .setParameter("accounts", MOST_ACCOUNTS)
                .getResultList();
    }

    /** Index: the key of pace. */
    @SuppressWarnings("unchecked")
    private List<String> lock(List<String> candidates) {
        return entities.createNativeQuery(
                        "select account from pace where account = any(:accounts) for update skip locked", String.class)
                .addScalar("account", String.class)
                .setParameter("accounts", candidates.toArray(String[]::new))
                .getResultList();
    }

    /** Index: invitation_retention. */
    private List<Tuple> due(String[] locked, Instant due, Instant now) {
        return entities.createNativeQuery("""
                select account, id from invitation
                 where ended_at <= :due and erased_at is null and account = any(:accounts)
                   and (cooldown_until is null or cooldown_until <= :now)
                 order by ended_at
                 limit :rows""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("id", Long.class)
                .setParameter("due", due)
                .setParameter("accounts", locked)
                .setParameter("now", now)
                .setParameter("rows", MOST_ROWS)
                .getResultList();
    }
}
