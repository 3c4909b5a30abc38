package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/** Counts what became of the invitations of campaigns. */
@ApplicationScoped
class CampaignCounts {
    private final Session entities;

    CampaignCounts(Session entities) {
        this.entities = entities;
    }

    /** The campaigns with their counts. Indexes: invitation_campaign, task_invitation. */
    List<CampaignView> views(String account, List<Campaign> campaigns) {
        Map<String, Tuple> counts = new HashMap<>();
        entities.createNativeQuery("""
                select coalesce(campaign, '') as name,
                       count(*) filter (where state = 'QUEUED')                    as queued,
                       count(*) filter (where state = 'RELEASED')                  as released,
                       count(*) filter (where state in ('PENDING', 'WITHDRAWING')) as pending,
                       count(*) filter (where state = 'ACCEPTED' and not %s) as accepted,
                       count(*) filter (where state = 'DECLINED')                  as declined,
                       count(*) filter (where state = 'WITHDRAWN')                 as withdrawn
                  from invitation i
                 where account = :account and coalesce(campaign, '') = any(:names)
                 group by 1""".formatted(ConnectedAlready.CONDITION), Tuple.class)
                .setParameter("account", account)
                .setParameter("names", campaigns.stream().map(one -> one.name).toArray(String[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> counts.put(row.get("name", String.class), row));
        return campaigns.stream()
                .map(campaign -> view(campaign, counts.get(campaign.name)))
                .toList();
    }

    private static CampaignView view(Campaign campaign, Tuple counts) {
        return new CampaignView(
                Campaigns.shown(campaign.name),
                campaign.weight,
                campaign.pausedAt != null,
                count(counts, "queued"),
                count(counts, "released"),
                count(counts, "pending"),
                count(counts, "accepted"),
                count(counts, "declined"),
                count(counts, "withdrawn"));
    }

    private static int count(Tuple counts, String state) {
        return counts == null ? 0 : counts.get(state, Number.class).intValue();
    }
}
