package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many invitations are going to be pending, as an expectation: each that is pending now, and each that will be
 * released, is still so with the probability that nobody has accepted it by its age; each night the stale ones leave, and
 * as many of the oldest as would bring pending to the threshold within the next day.
 *
 * @param course at the instants asked for
 * @param reachedAt the first release that would find as many pending as the threshold; from then on none is made
 */
public record PendingOutlook(List<Expected> course, Optional<Instant> reachedAt) {
    private static final double NORMAL_95 = 1.959963984540054;

    /**
     * @param low the lower end of a 95 % range, if answers come independently of each other
     * @param high the upper end
     */
    public record Expected(Instant at, double expected, double low, double high) {}

    /** @param isWithdrawable sent, not kept, and its withdrawal not asked for yet */
    public record Pending(Instant since, boolean isWithdrawable) {}

    /**
     * What happens at night.
     *
     * @param nights when
     * @param withdrawAfter after how long without an answer one is stale
     * @param allowance the most that leave in a night
     * @param expiry after how long LinkedIn drops one
     */
    public record Cleaning(List<Instant> nights, Duration withdrawAfter, int allowance, Duration expiry) {}

    /** One that may be pending, and what is known of it. */
    private static final class One {
        final Instant since;
        final boolean isWithdrawable;
        final double unanswered;
        double weight = 1;

        One(Instant since, boolean isWithdrawable, double unanswered) {
            this.since = since;
            this.isWithdrawable = isWithdrawable;
            this.unanswered = unanswered;
        }
    }

    private static final class Walk {
        final List<One> all = new ArrayList<>();
        final AnswerCurve answers;
        final Cleaning cleaning;
        final int threshold;
        int night;
        double atMost;

        Walk(AnswerCurve answers, Cleaning cleaning, int threshold) {
            this.answers = answers;
            this.cleaning = cleaning;
            this.threshold = threshold;
        }

        double weigh(Instant now) {
            double sum = 0;
            for (One one : all) {
                one.weight = (1 - answers.by(Duration.between(one.since, now))) / one.unanswered;
                sum += one.weight;
            }
            atMost = sum;
            return sum;
        }

        void cleanUntil(Instant now, List<Forecast.Release> releases, Optional<Instant> heldFrom) {
            for (;
                    night < cleaning.nights().size()
                            && !cleaning.nights().get(night).isAfter(now);
                    night++) {
                Instant at = cleaning.nights().get(night);
                long nextDay = releases.stream()
                        .map(Forecast.Release::at)
                        .filter(release -> !release.isBefore(at) && release.isBefore(at.plus(ReleaseWindow.DAY)))
                        .filter(release -> heldFrom.isEmpty() || release.isBefore(heldFrom.get()))
                        .count();
                clean(at, nextDay);
            }
        }

        private void clean(Instant at, long nextDay) {
            all.removeIf(one -> !one.since.isAfter(at.minus(cleaning.expiry())));
            double pending = weigh(at);
            double left = cleaning.allowance();
            List<One> kept = new ArrayList<>();
            for (One one : all) {
                boolean isStale = !one.since.isAfter(at.minus(cleaning.withdrawAfter()));
                boolean isTooMany = pending + nextDay > threshold - 1;
                if (one.isWithdrawable && (isStale || isTooMany) && left > 0) {
                    left -= one.weight;
                    pending -= one.weight;
                } else {
                    kept.add(one);
                }
            }
            all.clear();
            all.addAll(kept);
            atMost = pending;
        }
    }

    /**
     * @param pending now, oldest first
     * @param releases from now on, in order
     * @param dates in order
     */
    public static PendingOutlook of(
            List<Pending> pending,
            List<Forecast.Release> releases,
            AnswerCurve answers,
            Cleaning cleaning,
            int threshold,
            Instant now,
            List<Instant> dates) {
        Walk walk = new Walk(answers, cleaning, threshold);
        for (Pending one : pending) {
            double unanswered = 1 - answers.by(Duration.between(one.since(), now));
            walk.all.add(new One(one.since(), one.isWithdrawable(), Math.max(unanswered, 1e-9)));
        }
        walk.atMost = pending.size();
        List<Expected> course = new ArrayList<>();
        Optional<Instant> reachedAt = Optional.empty();
        int date = 0;
        for (Forecast.Release release : releases) {
            date = tell(walk, course, dates, date, release.at(), releases, reachedAt);
            walk.cleanUntil(release.at(), releases, reachedAt);
            if (walk.atMost >= threshold && walk.weigh(release.at()) >= threshold) {
                reachedAt = Optional.of(release.at());
                break;
            }
            walk.all.add(new One(release.at(), true, 1));
            walk.atMost++;
        }
        tell(walk, course, dates, date, Instant.MAX, releases, reachedAt);
        return new PendingOutlook(course, reachedAt);
    }

    private static int tell(
            Walk walk,
            List<Expected> course,
            List<Instant> dates,
            int from,
            Instant until,
            List<Forecast.Release> releases,
            Optional<Instant> heldFrom) {
        int date = from;
        for (; date < dates.size() && dates.get(date).isBefore(until); date++) {
            Instant at = dates.get(date);
            walk.cleanUntil(at, releases, heldFrom);
            double expected = walk.weigh(at);
            double variance = walk.all.stream()
                    .mapToDouble(one -> one.weight * (1 - one.weight))
                    .sum();
            double range = NORMAL_95 * Math.sqrt(Math.max(0, variance));
            course.add(new Expected(at, expected, Math.max(0, expected - range), expected + range));
        }
        return date;
    }
}
