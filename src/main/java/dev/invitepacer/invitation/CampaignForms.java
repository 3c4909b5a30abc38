package dev.invitepacer.invitation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What callers write of campaigns, and what moving and cancelling answer; for the OpenAPI document. */
final class CampaignForms {
    private CampaignForms() {}

    @Schema(name = "CampaignWeight")
    public record Weight(
            @Schema(required = true, minimum = "1", maximum = "100")
            Integer weight) {}

    @Schema(name = "CampaignMove")
    public record Move(
            @Schema(
                    required = true,
                    maxLength = 63,
                    description = "The campaign to move to; it is made if it is not there. - for none")
            String to) {}

    /** @param left how many of the campaign's drafts are still queued: with many, ask again */
    @Schema(name = "CampaignDrafts")
    public record Drafts(int changed, int left) {}
}
