package dev.invitepacer.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The product-limit estimate of how many have had the event by when, where some are watched for longer than others: who
 * was watched for {@code t} without the event says nothing of what comes after {@code t}, and is not counted as one who
 * never has it. E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958).
 *
 * <p>Times are whole numbers of any one unit, at least zero. Of an event and an end of watching at the same time the
 * event comes first, as is usual.
 */
final class KaplanMeier {
    /** From {@code time} on, {@code share} of all have had the event. */
    record Step(long time, double share) {}

    private final List<Step> steps;
    private final long watchedTo;

    private KaplanMeier(List<Step> steps, long watchedTo) {
        this.steps = List.copyOf(steps);
        this.watchedTo = watchedTo;
    }

    /**
     * @param events when those that had the event had it
     * @param censored for how long those that had it not were watched
     */
    static KaplanMeier of(long[] events, long[] censored) {
        long[] had = sorted(events);
        long[] not = sorted(censored);
        List<Step> steps = new ArrayList<>();
        double without = 1;
        int ended = 0;
        for (int first = 0; first < had.length; ) {
            long time = had[first];
            int next = first;
            while (next < had.length && had[next] == time) {
                next++;
            }
            while (ended < not.length && not[ended] < time) {
                ended++;
            }
            int watched = had.length - first + not.length - ended;
            without *= (watched - (next - first)) / (double) watched;
            steps.add(new Step(time, 1 - without));
            first = next;
        }
        return new KaplanMeier(
                steps,
                Math.max(had.length == 0 ? -1 : had[had.length - 1], not.length == 0 ? -1 : not[not.length - 1]));
    }

    /** The share that has had the event by {@code time}; empty beyond what anybody was watched for. */
    OptionalDouble by(long time) {
        if (time > watchedTo) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(upTo(time));
    }

    /** The earliest time by which at least {@code share}, over zero, has had the event; empty if that is never seen. */
    OptionalLong quantile(double share) {
        return steps.stream()
                .filter(step -> step.share() >= share - 1e-12)
                .mapToLong(Step::time)
                .findFirst();
    }

    /** The share by the latest event at or before {@code time}, however long anybody was watched. */
    double upTo(long time) {
        double share = 0;
        for (Step step : steps) {
            if (step.time() > time) {
                break;
            }
            share = step.share();
        }
        return share;
    }

    /** In order of time, of which each is another. */
    List<Step> steps() {
        return steps;
    }

    private static long[] sorted(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && sorted[0] < 0) {
            throw new IllegalArgumentException("a time of " + sorted[0] + " is below zero");
        }
        return sorted;
    }
}
