package dev.invitepacer.pacing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many would have gone by each instant if one went every interval of active time, without end and without a cap. */
public final class IdealLine {
    private static final int DECIMALS = 3;

    private IdealLine() {}

    /** @param released since the line began, to three decimals */
    public record Point(Instant at, BigDecimal released) {}

    /**
     * The line's corners in {@code [from, to]}, the first at {@code from} with zero, the last at {@code to}; between them
     * it is straight: rising in active hours, flat outside.
     *
     * @param interval over zero
     */
    public static List<Point> of(ActiveCalendar calendar, Duration interval, Instant from, Instant to) {
        List<Point> points = new ArrayList<>();
        points.add(point(from, Duration.ZERO, interval));
        Duration active = Duration.ZERO;
        for (ActiveCalendar.Stretch span : calendar.spans(from, to)) {
            add(points, point(span.start(), active, interval));
            active = active.plus(Duration.between(span.start(), span.end()));
            add(points, point(span.end(), active, interval));
        }
        add(points, point(to, active, interval));
        return List.copyOf(points);
    }

    private static void add(List<Point> points, Point next) {
        if (next.at().isAfter(points.get(points.size() - 1).at())) {
            points.add(next);
        }
    }

    private static Point point(Instant at, Duration active, Duration interval) {
        return new Point(at, nanos(active).divide(nanos(interval), DECIMALS, RoundingMode.HALF_UP));
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
    }
}
