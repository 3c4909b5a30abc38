package dev.invitepacer.security;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;

/**
 * Finds whom a key or a session's cookie lets in: one statement a request, by the hash, and none is remembered, so that a
 * key that is revoked opens nothing from that moment on, on every instance.
 */
@ApplicationScoped
class Entrants {
    private static final Logger LOG = Logger.getLogger(Entrants.class);

    private final AgroalDataSource database;
    private final Duration idle;

    Entrants(AgroalDataSource database, PacerConfig config) {
        this.database = database;
        this.idle = config.security().session().idle();
    }

    /** The database is in trouble. The failure mapper looks at the cause. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreachable(SQLException cause) {
            super(cause);
        }
    }

    /**
     * Whom a key lets in.
     *
     * @param isUse whether that counts as a use; asking whether somebody is still let in is none
     */
    // Index: api_key_hash_key.
    Optional<Entrant> byKey(Token key, boolean isUse) {
        return found(key.hash(), null, isUse, """
                select id, name, role, accounts, expires_at,
                       last_used_at is null or last_used_at < now() - interval '1 minute' as is_stale
                  from api_key
                 where hash = ?
                   and revoked_at is null and (expires_at is null or expires_at > now())""", """
                update api_key
                   set last_used_at = now()
                 where hash = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')""");
    }

    /** Whom a session lets in; likewise. Indexes: the keys of both tables. */
    Optional<Entrant> bySession(Token session, boolean isUse) {
        return found(session.hash(), idle, isUse, """
                select k.id, k.name, k.role, k.accounts, least(s.ends_at, k.expires_at) as expires_at,
                       s.seen_at < now() - interval '1 minute' as is_stale
                  from console_session s
                  join api_key k on k.id = s.key
                 where s.hash = ?
                   and s.ends_at > now() and s.seen_at > now() - make_interval(secs => ?)
                   and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())""", """
                with seen as (
                  update console_session set seen_at = now() where hash = ? returning key)
                update api_key k
                   set last_used_at = now()
                  from seen
                 where k.id = seen.key and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')""").map(entrant -> entrant.in(session, entrant.expiresAt()));
    }

    /** A key that lets nobody in any more. */
    record Former(String actor, boolean isRevoked) {}

    /** Whose key this was. Index: api_key_hash_key. */
    Optional<Former> former(Token key) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select id, name, revoked_at is not null as is_revoked
                          from api_key
                         where hash = ?""")) {
            statement.setBytes(1, key.hash());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Former(
                                ApiKey.actor(row.getLong("id"), row.getString("name")), row.getBoolean("is_revoked")))
                        : Optional.empty();
            }
        } catch (SQLException trouble) {
            throw new Unreachable(trouble);
        }
    }

    private Optional<Entrant> found(byte[] hash, Duration idle, boolean isUse, String query, String touch) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBytes(1, hash);
            if (idle != null) {
                statement.setDouble(2, idle.toSeconds());
            }
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Entrant entrant = read(row);
                if (isUse && row.getBoolean("is_stale")) {
                    touch(connection, touch, hash);
                }
                return Optional.of(entrant);
            }
        } catch (SQLException trouble) {
            throw new Unreachable(trouble);
        }
    }

    private static Entrant read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String name = row.getString("name");
        Array accounts = row.getArray("accounts");
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        Instant expiresAt = expires == null ? null : expires.toInstant();
        return new Entrant(
                ApiKey.actor(id, name),
                name,
                "key:" + id,
                Role.valueOf(row.getString("role")),
                accounts == null ? null : Set.of((String[]) accounts.getArray()),
                expiresAt,
                null);
    }

    /** Worth less than the request: a database that takes no writes still lets readers in. */
    private static void touch(Connection connection, String statement, byte[] hash) {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setBytes(1, hash);
            update.executeUpdate();
        } catch (SQLException trouble) {
            LOG.debugf("When a key was used last is not noted: %s", trouble.getMessage());
        }
    }
}
