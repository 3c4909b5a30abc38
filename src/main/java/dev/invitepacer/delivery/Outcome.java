package dev.invitepacer.delivery;

import java.time.Instant;
import java.util.Objects;

/** What became of a hand-over, as far as the sender knows. */
public sealed interface Outcome {
    /** How far a refusal reaches. */
    enum Reach {
        /** This try only: the receiver has no time, or is away. The task is tried again, as often as the schedule says. */
        TRY,
        /** The lane: whoever hands over there takes nothing for now, whatever it is. The task waits, and does not fail for it. */
        LANE,
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
     * @param refusal the report's word for it, such as WEEKLY_LIMIT; null with {@link Reach#TRY} and {@link Reach#LANE}
     * @param until not before then; null: the default
     */
    record Refused(Reach reach, String refusal, Instant until, String detail) implements Outcome {
        public Refused {
            Objects.requireNonNull(detail);
            if ((reach == Reach.ACCOUNT || reach == Reach.PERSON) != (refusal != null)) {
                throw new IllegalArgumentException("A refusal of an account or a person, and no other, is a report");
            }
        }

        /** Whether it says something of the account or the person, as a report does, and not only of the way. */
        boolean isReport() {
            return refusal != null;
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
