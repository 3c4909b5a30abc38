package dev.invitepacer.simulation;

import static dev.invitepacer.invitation.State.ACCEPTED;
import static dev.invitepacer.invitation.State.CANCELLED;
import static dev.invitepacer.invitation.State.DECLINED;
import static dev.invitepacer.invitation.State.EXPIRED;
import static dev.invitepacer.invitation.State.FAILED;
import static dev.invitepacer.invitation.State.LAPSED;
import static dev.invitepacer.invitation.State.PENDING;
import static dev.invitepacer.invitation.State.QUEUED;
import static dev.invitepacer.invitation.State.RELEASED;
import static dev.invitepacer.invitation.State.WITHDRAWING;
import static dev.invitepacer.invitation.State.WITHDRAWN;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.invitepacer.invitation.State;

/** Every state is entered from where it may be, by whom it may be. */
final class TransitionChecker implements Checker {
    private static final Map<State, Set<State>> LEGAL = new EnumMap<>(State.class);

    static {
        LEGAL.put(QUEUED, EnumSet.of(RELEASED, PENDING, ACCEPTED, FAILED, CANCELLED, LAPSED));
        LEGAL.put(RELEASED, EnumSet.of(QUEUED, PENDING, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, FAILED));
        LEGAL.put(PENDING, EnumSet.of(WITHDRAWING, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED));
        LEGAL.put(WITHDRAWING, EnumSet.of(PENDING, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED));
        LEGAL.put(ACCEPTED, EnumSet.noneOf(State.class));
        LEGAL.put(DECLINED, EnumSet.of(ACCEPTED));
        LEGAL.put(WITHDRAWN, EnumSet.of(ACCEPTED));
        LEGAL.put(EXPIRED, EnumSet.of(ACCEPTED));
        LEGAL.put(FAILED, EnumSet.of(PENDING, ACCEPTED));
        LEGAL.put(CANCELLED, EnumSet.of(PENDING, ACCEPTED));
        LEGAL.put(LAPSED, EnumSet.of(PENDING, ACCEPTED));
    }

    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        unit.invitations.forEach((id, after) -> {
            State before = unit.before.get(id);
            String name = unit.rows.account + "/" + id;
            if (before == null) {
                if (after.state != QUEUED && !(after.state == PENDING && "by-hand".equals(after.source))) {
                    finding.accept(name + " begins as " + after.state);
                }
            } else if (before != after.state) {
                if (!LEGAL.get(before).contains(after.state)) {
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
