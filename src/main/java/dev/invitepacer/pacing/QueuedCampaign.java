package dev.invitepacer.pacing;

import java.util.List;

/**
 * A campaign and its drafts, as far as they were read. Those with and those without a note are read to different ranks,
 * since of those with notes fewer may go than there are.
 *
 * @param share its weight, and what it has had of its share
 * @param isPaused whether none of its drafts goes
 * @param bareUpTo the rank after which any others without a note come; null where there are none
 * @param notedUpTo the rank after which any others with a note come; null where there are none
 */
public record QueuedCampaign(
        Shares.Campaign share, boolean isPaused, List<QueuedDraft> drafts, Rank bareUpTo, Rank notedUpTo) {
    public QueuedCampaign {
        drafts = List.copyOf(drafts);
    }

    /** A campaign with all of its drafts. */
    public static QueuedCampaign whole(Shares.Campaign share, boolean isPaused, List<QueuedDraft> drafts) {
        return new QueuedCampaign(share, isPaused, drafts, null, null);
    }

    /**
     * A campaign of which the beginning was read.
     *
     * @param drafts the first {@code most} by rank, and where {@code isBareApart} also the first {@code most} without a note;
     *     in the order of rank
     * @param most at least 1
     */
    public static QueuedCampaign beginning(
            Shares.Campaign share, boolean isPaused, List<QueuedDraft> drafts, int most, boolean isBareApart) {
        if (drafts.size() < most) {
            return whole(share, isPaused, drafts);
        }
        Rank last = drafts.get(most - 1).rank();
        List<QueuedDraft> bare =
                drafts.stream().filter(draft -> !draft.hasNote()).toList();
        Rank lastBare = bare.size() < most ? null : bare.get(bare.size() - 1).rank();
        return new QueuedCampaign(share, isPaused, drafts, isBareApart ? lastBare : last, last);
    }

    public QueuedCampaign withDrafts(List<QueuedDraft> drafts) {
        return new QueuedCampaign(share, isPaused, drafts, bareUpTo, notedUpTo);
    }

    public String name() {
        return share.name();
    }
}
