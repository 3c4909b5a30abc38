package dev.invitepacer.pacing;

import java.time.Duration;
import java.util.List;

/**
 * Which share of invitations is accepted by what age: straight lines between points, from nothing at age zero, and level
 * after the last.
 *
 * @param points in order of age
 */
public record AnswerCurve(List<Point> points) {
    /** By {@code age}, {@code share} of all that were sent are accepted: from 0 to 1. */
    public record Point(Duration age, double share) {}

    public AnswerCurve {
        points = List.copyOf(points);
    }

    /**
     * The curve of a published study of 16,492 invitations: of those ever accepted, 63 % within a day, 88 % within a week,
     * 99 % within 30 days.
     *
     * @param rate the share that is ever accepted
     */
    public static AnswerCurve published(double rate) {
        return new AnswerCurve(List.of(
                new Point(Duration.ofDays(1), rate * 0.63),
                new Point(Duration.ofDays(7), rate * 0.88),
                new Point(Duration.ofDays(30), rate * 0.99),
                new Point(Duration.ofDays(180), rate)));
    }

    /** The share accepted by this age. */
    public double by(Duration age) {
        double fromAge = 0;
        double from = 0;
        double micros = Micros.ceil(age);
        for (Point point : points) {
            double toAge = Micros.ceil(point.age());
            if (micros < toAge) {
                return from + (point.share() - from) * Math.max(0, micros - fromAge) / (toAge - fromAge);
            }
            fromAge = toAge;
            from = point.share();
        }
        return from;
    }
}
