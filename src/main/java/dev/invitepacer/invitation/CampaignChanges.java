package dev.invitepacer.invitation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/** Changes campaigns and their queued drafts; each call is one transaction under the account's lock. */
@ApplicationScoped
class CampaignChanges {
    private final Accounts accounts;
    private final Campaigns campaigns;
    private final CampaignDrafts drafts;
    private final Journal journal;
    private final ServiceClock clock;

    CampaignChanges(
            Accounts accounts, Campaigns campaigns, CampaignDrafts drafts, Journal journal, ServiceClock clock) {
        this.accounts = accounts;
        this.campaigns = campaigns;
        this.drafts = drafts;
        this.journal = journal;
        this.clock = clock;
    }

    /** Makes the campaign or changes its weight; says whether it made it. */
    @Transactional
    public boolean put(String account, String named, ObjectNode body, String actor) {
        Pace pace = accounts.lock(account);
        Fields fields = new Fields(body);
        Integer weight = fields.integer("weight", 1, Campaigns.HIGHEST_WEIGHT, null);
        if (fields.lacks("weight")) {
            fields.wrong("weight", "must be given, a whole number from 1 to " + Campaigns.HIGHEST_WEIGHT);
        }
        fields.orThrow();
        String name = Campaigns.nameOf("name", named);
        Instant now = clock.now();
        boolean created = campaigns.add(account, name, now);
        if (campaigns.setWeight(account, name, weight)) {
            tell(account, now, "account.campaign-changed", actor, name, Map.of("weight", weight));
        }
        pace.wake(now);
        return created;
    }

    /** Releases none of its drafts until it is resumed; a second time changes nothing. */
    @Transactional
    public void pause(String account, String named, String actor) {
        accounts.lock(account);
        Campaign campaign = campaigns.known(account, named);
        Instant now = clock.now();
        if (campaign.pausedAt == null) {
            campaign.pausedAt = now;
            tell(account, now, "account.campaign-paused", actor, campaign.name, Map.of());
        }
    }

    /** Ends its pause. What it missed is not caught up. */
    @Transactional
    public void resume(String account, String named, String actor) {
        Pace pace = accounts.lock(account);
        Campaign campaign = campaigns.known(account, named);
        Instant now = clock.now();
        if (campaign.pausedAt != null) {
            campaign.pausedAt = null;
            pace.wake(now);
            tell(account, now, "account.campaign-resumed", actor, campaign.name, Map.of());
        }
    }

    /** Moves its queued drafts to another campaign; they keep their places by age. */
    @Transactional
    public CampaignForms.Drafts move(String account, String named, ObjectNode body, String actor) {
        Pace pace = accounts.lock(account);
        Fields fields = new Fields(body);
        String to = fields.string("to", 200);
        if (fields.lacks("to")) {
            fields.wrong("to", "must be given: which campaign do the drafts go to?");
        }
        fields.orThrow();
        Campaign from = campaigns.known(account, named);
        String target = Campaigns.nameOf("to", to);
        if (target.equals(from.name)) {
            throw Problem.of(
                    Code.INVALID, List.of(new Problem.Violation("to", "is the campaign in which the drafts are")));
        }
        Instant now = clock.now();
        campaigns.add(account, target, now);
        int moved = drafts.move(account, from.name, target, now, actor);
        pace.wake(now);
        if (moved > 0) {
            tell(
                    account,
                    now,
                    "account.campaign-moved",
                    actor,
                    from.name,
                    Map.of("to", Campaigns.shown(target), "drafts", moved));
        }
        return new CampaignForms.Drafts(moved, drafts.queued(account, from.name));
    }

    /** Cancels its queued drafts. */
    @Transactional
    public CampaignForms.Drafts cancel(String account, String named, String actor) {
        Pace pace = accounts.lock(account);
        Campaign campaign = campaigns.known(account, named);
        Instant now = clock.now();
        int cancelled = drafts.cancel(account, campaign.name, now, actor);
        pace.wake(now);
        if (cancelled > 0) {
            tell(account, now, "account.campaign-cancelled", actor, campaign.name, Map.of("drafts", cancelled));
        }
        return new CampaignForms.Drafts(cancelled, drafts.queued(account, campaign.name));
    }

    /** Deletes it with its weight; what was invited in it stays. 409 while a draft of it is queued or may come back. */
    @Transactional
    public void delete(String account, String named, String actor) {
        accounts.lock(account);
        Campaign campaign = campaigns.known(account, named);
        int live = drafts.queuedOrReleased(account, campaign.name);
        if (live > 0) {
            throw Problem.of(
                    Code.CAMPAIGN_IN_USE,
                    live
                            + " of its invitations are queued, or released and not yet sent. Move or cancel the queued ones,"
                            + " and let the others be reported.");
        }
        Instant now = clock.now();
        campaigns.delete(campaign);
        tell(account, now, "account.campaign-deleted", actor, campaign.name, Map.of());
    }

    private void tell(
            String account, Instant now, String event, String actor, String campaign, Map<String, Object> more) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("campaign", Campaigns.shown(campaign));
        detail.putAll(more);
        journal.tell(account, null, now, event, actor, detail);
    }
}
