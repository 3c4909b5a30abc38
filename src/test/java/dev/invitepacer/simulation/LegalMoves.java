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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import dev.invitepacer.invitation.State;

/** Which state may follow which, written down a second time: not by the code that is under test. */
public final class LegalMoves {
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

    private LegalMoves() {}

    /** Whether one change may lead from one to the other. */
    public static boolean isLegal(State from, State to) {
        return LEGAL.get(from).contains(to);
    }

    /** Whether changes may lead from one to the other, or none is needed. */
    public static boolean isReachable(State from, State to) {
        Set<State> seen = EnumSet.of(from);
        Deque<State> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            for (State one : LEGAL.get(next.remove())) {
                if (seen.add(one)) {
                    next.add(one);
                }
            }
        }
        return seen.contains(to);
    }
}
