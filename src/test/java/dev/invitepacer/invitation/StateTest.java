package dev.invitepacer.invitation;

import static dev.invitepacer.invitation.State.PENDING;
import static dev.invitepacer.invitation.State.QUEUED;
import static dev.invitepacer.invitation.State.RELEASED;
import static dev.invitepacer.invitation.State.WITHDRAWING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void anInvitationIsLiveUntilNothingMoreCanHappenToIt() {
        assertThat(State.values()).filteredOn(State::isLive).containsExactly(QUEUED, RELEASED, PENDING, WITHDRAWING);
    }

    @Test
    void whatLinkedInMayBeCountingCountsAsPending() {
        assertThat(State.values()).filteredOn(State::countsAsPending).containsExactly(RELEASED, PENDING, WITHDRAWING);
    }
}
