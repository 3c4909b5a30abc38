package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.time.ServiceClock;

/** The suppression list at rest. Each call is a transaction of its own, or part of the caller's. */
@ApplicationScoped
public class Suppressions {
    private final Session entities;
    private final Accounts accounts;
    private final ServiceClock clock;

    Suppressions(Session entities, Accounts accounts, ServiceClock clock) {
        this.entities = entities;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Transactional
    public Optional<Suppression> of(Profile person) {
        return read("where profile = :key", person.slug(), 1).stream().findFirst();
    }

    /** Those after a slug, in the order of slugs. Index: the key. */
    @Transactional
    List<Suppression> page(String after, int most) {
        return read("where profile > :key order by profile", after, most);
    }

    /** Puts a person on the list, or says anew why they are; says whether they were not on it. */
    @Transactional
    boolean put(Profile person, String reason, String actor) {
        Object isNew = entities.createNativeQuery("""
                insert into suppression (profile, reason, actor, at)
                values (:profile, :reason, :actor, :now)
                on conflict (profile) do update set reason = coalesce(excluded.reason, suppression.reason)
                returning xmax = 0 as is_new""", Boolean.class)
                .addScalar("is_new", Boolean.class)
                .setParameter("profile", person.slug())
                .setParameter("reason", reason)
                .setParameter("actor", actor)
                .setParameter("now", clock.now())
                .getSingleResult();
        return (Boolean) isNew;
    }

    /**
     * Puts people on the list, all or none; those who are on it stay as they are. Answers how many were not.
     *
     * @param reasons why, by slug; a reason may be null
     */
    @Transactional
    int add(Map<String, String> reasons, String actor) {
        // In one order, so that two lists with the same people do not wait for each other.
        Map<String, String> sorted = new TreeMap<>(reasons);
        return entities.createNativeMutationQuery("""
                insert into suppression (profile, reason, actor, at)
                select profile, reason, :actor, :now from unnest(:profiles, :reasons) as listed (profile, reason)
                on conflict (profile) do nothing""")
                .setParameter("actor", actor)
                .setParameter("now", clock.now())
                .setParameter("profiles", sorted.keySet().toArray(String[]::new))
                .setParameter("reasons", sorted.values().toArray(String[]::new))
                .executeUpdate();
    }

    /** Takes a person off the list; says whether they were on it. */
    @Transactional
    boolean remove(Profile person) {
        return entities.createNativeMutationQuery("delete from suppression where profile = :profile")
                        .setParameter("profile", person.slug())
                        .executeUpdate()
                == 1;
    }

    /** How many of these people are on the list. Index: the key. */
    @Transactional
    long countOf(Collection<String> slugs) {
        return ((Number) entities.createNativeQuery("select count(*) from suppression where profile = any(:profiles)")
                        .setParameter("profiles", slugs.toArray(String[]::new))
                        .getSingleResult())
                .longValue();
    }

    /** How many drafts to these people are queued, in all accounts. Index: invitation_person. */
    @Transactional
    long queuedOf(Collection<String> slugs) {
        return entities.createNativeQuery(
                        "select count(*) from invitation where profile = any(:profiles) and state = 'QUEUED'",
                        Long.class)
                .addScalar("count", Long.class)
                .setParameter("profiles", slugs.toArray(String[]::new))
                .getSingleResult();
    }

    /** The accounts in whose queues these people are, in the order of names. Index: invitation_person. */
    @Transactional
    @SuppressWarnings("unchecked")
    List<String> queuesOf(Collection<String> slugs) {
        return entities.createNativeQuery("""
                select distinct account from invitation
                 where profile = any(:profiles) and state = 'QUEUED'
                 order by account""", String.class)
                .addScalar("account", String.class)
                .setParameter("profiles", slugs.toArray(String[]::new))
                .getResultList();
    }

    /**
     * Cancels what is queued in one account to those of these people who are on the list; answers how many. None where the
     * account is gone. Index: invitation_live.
     */
    @Transactional
    int cancelIn(String account, Collection<String> slugs) {
        Optional<Pace> pace = accounts.tryLock(account);
        if (pace.isEmpty()) {
            return 0;
        }
        Instant now = clock.now();
        Number cancelled = (Number) entities.createNativeQuery("""
                with cancelled as (
                  update invitation
                     set state = 'CANCELLED', ended_at = :now
                   where account = :account and state = 'QUEUED'
                     and profile in (select profile from suppression where profile = any(:profiles))
                  returning id),
                told as (
                  insert into history (account, invitation, at, event, actor, detail)
                  select :account, id, :now, 'invitation.cancelled', 'suppression', cast('{"reason": "SUPPRESSED"}' as jsonb)
                    from cancelled)
                select count(*) from cancelled""")
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("profiles", slugs.toArray(String[]::new))
                .getSingleResult();
        if (cancelled.intValue() > 0) {
            pace.get().wake(now);
        }
        return cancelled.intValue();
    }

    /** A person's invitations in all accounts, counted by state. Index: invitation_person. */
    @Transactional
    Map<State, Long> statesOf(Profile person) {
        Map<State, Long> states = new EnumMap<>(State.class);
        entities.createNativeQuery(
                        "select state, count(*) as many from invitation where profile = :profile group by state",
                        Tuple.class)
                .setParameter("profile", person.slug())
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> states.put(
                        State.valueOf(row.get("state", String.class)),
                        row.get("many", Number.class).longValue()));
        return states;
    }

    private List<Suppression> read(String which, String key, int most) {
        return entities.createNativeQuery("select profile, reason, actor, at from suppression " + which, Tuple.class)
                .addScalar("profile", String.class)
                .addScalar("reason", String.class)
                .addScalar("actor", String.class)
                .addScalar("at", Instant.class)
                .setParameter("key", key)
                .setMaxResults(most)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(row -> Suppression.of(
                        row.get("profile", String.class),
                        row.get("reason", String.class),
                        row.get("actor", String.class),
                        row.get("at", Instant.class)))
                .toList();
    }
}
