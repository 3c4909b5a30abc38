package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.Session;

/**
 * Moves and cancels the queued drafts of a campaign, {@value #MOST} at a time, in the order in which they would go. The
 * caller holds the account's lock. Index: invitation_queue.
 */
@ApplicationScoped
class CampaignDrafts {
    static final int MOST = 10_000;

    private static final String FIRST = """
            select id from invitation
             where account = :account and state = 'QUEUED' and coalesce(campaign, '') = :campaign
             order by rank_at, id
             limit :most""";

    private final Session entities;

    CampaignDrafts(Session entities) {
        this.entities = entities;
    }

    int move(String account, String from, String to, Instant now, String actor) {
        return entities.createNativeMutationQuery("""
                with moved as (
                  update invitation
                     set campaign = nullif(:to, '')
                   where account = :account and id in (%s)
                  returning id)
                insert into history (account, invitation, at, event, actor, detail)
                select :account, id, :now, 'invitation.changed', :actor,
                       jsonb_build_object('campaign', nullif(:to, ''))
                  from moved""".formatted(FIRST))
                .setParameter("account", account)
                .setParameter("campaign", from)
                .setParameter("to", to)
                .setParameter("now", now)
                .setParameter("actor", actor)
                .setParameter("most", MOST)
                .executeUpdate();
    }

    int cancel(String account, String campaign, Instant now, String actor) {
        return entities.createNativeMutationQuery("""
                with cancelled as (
                  update invitation
                     set state = 'CANCELLED', ended_at = :now
                   where account = :account and id in (%s)
                  returning id)
                insert into history (account, invitation, at, event, actor, detail)
                select :account, id, :now, 'invitation.cancelled', :actor, jsonb_build_object('reason', 'CAMPAIGN')
                  from cancelled""".formatted(FIRST))
                .setParameter("account", account)
                .setParameter("campaign", campaign)
                .setParameter("now", now)
                .setParameter("actor", actor)
                .setParameter("most", MOST)
                .executeUpdate();
    }

    int queued(String account, String campaign) {
        return entities.createNativeQuery("""
                select cast(count(*) as int) from invitation
                 where account = :account and state = 'QUEUED' and coalesce(campaign, '') = :campaign""", Integer.class)
                .addScalar("count", Integer.class)
                .setParameter("account", account)
                .setParameter("campaign", campaign)
                .getSingleResult();
    }

    /** Those that are in the queue or may come back into it. Index: invitation_state. */
    int queuedOrReleased(String account, String campaign) {
        return entities.createNativeQuery("""
                select cast(count(*) as int) from invitation
                 where account = :account
                   and state in ('QUEUED', 'RELEASED')
                   and coalesce(campaign, '') = :campaign""", Integer.class)
                .addScalar("count", Integer.class)
                .setParameter("account", account)
                .setParameter("campaign", campaign)
                .getSingleResult();
    }
}
