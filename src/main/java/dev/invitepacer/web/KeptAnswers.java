package dev.invitepacer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

import dev.invitepacer.config.PacerConfig;

/**
 * The idempotency keys and the answers that were given under them. A key is held by one request at a time, with a lease
 * by the database's own clock: should the process die, the key is free again {@value #LEASE_SECONDS} seconds later. A
 * request that has lost its lease changes nothing here any more.
 */
@ApplicationScoped
public class KeptAnswers {
    static final int LEASE_SECONDS = 60;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final int LONGEST_HOURS = 1;
    private static final int MOST_ROWS = 1_000;

    private final Session entities;
    private final ObjectMapper json;
    private final Duration keep;
    private final LargestBody largestBody;
    private final long largestAnswer;

    KeptAnswers(Session entities, ObjectMapper json, PacerConfig config) {
        this.entities = entities;
        this.json = json;
        this.keep = config.idempotency().keep();
        this.largestBody = LargestBody.of(config.limits());
        this.largestAnswer = config.idempotency().answer().asLongValue();
    }

    /** What a key is to a request. */
    sealed interface Claim {
        /** The request's own, until it is answered. */
        record Held(UUID lease) implements Claim {}

        /** Held by an equal request. */
        record Running() implements Claim {}

        /** Used by a request with another method, address or body. */
        record Reused() implements Claim {}

        /** An equal request had this answer. */
        record Answered(int status, Map<String, String> headers, byte[] body) implements Claim {}
    }

    /** How large a body any call takes. */
    LargestBody largestBody() {
        return largestBody;
    }

    /** Takes the key for a request of this digest, if it is free. Index: the key. */
    @Transactional(TxType.REQUIRES_NEW)
    Claim claim(String scope, IdempotencyKey key, byte[] digest) {
        UUID lease = UUID.randomUUID();
        int taken = entities.createNativeMutationQuery("""
                insert into idempotency as known (scope, key, digest, lease, leased_until, began_at, keep_until)
                values (:scope, :key, :digest, :lease, clock_timestamp() + make_interval(secs => :seconds), clock_timestamp(),
                        service_now() + make_interval(secs => :keep))
                on conflict (scope, key) do update
                   set digest = excluded.digest, lease = excluded.lease, leased_until = excluded.leased_until,
                       began_at = excluded.began_at, keep_until = excluded.keep_until,
                       status = null, headers = null, body = null
                 where known.leased_until < clock_timestamp()
                    or known.leased_until is null and known.keep_until <= service_now()""")
                .setParameter("scope", scope)
                .setParameter("key", key.text())
                .setParameter("digest", digest)
                .setParameter("lease", lease)
                .setParameter("seconds", LEASE_SECONDS)
                .setParameter("keep", keep.toSeconds())
                .executeUpdate();
        return taken == 1 ? new Claim.Held(lease) : present(scope, key, digest);
    }

    private Claim present(String scope, IdempotencyKey key, byte[] digest) {
        List<?> rows = entities.createNativeQuery("""
                select digest, status, cast(headers as text) as headers, body
                  from idempotency
                 where scope = :scope and key = :key""", Tuple.class)
                .addScalar("digest", byte[].class)
                .addScalar("status", Integer.class)
                .addScalar("headers", String.class)
                .addScalar("body", byte[].class)
                .setParameter("scope", scope)
                .setParameter("key", key.text())
                .getResultList();
        if (rows.isEmpty()) {
            return new Claim.Running();
        }
        Tuple row = (Tuple) rows.get(0);
        if (!Arrays.equals(row.get("digest", byte[].class), digest)) {
            return new Claim.Reused();
        }
        Integer status = row.get("status", Integer.class);
        return status == null
                ? new Claim.Running()
                : new Claim.Answered(status, headers(row.get("headers", String.class)), row.get("body", byte[].class));
    }

    /** Keeps the answer of the request that holds the lease; a body that is null, or larger than the setting, is not kept. */
    @Transactional(TxType.REQUIRES_NEW)
    void answer(String scope, IdempotencyKey key, UUID lease, int status, Map<String, String> headers, byte[] body) {
        entities.createNativeMutationQuery("""
                update idempotency
                   set leased_until = null, status = :status, headers = cast(:headers as jsonb), body = :body
                 where scope = :scope and key = :key and lease = :lease and leased_until is not null""")
                .setParameter("scope", scope)
                .setParameter("key", key.text())
                .setParameter("lease", lease)
                .setParameter("status", status)
                .setParameter("headers", write(headers))
                .setParameter("body", body == null || body.length > largestAnswer ? null : body)
                .executeUpdate();
    }

    /** Gives the key back: its request failed and may be tried anew. */
    @Transactional(TxType.REQUIRES_NEW)
    void free(String scope, IdempotencyKey key, UUID lease) {
        entities.createNativeMutationQuery("""
                delete from idempotency
                 where scope = :scope and key = :key and lease = :lease and leased_until is not null""")
                .setParameter("scope", scope)
                .setParameter("key", key.text())
                .setParameter("lease", lease)
                .executeUpdate();
    }

    /** Renews the leases of requests that still run, for up to {@value #LONGEST_HOURS} hour. Index: idempotency_running. */
    @Transactional(TxType.REQUIRES_NEW)
    void renew(Set<UUID> leases) {
        entities.createNativeMutationQuery("""
                update idempotency
                   set leased_until = clock_timestamp() + make_interval(secs => :seconds)
                 where lease = any(:leases) and leased_until is not null
                   and began_at > clock_timestamp() - make_interval(hours => :hours)""")
                .setParameter("seconds", LEASE_SECONDS)
                .setParameter("hours", LONGEST_HOURS)
                .setParameter("leases", leases.toArray(UUID[]::new))
                .executeUpdate();
    }

    /** Deletes up to {@value #MOST_ROWS} keys that are kept no longer; says how many. Index: idempotency_kept. */
    @Transactional(TxType.REQUIRES_NEW)
    public int sweep() {
        return entities.createNativeMutationQuery("""
                delete from idempotency
                 where (scope, key) in (select scope, key from idempotency
                                         where keep_until <= (select service_now())
                                           and (leased_until is null or leased_until < clock_timestamp())
                                         order by keep_until
                                         limit :most)""")
                .setParameter("most", MOST_ROWS)
                .executeUpdate();
    }

    /**
     * Drops the bodies of kept answers in which any of these texts stands; the keys stay, so that nothing is done twice.
     * Reads every kept answer: for the erasure of a person, not for every day. Says how many it dropped.
     */
    @Transactional
    public int forget(List<String> texts) {
        int dropped = 0;
        for (String text : texts) {
            dropped += entities.createNativeMutationQuery("""
                    update idempotency
                       set body = null
                     where body is not null and position(convert_to(:text, 'UTF8') in body) > 0""")
                    .setParameter("text", text)
                    .executeUpdate();
        }
        return dropped;
    }

    private Map<String, String> headers(String kept) {
        try {
            return new LinkedHashMap<>(json.readValue(kept, HEADERS));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String write(Map<String, String> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
