package dev.invitepacer.benchmark.enqueue;

/**
 * What was put in within the time.
 *
 * @param perSecond drafts
 * @param middle the median time of one, in milliseconds
 * @param last the 99th percentile
 */
public record Enqueued(String way, int repetition, double perSecond, double middle, double last) {
    static Enqueued of(String way, int repetition, double seconds, long[] ascendingMicros) {
        return new Enqueued(
                way,
                repetition,
                ascendingMicros.length / seconds,
                ascendingMicros[ascendingMicros.length / 2] / 1_000.0,
                ascendingMicros[(int) (ascendingMicros.length * 0.99)] / 1_000.0);
    }
}
