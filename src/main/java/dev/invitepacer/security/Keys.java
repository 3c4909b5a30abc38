package dev.invitepacer.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The keys. Each call is a transaction; changes follow one another, on all instances. */
@ApplicationScoped
class Keys {
    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final String COLUMNS =
            "id, name, role, accounts, created_at, created_by, expires_at, revoked_at, revoked_by, last_used_at";
    private static final String OPENS = "revoked_at is null and (expires_at is null or expires_at > now())";

    private final Session entities;

    Keys(Session entities) {
        this.entities = entities;
    }

    /** All, those that open nothing any more too, by id. Index: the key. */
    @Transactional
    List<ApiKey> page(long after, int most) {
        return rows("where id > :id order by id limit " + most, after);
    }

    @Transactional
    ApiKey known(String id) {
        return (id.matches("[0-9]{1,18}") ? rows("where id = :id", Long.parseLong(id)) : List.<ApiKey>of())
                .stream().findFirst().orElseThrow(Keys::unknown);
    }

    @Transactional
    ApiKey make(KeyForm form, String actor) {
        if (form.expiresAt() != null && !form.expiresAt().isAfter(now())) {
            throw Problem.of(
                    Code.INVALID, List.of(new Problem.Violation("expiresAt", "must lie ahead, by the real calendar")));
        }
        ApiKey made = insert(form, Token.random(Token.KEY), actor);
        LOG.infof("Key %d was made by %s: %s", made.id(), actor, made.role());
        return made;
    }

    /** Another key like it; the old one opens for as long as told. */
    @Transactional
    ApiKey rotate(String id, Duration overlap, String actor) {
        lock();
        ApiKey old = known(id);
        if (old.revokedAt() != null
                || old.expiresAt() != null && !old.expiresAt().isAfter(now())) {
            throw Problem.of(
                    Code.KEY_UNKNOWN, "The key is revoked or expired; POST /api/v1/keys makes one in its place.");
        }
        ApiKey made = insert(
                new KeyForm(old.name(), old.role(), old.accounts(), old.expiresAt()), Token.random(Token.KEY), actor);
        entities.createNativeMutationQuery("""
                update api_key
                   set expires_at = least(expires_at, now() + make_interval(secs => :seconds))
                 where id = :id""")
                .setParameter("seconds", overlap.toSeconds())
                .setParameter("id", old.id())
                .executeUpdate();
        LOG.infof("Key %d was made by %s to follow key %d", made.id(), actor, old.id());
        return made;
    }

    /** From the commit on it opens nothing, nor do its sessions. Again does nothing. */
    @Transactional
    void revoke(String id, String actor) {
        lock();
        ApiKey key = known(id);
        if (key.revokedAt() != null) {
            return;
        }
        if (key.role() == Role.ADMIN && !hasAdminBeside(key.id())) {
            throw Problem.of(
                    Code.LAST_ADMIN_KEY,
                    "No other admin key that does not expire would be left; make one first with POST /api/v1/keys.");
        }
        entities.createNativeMutationQuery("""
                update api_key
                   set revoked_at = now(), revoked_by = :actor
                 where id = :id""")
                .setParameter("actor", actor)
                .setParameter("id", key.id())
                .executeUpdate();
        entities.createNativeMutationQuery("delete from console_session where key = :id")
                .setParameter("id", key.id())
                .executeUpdate();
        LOG.infof("Key %d was revoked by %s", key.id(), actor);
    }

    /** Within a transaction of the caller's: lets one instance at a time change keys. */
    void lock() {
        entities.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtext('pacer.api_key')) as text)", String.class)
                .addScalar("pg_advisory_xact_lock", String.class)
                .getSingleResult();
    }

    /** Whether any key that opens something lets an admin in. */
    boolean hasAdmin() {
        return exists("role = 'ADMIN' and " + OPENS, 0);
    }

    /** Whether there is, or was, this key. Index: api_key_hash_key. */
    boolean knows(Token key) {
        return entities.createNativeQuery("select exists (select from api_key where hash = :hash)", Boolean.class)
                .addScalar("exists", Boolean.class)
                .setParameter("hash", key.hash())
                .getSingleResult();
    }

    private boolean hasAdminBeside(long id) {
        return exists("role = 'ADMIN' and id <> :id and revoked_at is null and expires_at is null", id);
    }

    private boolean exists(String condition, long id) {
        var query = entities.createNativeQuery(
                        "select exists (select from api_key where " + condition + ")", Boolean.class)
                .addScalar("exists", Boolean.class);
        if (condition.contains(":id")) {
            query.setParameter("id", id);
        }
        return query.getSingleResult();
    }

    ApiKey insert(KeyForm form, Token token, String actor) {
        Long id = entities.createNativeQuery("""
                insert into api_key (name, hash, role, accounts, created_by, expires_at)
                values (:name, :hash, :role, cast(:accounts as text[]), :actor, cast(:expiresAt as timestamptz))
                returning id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("name", form.name())
                .setParameter("hash", token.hash())
                .setParameter("role", form.role().name())
                .setParameter(
                        "accounts",
                        form.accounts() == null ? null : form.accounts().toArray(String[]::new),
                        String[].class)
                .setParameter("actor", actor)
                .setParameter("expiresAt", form.expiresAt(), Instant.class)
                .getSingleResult();
        return rows("where id = :id", id).get(0).with(token);
    }

    private Instant now() {
        return entities.createNativeQuery("select now()", Instant.class)
                .addScalar("now", Instant.class)
                .getSingleResult();
    }

    private List<ApiKey> rows(String which, long id) {
        return entities
                .createNativeQuery("select " + COLUMNS + " from api_key " + which, Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("name", String.class)
                .addScalar("role", String.class)
                .addScalar("accounts", String[].class)
                .addScalar("created_at", Instant.class)
                .addScalar("created_by", String.class)
                .addScalar("expires_at", Instant.class)
                .addScalar("revoked_at", Instant.class)
                .addScalar("revoked_by", String.class)
                .addScalar("last_used_at", Instant.class)
                .setParameter("id", id)
                .getResultList()
                .stream()
                .map(Keys::read)
                .toList();
    }

    private static ApiKey read(Tuple row) {
        return new ApiKey(
                row.get("id", Long.class),
                row.get("name", String.class),
                Role.valueOf(row.get("role", String.class)),
                Optional.ofNullable(row.get("accounts", String[].class))
                        .map(List::of)
                        .orElse(null),
                row.get("created_at", Instant.class),
                row.get("created_by", String.class),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class),
                row.get("revoked_by", String.class),
                row.get("last_used_at", Instant.class),
                null);
    }

    private static RuntimeException unknown() {
        return Problem.of(Code.KEY_UNKNOWN, "There is no key of this id; GET /api/v1/keys lists them.");
    }
}
