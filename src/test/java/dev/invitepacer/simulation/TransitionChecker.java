package dev.invitepacer.simulation;

import static dev.invitepacer.invitation.State.CANCELLED;
import static dev.invitepacer.invitation.State.LAPSED;
import static dev.invitepacer.invitation.State.PENDING;
import static dev.invitepacer.invitation.State.QUEUED;
import static dev.invitepacer.invitation.State.RELEASED;
import static dev.invitepacer.invitation.State.WITHDRAWING;

import java.time.Instant;
import java.util.function.Consumer;

import dev.invitepacer.invitation.State;

/** Every state is entered from where it may be, by whom it may be. */
final class TransitionChecker implements Checker {
    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        unit.invitations.forEach((id, after) -> {
            State before = unit.before.get(id);
            if (before == after.state) {
                return;
            }
            String name = unit.rows.account + "/" + id;
            if (before == null) {
                if (after.state != QUEUED && !(after.state == PENDING && "by-hand".equals(after.source))) {
                    finding.accept(name + " begins as " + after.state);
                }
            } else {
                if (!LegalMoves.isLegal(before, after.state)) {
                    finding.accept(name + " goes from " + before + " to " + after.state + " by " + unit.work);
                }
                isBy(name, after.state, RELEASED, World.LOOK, unit, finding);
                isBy(name, after.state, LAPSED, World.LAPSE, unit, finding);
                isBy(name, after.state, WITHDRAWING, World.NIGHT, unit, finding);
                isBy(name, after.state, CANCELLED, World.CANCEL, unit, finding);
            }
        });
    }

    private static void isBy(String name, State state, State guarded, String who, Unit unit, Consumer<String> finding) {
        if (state == guarded && !unit.work.equals(who)) {
            finding.accept(name + " becomes " + state + " by " + unit.work);
        }
    }
}
