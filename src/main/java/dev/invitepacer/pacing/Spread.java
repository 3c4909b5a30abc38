package dev.invitepacer.pacing;

import java.time.Duration;

/**
 * Over what the releases of a week are spread. Either way {@code cap - burst + 1} intervals never fit into less than a
 * week's active time.
 */
public enum Spread {
    /** What there is to release is spread over the week: thirty drafts under a cap of a hundred take all of it. */
    WEEK {
        @Override
        long parts(long most, long demand) {
            return Math.min(Math.max(demand, 1), most);
        }
    },
    /** The cap is spread over the week, however few drafts wait: each goes as soon as the cap allows. */
    CAP {
        @Override
        long parts(long most, long demand) {
            return most;
        }
    };

    abstract long parts(long most, long demand);

    /**
     * The active time between two tokens, rounded up to a whole microsecond, so never too short.
     *
     * <p>A burst of B lets B - 1 more through than the rate alone, once in every week; those come off the rate.
     *
     * @param weekly the active time of a week, over zero
     * @param cap the most releases in 168 hours, at least 1
     * @param burst the bucket's capacity, at least 1; above the cap it counts as the cap
     * @param demand the releases of the last 168 hours and the drafts that wait
     */
    public Duration interval(Duration weekly, int cap, int burst, long demand) {
        if (cap < 1 || burst < 1) {
            throw new IllegalArgumentException("cap is " + cap + " and burst " + burst + ": at least 1 each");
        }
        long parts = parts(cap - Math.min(burst, cap) + 1L, demand);
        return Micros.duration(-Math.floorDiv(-Micros.ceil(weekly), parts));
    }
}
