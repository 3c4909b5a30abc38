package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

/** Reads of a queue what a forecast shows besides. */
@ApplicationScoped
class QueueCounts {
    private final Session entities;

    QueueCounts(Session entities) {
        this.entities = entities;
    }

    /**
     * How many have not lapsed.
     *
     * @param paused of a paused campaign
     * @param later of the others, those that may not go before {@code instant}
     * @param noted all but these, as far as they have a note
     * @param bare all but these, as far as they have none
     */
    record Counts(int paused, int later, int noted, int bare) {
        /** With more drafts without a note, of which it does not say that they are paused or later. */
        Counts withMore(int more) {
            return new Counts(paused, later, noted, bare + more);
        }
    }

    /** Index: invitation_queue, the key of campaign. */
    Counts of(String account, Instant now, Instant instant) {
        Tuple row = entities.createNativeQuery("""
                select count(*) filter (where c.paused_at is not null) as paused,
                       count(*) filter (where c.paused_at is null and i.not_before > :instant) as later,
                       count(*) filter (where o.is_open and i.note is not null) as noted,
                       count(*) filter (where o.is_open and i.note is null) as bare
                  from invitation i
                  join campaign c on c.account = i.account and c.name = coalesce(i.campaign, '') collate "C"
                 cross join lateral (
                       select c.paused_at is null and (i.not_before is null or i.not_before <= :instant) as is_open) as o
                 where i.account = :account
                   and i.state = 'QUEUED'
                   and (i.lapses_at is null or i.lapses_at > :now)""", Tuple.class)
                .addScalar("paused", Integer.class)
                .addScalar("later", Integer.class)
                .addScalar("noted", Integer.class)
                .addScalar("bare", Integer.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("instant", instant)
                .getSingleResult();
        return new Counts(
                row.get("paused", Integer.class),
                row.get("later", Integer.class),
                row.get("noted", Integer.class),
                row.get("bare", Integer.class));
    }

    /** Whom invitations are to. Index: the key. */
    Map<Long, String> profiles(String account, Collection<Long> invitations) {
        Map<Long, String> profiles = new HashMap<>();
        entities.createNativeQuery(
                        "select id, profile from invitation where account = :account and id = any(:ids)", Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("profile", String.class)
                .setParameter("account", account)
                .setParameter("ids", invitations.toArray(Long[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> profiles.put(row.get("id", Long.class), row.get("profile", String.class)));
        return profiles;
    }
}
