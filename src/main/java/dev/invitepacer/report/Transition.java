package dev.invitepacer.report;

import dev.invitepacer.invitation.State;

/** What a report does to an invitation in a given state. */
public sealed interface Transition {
    /** The invitation moves to another state. */
    record Move(State to) implements Transition {}

    /**
     * It was sent though nobody had reported so, or nobody had released it: it becomes pending, and counts towards the cap
     * from the instant at which it was released or sent.
     */
    record Sent() implements Transition {}

    /** It was not sent: the slot is given back, and the refusal says what becomes of the invitation. */
    record NotSent() implements Transition {}

    /** The person is followed, or is not going to be: the FOLLOW task is done, and the invitation waits on. */
    record Followed() implements Transition {}

    /** The report says what is known already. */
    record Already() implements Transition {}

    /** The report makes no sense in this state; it changes nothing. */
    record Ignored(String why) implements Transition {}
}
