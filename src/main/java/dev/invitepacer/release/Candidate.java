package dev.invitepacer.release;

import dev.invitepacer.pacing.Shares;

/**
 * The draft of a campaign that goes when the campaign's turn comes.
 *
 * @param isNoted whether it has a note
 */
record Candidate(Shares.Campaign campaign, long invitation, String profile, boolean isNoted) {}
