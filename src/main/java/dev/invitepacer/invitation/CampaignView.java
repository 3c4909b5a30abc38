package dev.invitepacer.invitation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A campaign as the API shows it, with how many of its invitations are in which state.
 *
 * @param name {@code -} for the drafts that belong to none
 * @param pending sent and unanswered, those whose withdrawal is asked for included
 */
@Schema(name = "Campaign")
public record CampaignView(
        String name,
        int weight,
        boolean paused,
        int queued,
        int released,
        int pending,
        int accepted,
        int declined,
        int withdrawn) {}
