package dev.invitepacer.events;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The subscriptions at rest, and how far each is in each account. Each call is a transaction of its own. */
@ApplicationScoped
class Subscriptions {
    static final String NAME = "[a-z0-9-]{1,63}";
    static final int MOST = 100;

    /** The database's clock; a live process ends a post well before. */
    private static final int LEASE_SECONDS = 120;

    private final Session entities;

    Subscriptions(Session entities) {
        this.entities = entities;
    }

    /** What one process is at: the events of one account after a position, for one subscription. */
    record Claim(
            UUID run,
            String subscription,
            String endpoint,
            List<String> types,
            String account,
            long position,
            int tries) {}

    @Transactional
    Subscription known(String name) {
        return list(name).stream()
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        Code.SUBSCRIPTION_UNKNOWN,
                        "There is no subscription of this name; GET /api/v1/subscriptions lists them."));
    }

    /** One, or all where the name is null. Indexes: the keys. */
    @Transactional
    List<Subscription> list(String name) {
        if (name != null && !name.matches(NAME)) {
            return List.of();
        }
        return entities
                .createNativeQuery("""
                select s.name, s.endpoint, s.types, s.accounts, s.created_at, s.changed_at, s.changed_by,
                       count(c.account) filter (where c.position < c.pending_to) as waiting,
                       count(c.account) filter (where c.failed_since is not null) as failed,
                       max(c.detail) as detail
                  from subscription s
                  left join subscription_cursor c on c.subscription = s.name
                 where cast(:name as text) is null or s.name = :name
                 group by s.name
                 order by s.name""", Tuple.class)
                .addScalar("name", String.class)
                .addScalar("endpoint", String.class)
                .addScalar("types", String[].class)
                .addScalar("accounts", String[].class)
                .addScalar("created_at", Instant.class)
                .addScalar("changed_at", Instant.class)
                .addScalar("changed_by", String.class)
                .addScalar("waiting", Long.class)
                .addScalar("failed", Long.class)
                .addScalar("detail", String.class)
                .setParameter("name", name)
                .getResultList()
                .stream()
                .map(row -> new Subscription(
                        row.get("name", String.class),
                        row.get("endpoint", String.class),
                        List.of(row.get("types", String[].class)),
                        List.of(row.get("accounts", String[].class)),
                        row.get("waiting", Long.class),
                        row.get("failed", Long.class),
                        row.get("detail", String.class),
                        row.get("created_at", Instant.class),
                        row.get("changed_at", Instant.class),
                        row.get("changed_by", String.class)))
                .toList();
    }

    /** Makes it, from the events that come from now on, or changes it; says whether it made it. */
    @Transactional
    boolean put(String name, String endpoint, List<String> types, List<String> accounts, String actor) {
        int changed = entities.createNativeMutationQuery("""
                update subscription
                   set endpoint = :endpoint, types = :types, accounts = :accounts, changed_at = service_now(),
                       changed_by = :actor
                 where name = :name""")
                .setParameter("name", name)
                .setParameter("actor", actor)
                .setParameter("endpoint", endpoint)
                .setParameter("types", types.toArray(String[]::new))
                .setParameter("accounts", accounts.toArray(String[]::new))
                .executeUpdate();
        if (changed == 1) {
            entities.createNativeMutationQuery("""
                    delete from subscription_cursor
                     where subscription = :name and cardinality(:accounts) > 0 and account <> all(:accounts)""")
                    .setParameter("name", name)
                    .setParameter("accounts", accounts.toArray(String[]::new))
                    .executeUpdate();
            return false;
        }
        int made = entities.createNativeMutationQuery("""
                insert into subscription (name, endpoint, types, accounts, seen, created_at, changed_at, changed_by)
                select :name, :endpoint, :types, :accounts, s.last, now, now, :actor
                  from event_series s, service_now() as now
                 where (select count(*) from subscription) < :most""")
                .setParameter("name", name)
                .setParameter("endpoint", endpoint)
                .setParameter("types", types.toArray(String[]::new))
                .setParameter("accounts", accounts.toArray(String[]::new))
                .setParameter("actor", actor)
                .setParameter("most", MOST)
                .executeUpdate();
        if (made == 0) {
            throw Problem.of(
                    Code.INVALID,
                    List.of(new Problem.Violation(
                            "subscription", "there are " + MOST + " subscriptions; delete one first")));
        }
        return true;
    }

    @Transactional
    boolean delete(String name) {
        return name.matches(NAME)
                && entities.createNativeMutationQuery("delete from subscription where name = :name")
                                .setParameter("name", name)
                                .executeUpdate()
                        == 1;
    }

    /** Tries again at once what has failed, or waits for its next try. */
    @Transactional
    int drive(String name) {
        return entities.createNativeMutationQuery("""
                update subscription_cursor
                   set tries = 0, next_try_at = service_now(), failed_since = null,
                       position = greatest(position, (select forgotten from event_series))
                 where subscription = :name and position < pending_to and run is null""")
                .setParameter("name", name)
                .executeUpdate();
    }

    /** Likewise, of all that go to an endpoint, which is on again; what has failed for good waits to be driven. */
    @Transactional
    void tryAgain(String endpoint) {
        entities.createNativeMutationQuery("""
                update subscription_cursor c
                   set next_try_at = service_now()
                  from subscription s
                 where s.endpoint = :endpoint and c.subscription = s.name and c.position < c.pending_to""")
                .setParameter("endpoint", endpoint)
                .executeUpdate();
    }

    /**
     * Looks at the events that came since, at most {@value Outbox#FURTHEST}, and notes for each account that has one up to
     * where it is to be told; says whether there may be more. Index: event_position.
     */
    @Transactional
    boolean notice(String name) {
        List<Tuple> ways = entities.createNativeQuery("""
                select s.seen, least(s.seen + :furthest, e.last) as upto, e.last
                  from subscription s, event_series e
                 where s.name = :name and s.seen < e.last
                   for update of s skip locked""", Tuple.class)
                .addScalar("seen", Long.class)
                .addScalar("upto", Long.class)
                .addScalar("last", Long.class)
                .setParameter("name", name)
                .setParameter("furthest", Outbox.FURTHEST)
                .getResultList();
        if (ways.isEmpty()) {
            return false;
        }
        long seen = ways.get(0).get("seen", Long.class);
        long upTo = ways.get(0).get("upto", Long.class);
        entities.createNativeMutationQuery("""
                insert into subscription_cursor as c (subscription, account, position, pending_to, next_try_at)
                select s.name, e.account, min(e.position) - 1, max(e.position), service_now()
                  from event e
                  join subscription s on s.name = :name
                 where e.position > :seen and e.position <= :upTo
                   and (cardinality(s.types) = 0 or e.type = any(s.types))
                   and (cardinality(s.accounts) = 0 or e.account = any(s.accounts))
                 group by s.name, e.account
                 order by e.account
                on conflict (subscription, account) do update
                   set position = case when c.position < c.pending_to then c.position else excluded.position end,
                       next_try_at = case when c.position < c.pending_to then c.next_try_at else excluded.next_try_at end,
                       pending_to = excluded.pending_to""")
                .setParameter("name", name)
                .setParameter("seen", seen)
                .setParameter("upTo", upTo)
                .executeUpdate();
        entities.createNativeMutationQuery("update subscription set seen = :upTo where name = :name")
                .setParameter("name", name)
                .setParameter("upTo", upTo)
                .executeUpdate();
        return upTo < ways.get(0).get("last", Long.class);
    }

    /** Takes accounts of a subscription that are due and that nobody is at. Index: subscription_cursor_due. */
    @Transactional
    List<Claim> claim(String name, int most) {
        return entities
                .createNativeQuery("""
                with due as (
                  select subscription, account from subscription_cursor
                   where subscription = :name and position < pending_to and failed_since is null
                     and next_try_at <= (select service_now())
                     and (run is null or run_until < clock_timestamp())
                   order by next_try_at, account
                   limit :most
                     for update skip locked),
                taken as (
                  update subscription_cursor c
                     set run = gen_random_uuid(), run_until = clock_timestamp() + make_interval(secs => :lease)
                    from due
                   where c.subscription = due.subscription and c.account = due.account
                  returning c.*)
                select t.run, t.subscription, s.endpoint, s.types, t.account, t.position, t.tries
                  from taken t
                  join subscription s on s.name = t.subscription""", Tuple.class)
                .addScalar("run", UUID.class)
                .addScalar("subscription", String.class)
                .addScalar("endpoint", String.class)
                .addScalar("types", String[].class)
                .addScalar("account", String.class)
                .addScalar("position", Long.class)
                .addScalar("tries", Integer.class)
                .setParameter("name", name)
                .setParameter("most", most)
                .setParameter("lease", LEASE_SECONDS)
                .getResultList()
                .stream()
                .map(row -> new Claim(
                        row.get("run", UUID.class),
                        row.get("subscription", String.class),
                        row.get("endpoint", String.class),
                        List.of(row.get("types", String[].class)),
                        row.get("account", String.class),
                        row.get("position", Long.class),
                        row.get("tries", Integer.class)))
                .toList();
    }

    /** All up to here has been taken; the lease is renewed. False where it is lost: then nothing is written. */
    @Transactional
    boolean taken(Claim claim, long position) {
        return entities.createNativeMutationQuery("""
                update subscription_cursor
                   set position = :position, tries = 0, detail = null,
                       run_until = clock_timestamp() + make_interval(secs => :lease)
                 where subscription = :name and account = :account and run = :run""")
                        .setParameter("position", position)
                        .setParameter("lease", LEASE_SECONDS)
                        .setParameter("name", claim.subscription())
                        .setParameter("account", claim.account())
                        .setParameter("run", claim.run())
                        .executeUpdate()
                == 1;
    }

    /** Hands the account back after a good run. */
    @Transactional
    void release(Claim claim) {
        entities.createNativeMutationQuery("""
                update subscription_cursor
                   set run = null, run_until = null
                 where subscription = :name and account = :account and run = :run""")
                .setParameter("name", claim.subscription())
                .setParameter("account", claim.account())
                .setParameter("run", claim.run())
                .executeUpdate();
    }

    /** Hands it back after a try that failed. */
    @Transactional
    void failed(Claim claim, int tries, Optional<Instant> next, String detail) {
        entities.createNativeMutationQuery("""
                update subscription_cursor
                   set run = null, run_until = null, tries = :tries, detail = :detail,
                       next_try_at = coalesce(cast(:next as timestamptz), next_try_at),
                       failed_since = case when cast(:next as timestamptz) is null then service_now() end
                 where subscription = :name and account = :account and run = :run""")
                .setParameter("tries", tries)
                .setParameter("detail", detail)
                .setParameter("next", next.orElse(null))
                .setParameter("name", claim.subscription())
                .setParameter("account", claim.account())
                .setParameter("run", claim.run())
                .executeUpdate();
    }
}
