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

    /**
     * Of a long queue most may go. So all are counted in the indexes, and read is only what is set apart: what lapsed, may not go
     * yet, or is of a paused campaign. Indexes: invitation_queue, invitation_queue_noted, invitation_not_before,
     * invitation_lapse, the key of campaign.
     */
    Counts of(String account, Instant now, Instant instant) {
        Tuple row = entities.createNativeQuery("""
                with apart as materialized (
                  select i.id, i.note is not null as is_noted, c.paused_at is not null as is_paused,
                         coalesce(i.lapses_at <= :now, false) as is_lapsed
                    from (select id
                            from invitation
                           where account = :account and state = 'QUEUED' and not_before > :instant
                          union
                          select id
                            from invitation
                           where account = :account and state = 'QUEUED' and lapses_at <= :now
                          union
                          select i.id
                            from campaign c
                            join invitation i on i.account = c.account
                                             and coalesce(i.campaign, '') = c.name collate "default"
                           where c.account = :account and c.paused_at is not null and i.state = 'QUEUED') as found
                    join invitation i on i.account = :account and i.id = found.id
                    join campaign c on c.account = i.account and c.name = coalesce(i.campaign, '') collate "C")
                select a.paused, a.later, n.noted - a.noted as noted, q.queued - n.noted - a.bare as bare
                  from (select count(*) as queued
                          from invitation
                         where account = :account and state = 'QUEUED') as q
                 cross join (
                       select count(*) as noted
                         from invitation
                        where account = :account and state = 'QUEUED' and note is not null) as n
                 cross join (
                       select count(*) filter (where is_paused and not is_lapsed) as paused,
                              count(*) filter (where not is_paused and not is_lapsed) as later,
                              count(*) filter (where is_noted) as noted,
                              count(*) filter (where not is_noted) as bare
                         from apart) as a""", Tuple.class)
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
