package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** How many of something there are as time goes by: a count that holds until the next step. */
public final class Steps {
    private Steps() {}

    /** From {@code at} on there are {@code count}. */
    public record Step(Instant at, int count) {}

    /**
     * There from {@code since} up to, but without, {@code until}.
     *
     * @param until null for one that is still there
     */
    public record Span(Instant since, Instant until) {}

    /**
     * The steps in {@code [from, to)}: the first at {@code from}, each later one where the count becomes another. Costs a
     * sort of the spans. A span that ends before it begins never was.
     *
     * @return empty if {@code to} is not after {@code from}
     */
    public static List<Step> of(Collection<Span> spans, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        TreeMap<Instant, Integer> changes = new TreeMap<>();
        changes.put(from, 0);
        for (Span span : spans) {
            Instant since = span.since().isBefore(from) ? from : span.since();
            if (since.isBefore(to) && (span.until() == null || span.until().isAfter(since))) {
                changes.merge(since, 1, Integer::sum);
                if (span.until() != null && span.until().isBefore(to)) {
                    changes.merge(span.until(), -1, Integer::sum);
                }
            }
        }
        int count = 0;
        for (var change : changes.entrySet()) {
            count += change.getValue();
            if (change.getValue() != 0 || steps.isEmpty()) {
                steps.add(new Step(change.getKey(), count));
            }
        }
        return List.copyOf(steps);
    }

    /** How many releases count in the window of {@code length} before each instant; see {@link ReleaseWindow}. */
    public static List<Step> window(Collection<Instant> releases, Duration length, Instant from, Instant to) {
        return of(
                releases.stream()
                        .map(release -> new Span(release, release.plus(length)))
                        .toList(),
                from,
                to);
    }
}
