package dev.invitepacer.pacing;

/**
 * A token bucket as it is usually written, with a level that drips: the other way to say what {@link Bucket} says.
 * Times are microseconds of active time; the level is kept in microseconds too, of which {@code interval} make a token.
 */
final class Drip {
    private final long interval;
    private final long capacity;
    private long level;
    private long at;

    Drip(long interval, int burst, long slack) {
        this.interval = interval;
        this.capacity = burst * interval + slack;
        this.level = capacity;
    }

    void passTo(long active) {
        level = Math.min(capacity, level + (active - at));
        at = active;
    }

    boolean hasToken() {
        return level >= interval;
    }

    /** Active time until the next token. */
    long lacking() {
        return Math.max(0, interval - level);
    }

    void take() {
        level -= interval;
    }

    /** Thousandths of a token, rounded down, no more than {@code burst} of them. */
    long thousandths(int burst) {
        return Math.min(burst * 1_000L, Math.floorDiv(level * 1_000, interval));
    }
}
