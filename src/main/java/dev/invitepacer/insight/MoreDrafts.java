package dev.invitepacer.insight;

import java.util.ArrayList;
import java.util.List;

import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.QueuedCampaign;
import dev.invitepacer.pacing.QueuedDraft;
import dev.invitepacer.pacing.Rank;
import dev.invitepacer.pacing.Shares;

/** A queue with more drafts in it: queued now, of second degree, without campaign, note or dates. */
final class MoreDrafts {
    /** Far above any invitation's. */
    private static final long FIRST_ID = 1L << 62;

    private static final int DEGREE = 2;

    private MoreDrafts() {}

    static Forecast.Inputs in(Forecast.Inputs inputs, int more) {
        List<QueuedCampaign> campaigns = new ArrayList<>(inputs.campaigns());
        QueuedCampaign none = campaigns.stream()
                .filter(campaign -> campaign.name().isEmpty())
                .findFirst()
                .orElse(QueuedCampaign.whole(new Shares.Campaign("", 1, 0, false), false, List.of()));
        campaigns.removeIf(campaign -> campaign.name().isEmpty());
        // What comes after drafts that were not read is not read either.
        List<QueuedDraft> drafts = new ArrayList<>(none.drafts());
        for (int i = 0; none.bareUpTo() == null && i < more; i++) {
            drafts.add(QueuedDraft.plain(Rank.of(inputs.now(), 0, DEGREE, FIRST_ID + i)));
        }
        campaigns.add(none.withDrafts(drafts));
        return inputs.withCampaigns(campaigns);
    }
}
