package dev.invitepacer.delivery;

import java.time.Instant;
import java.util.Objects;

/** What became of a hand-over, as far as the sender knows. */
public sealed interface Outcome {
    /** How far a refusal reaches. */
    enum Reach {
        /** This try only: the receiver has no time, or is away. The task is tried again. */
        TRY,
        /** The account: LinkedIn limits it. */
        ACCOUNT,
        /** The person who was to be invited. */
        PERSON
    }

    /**
     * Somebody has it and will report.
     *
     * @param detail what is worth telling in its history; null where nothing is
     */
    record Taken(String detail) implements Outcome {
        public Taken() {
            this(null);
        }
    }

    /**
     * What the task asks for has been done: sent, withdrawn or followed.
     *
     * @param at when; null: now
     * @param reference by which the channel knows it; null where it gives none
     */
    record Done(Instant at, String reference) implements Outcome {}

    /**
     * Not done, for now.
     *
     * @param refusal the report's word for it, such as WEEKLY_LIMIT; null with {@link Reach#TRY}
     * @param until not before then; null: the default
     */
    record Refused(Reach reach, String refusal, Instant until, String detail) implements Outcome {
        public Refused {
            Objects.requireNonNull(detail);
            if ((reach == Reach.TRY) != (refusal == null)) {
                throw new IllegalArgumentException("A refusal beyond this try says which one it is");
            }
        }
    }

    /** Not done, and trying again is of no use. */
    record Failed(String detail) implements Outcome {
        public Failed {
            Objects.requireNonNull(detail);
        }
    }

    /** It may have happened, and nobody confirmed it. */
    record InDoubt(String detail) implements Outcome {
        public InDoubt {
            Objects.requireNonNull(detail);
        }
    }
}
