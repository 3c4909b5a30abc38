package dev.invitepacer.security;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.Session;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Tick;

/** The console's sessions. They are in the database, so that any instance answers them, and end with their key. */
@ApplicationScoped
class Sessions {
    /** The most sessions of one key; beyond that its oldest ends. */
    static final int MOST_OF_A_KEY = 100;

    private static final int MOST_ROWS = 1_000;

    private final Session entities;
    private final Duration longest;
    private final Duration idle;

    Sessions(Session entities, PacerConfig config) {
        this.entities = entities;
        this.longest = config.security().session().longest();
        this.idle = config.security().session().idle();
    }

    /** How long one lasts at most. */
    Duration longest() {
        return longest;
    }

    /** Begins one of the key; says when it ends. */
    @Transactional
    Instant begin(Token session, Token key) {
        Instant ends = entities.createNativeQuery("""
                insert into console_session (hash, key, ends_at)
                select :hash, id, least(now() + make_interval(secs => :longest), expires_at)
                  from api_key
                 where hash = :key
                returning ends_at""", Instant.class)
                .addScalar("ends_at", Instant.class)
                .setParameter("hash", session.hash())
                .setParameter("longest", longest.toSeconds())
                .setParameter("key", key.hash())
                .getSingleResult();
        // Index: console_session_key.
        entities.createNativeMutationQuery("""
                delete from console_session
                 where hash in (select s.hash
                                  from console_session s
                                  join api_key k on k.id = s.key and k.hash = :key
                                 order by s.began_at desc
                                offset :most)""")
                .setParameter("key", key.hash())
                .setParameter("most", MOST_OF_A_KEY)
                .executeUpdate();
        return ends;
    }

    /** Ends one, if there is such a one. Index: the key. */
    @Transactional
    void end(Token session) {
        entities.createNativeMutationQuery("delete from console_session where hash = :hash")
                .setParameter("hash", session.hash())
                .executeUpdate();
    }

    @Scheduled(every = "10m", delayed = "40s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Ended sessions stay")
    void scheduled() {
        sweep();
    }

    /** Forgets sessions that have ended; says how many. They are few: every one was opened with a key. */
    @Transactional
    int sweep() {
        return entities.createNativeMutationQuery("""
                delete from console_session
                 where hash in (select hash from console_session
                                 where ends_at <= now() or seen_at <= now() - make_interval(secs => :idle)
                                 limit :most)""")
                .setParameter("idle", idle.toSeconds())
                .setParameter("most", MOST_ROWS)
                .executeUpdate();
    }
}
