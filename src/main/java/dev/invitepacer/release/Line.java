package dev.invitepacer.release;

import java.util.List;

import dev.invitepacer.pacing.Shares;

/**
 * What waits for an account's next release.
 *
 * @param candidates the first draft that may go of each campaign that has one; none of a paused campaign
 * @param gone the campaigns that were in line at the last choice and are not any more
 * @param time the account's virtual time
 * @param isBare whether a note is left out: the month's are used up, and the account sends bare then
 * @param isLast whether nothing else is queued, so that a release empties the queue
 */
record Line(List<Candidate> candidates, List<Shares.Campaign> gone, long time, boolean isBare, boolean isLast) {
    Line {
        candidates = List.copyOf(candidates);
        gone = List.copyOf(gone);
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    /** Whose turn it is; there is somebody in line. */
    Shares.Choice choose() {
        return Shares.choose(candidates.stream().map(Candidate::campaign).toList(), time);
    }

    Candidate of(Shares.Choice choice) {
        return candidates.stream()
                .filter(candidate -> candidate.campaign().name().equals(choice.name()))
                .findFirst()
                .orElseThrow();
    }
}
