package dev.invitepacer.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.account.EndpointNames;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The endpoints at rest. Each call is a transaction of its own, or part of the caller's. */
@ApplicationScoped
public class Endpoints implements EndpointNames {
    static final String NAME = "[a-z0-9-]{1,63}";
    static final int MOST = 1_000;

    /** Who turns one off: what is called there, by its answer. */
    private static final String RECEIVER = "webhook";

    private static final String COLUMNS = """
            select e.name, e.url, e.secret, e.off_since, e.off_reason, e.created_at, e.changed_at, e.changed_by,
                   case when e.previous_until > service_now() then e.previous_secret end as previous_secret,
                   case when e.previous_until > service_now() then e.previous_until end as previous_until
              from endpoint e
            """;

    private final Session entities;

    Endpoints(Session entities) {
        this.entities = entities;
    }

    /** The endpoint, or a 404 answer. */
    @Transactional
    public Endpoint known(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    @Transactional
    public Optional<Endpoint> find(String name) {
        return name.matches(NAME)
                ? read("where e.name = :key", name, 1).stream().findFirst()
                : Optional.empty();
    }

    /** Those after a name, in the order of names. Index: the key. */
    @Transactional
    List<Endpoint> page(String after, int most) {
        return read("where e.name > :key order by e.name", after, most);
    }

    @Override
    @Transactional
    public boolean holds(String endpoint) {
        return endpoint.matches(NAME)
                && !entities.createNativeQuery(
                                "select name from endpoint where name = :name for key share", String.class)
                        .addScalar("name", String.class)
                        .setParameter("name", endpoint)
                        .getResultList()
                        .isEmpty();
    }

    /** Makes it, unless there is one of this name or there are too many; says whether it did. */
    boolean insert(String name, String url, byte[] secret, String actor) {
        return entities.createNativeMutationQuery("""
                insert into endpoint (name, url, secret, created_at, changed_at, changed_by)
                select :name, :url, :secret, now, now, :actor
                  from service_now() as now
                 where (select count(*) from endpoint) < :most
                on conflict (name) do nothing""")
                        .setParameter("name", name)
                        .setParameter("url", url)
                        .setParameter("secret", secret)
                        .setParameter("actor", actor)
                        .setParameter("most", MOST)
                        .executeUpdate()
                == 1;
    }

    boolean move(String name, String url, String actor) {
        return entities.createNativeMutationQuery("""
                update endpoint
                   set url = :url, changed_at = service_now(), changed_by = :actor
                 where name = :name""")
                        .setParameter("name", name)
                        .setParameter("url", url)
                        .setParameter("actor", actor)
                        .executeUpdate()
                == 1;
    }

    /** The present secret becomes the previous one, which signs too for the overlap. */
    void rotate(String name, byte[] secret, Duration overlap, String actor) {
        entities.createNativeMutationQuery("""
                update endpoint
                   set previous_secret = secret, secret = :secret, changed_at = service_now(),
                       previous_until = service_now() + make_interval(secs => :overlap), changed_by = :actor
                 where name = :name""")
                .setParameter("name", name)
                .setParameter("actor", actor)
                .setParameter("secret", secret)
                .setParameter("overlap", overlap.toSeconds())
                .executeUpdate();
    }

    /** Sends nothing there from now on; says whether it was on. */
    @Transactional
    public boolean turnOff(String name, String reason) {
        return entities.createNativeMutationQuery("""
                update endpoint
                   set off_since = service_now(), off_reason = :reason, changed_at = service_now(), changed_by = :actor
                 where name = :name and off_since is null""")
                        .setParameter("name", name)
                        .setParameter("actor", RECEIVER)
                        .setParameter("reason", reason)
                        .executeUpdate()
                == 1;
    }

    /** Sends there again; says whether it was off. */
    boolean turnOn(String name, String actor) {
        return entities.createNativeMutationQuery("""
                update endpoint
                   set off_since = null, off_reason = null, changed_at = service_now(), changed_by = :actor
                 where name = :name and off_since is not null""")
                        .setParameter("name", name)
                        .setParameter("actor", actor)
                        .executeUpdate()
                == 1;
    }

    /** Locks it against accounts that begin to use it; says whether it is there. */
    boolean lock(String name) {
        return !entities.createNativeQuery("select name from endpoint where name = :name for update", String.class)
                .addScalar("name", String.class)
                .setParameter("name", name)
                .getResultList()
                .isEmpty();
    }

    /** Some of the accounts that use it, by name. Index: account_endpoint. */
    @Transactional
    public List<String> accounts(String name, int most) {
        return entities.createNativeQuery("""
                select account from account
                 where settings ->> 'endpoint' = :name and settings ->> 'endpoint' is not null
                 order by account""", String.class)
                .addScalar("account", String.class)
                .setParameter("name", name)
                .setMaxResults(most)
                .getResultStream()
                .map(String.class::cast)
                .toList();
    }

    /** Some of the subscriptions that use it, by name. Index: subscription_endpoint. */
    List<String> subscriptions(String name, int most) {
        return entities.createNativeQuery(
                        "select name from subscription where endpoint = :name order by name", String.class)
                .addScalar("name", String.class)
                .setParameter("name", name)
                .setMaxResults(most)
                .getResultStream()
                .map(String.class::cast)
                .toList();
    }

    void delete(String name) {
        entities.createNativeMutationQuery("delete from endpoint where name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    /** Encrypts anew what the previous key encrypted; says how many endpoints had such a secret. */
    @Transactional
    int seal(SecretBox box) {
        int anew = 0;
        for (Object found : entities.createNativeQuery(
                        "select name, secret, previous_secret from endpoint order by name for update", Tuple.class)
                .addScalar("name", String.class)
                .addScalar("secret", byte[].class)
                .addScalar("previous_secret", byte[].class)
                .getResultList()) {
            Tuple row = (Tuple) found;
            String name = row.get("name", String.class);
            byte[] secret = row.get("secret", byte[].class);
            byte[] previous = row.get("previous_secret", byte[].class);
            if (box.isOutdated(secret) || previous != null && box.isOutdated(previous)) {
                entities.createNativeMutationQuery(
                                "update endpoint set secret = :secret, previous_secret = cast(:previous as bytea) where name = :name")
                        .setParameter("name", name)
                        .setParameter("secret", sealAnew(box, name, secret))
                        .setParameter("previous", previous == null ? null : sealAnew(box, name, previous))
                        .executeUpdate();
                anew++;
            }
        }
        return anew;
    }

    /** Each by itself: a secret that neither key opens is left as it is, and keeps no other from being sealed. */
    private static byte[] sealAnew(SecretBox box, String name, byte[] secret) {
        return box.isOutdated(secret) ? box.seal(name, box.open(name, secret)) : secret;
    }

    /** The 404 answer for an endpoint that there is not. */
    static RuntimeException unknown(String name) {
        return Problem.of(
                Code.ENDPOINT_UNKNOWN,
                name.matches(NAME)
                        ? "There is no endpoint " + name + "; PUT /api/v1/endpoints/" + name + " makes it."
                        : "An endpoint's name is 1 to 63 of a-z, 0-9 and hyphen.");
    }

    private List<Endpoint> read(String which, String key, int most) {
        return entities.createNativeQuery(COLUMNS + which, Tuple.class)
                .addScalar("name", String.class)
                .addScalar("url", String.class)
                .addScalar("secret", byte[].class)
                .addScalar("off_since", Instant.class)
                .addScalar("off_reason", String.class)
                .addScalar("created_at", Instant.class)
                .addScalar("changed_at", Instant.class)
                .addScalar("changed_by", String.class)
                .addScalar("previous_secret", byte[].class)
                .addScalar("previous_until", Instant.class)
                .setParameter("key", key)
                .setMaxResults(most)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(Endpoints::endpoint)
                .toList();
    }

    private static Endpoint endpoint(Tuple row) {
        List<byte[]> secrets = new ArrayList<>(List.of(row.get("secret", byte[].class)));
        if (row.get("previous_secret", byte[].class) != null) {
            secrets.add(row.get("previous_secret", byte[].class));
        }
        return new Endpoint(
                row.get("name", String.class),
                row.get("url", String.class),
                secrets,
                row.get("previous_until", Instant.class),
                row.get("off_since", Instant.class),
                row.get("off_reason", String.class),
                row.get("created_at", Instant.class),
                row.get("changed_at", Instant.class),
                row.get("changed_by", String.class));
    }
}
