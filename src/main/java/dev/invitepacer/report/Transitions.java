package dev.invitepacer.report;

import static dev.invitepacer.invitation.State.ACCEPTED;
import static dev.invitepacer.invitation.State.DECLINED;
import static dev.invitepacer.invitation.State.EXPIRED;
import static dev.invitepacer.invitation.State.FAILED;
import static dev.invitepacer.invitation.State.PENDING;
import static dev.invitepacer.invitation.State.WITHDRAWN;

import dev.invitepacer.invitation.State;

/**
 * The table of transitions: for every state and every report, what happens.
 *
 * <p>Laws, which hold for all of it: an acceptance is a fact about the world and is applied in every state, so that
 * reports which include one end in ACCEPTED in whatever order they come; every report given twice is applied once;
 * only a definite "not sent" of a released invitation leads back to the queue; no report leads from an end back to a
 * live state but "it was sent", which is safer to believe than not.
 */
public final class Transitions {
    private static final Transition ALREADY = new Transition.Already();
    private static final Transition SENT = new Transition.Sent();
    private static final Transition FOLLOWED = new Transition.Followed();
    private static final Transition NOT_SENT = new Transition.NotSent();

    private Transitions() {}

    /** What {@code report} does in {@code state}. Total: there is an answer for every pair. */
    public static Transition of(State state, ReportType report) {
        return switch (report) {
            case SENT, SENT_BY_HAND -> sent(state);
            case ACCEPTED -> state == ACCEPTED ? ALREADY : new Transition.Move(ACCEPTED);
            case DECLINED -> answer(state, DECLINED);
            case WITHDRAWN -> answer(state, WITHDRAWN);
            case EXPIRED -> answer(state, EXPIRED);
            case NOT_WITHDRAWN -> notWithdrawn(state);
            case FAILED -> failed(state);
            case REFUSED -> refused(state);
            case FOLLOWED, NOT_FOLLOWED -> followed(state);
        };
    }

    private static Transition sent(State state) {
        return switch (state) {
            case QUEUED, RELEASED, FAILED, CANCELLED, LAPSED -> SENT;
            case PENDING, WITHDRAWING, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED -> ALREADY;
        };
    }

    private static Transition answer(State state, State end) {
        return switch (state) {
            case RELEASED, PENDING, WITHDRAWING -> new Transition.Move(end);
            case QUEUED -> new Transition.Ignored("it is still queued: nothing was sent that could be answered");
            case CANCELLED, LAPSED -> new Transition.Ignored("it was never released");
            case ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, FAILED ->
                state == end ? ALREADY : new Transition.Ignored("it has ended as " + state);
        };
    }

    private static Transition notWithdrawn(State state) {
        return switch (state) {
            case WITHDRAWING -> new Transition.Move(PENDING);
            case PENDING -> ALREADY;
            case QUEUED, RELEASED -> new Transition.Ignored("its withdrawal was not asked for");
            case ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, FAILED, CANCELLED, LAPSED ->
                new Transition.Ignored("it has ended as " + state);
        };
    }

    private static Transition failed(State state) {
        return switch (state) {
            case QUEUED, RELEASED -> new Transition.Move(FAILED);
            case FAILED -> ALREADY;
            case PENDING, WITHDRAWING -> new Transition.Ignored("it has been reported as sent");
            case ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, CANCELLED, LAPSED ->
                new Transition.Ignored("it has ended as " + state);
        };
    }

    private static Transition followed(State state) {
        return switch (state) {
            case QUEUED -> FOLLOWED;
            case RELEASED, PENDING, WITHDRAWING ->
                new Transition.Ignored("it does not wait for the week's limit any more");
            case ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, FAILED, CANCELLED, LAPSED ->
                new Transition.Ignored("it has ended as " + state);
        };
    }

    private static Transition refused(State state) {
        return switch (state) {
            case RELEASED -> NOT_SENT;
            case QUEUED -> ALREADY;
            case PENDING, WITHDRAWING -> new Transition.Ignored("it has been reported as sent");
            case ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, FAILED, CANCELLED, LAPSED ->
                new Transition.Ignored("it has ended as " + state);
        };
    }
}
