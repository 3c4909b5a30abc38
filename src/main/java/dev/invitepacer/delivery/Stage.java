package dev.invitepacer.delivery;

/** How far the hand-over of a task to an automatic sender has come. */
public enum Stage {
    /** It is tried when its time comes. */
    WAITING,
    /** It is being handed over now. */
    RUNNING,
    /** The sender has it, and will report. */
    TAKEN,
    /** It may have happened, and nobody confirmed it. It is tried again where that cannot double it. */
    IN_DOUBT,
    /** It did not happen, and is tried no more unless somebody asks for it. */
    FAILED
}
