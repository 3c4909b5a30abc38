package dev.invitepacer.insight;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of the invitations that left in {@code [from, to)}.
 *
 * @param groups the largest first, weekdays from Monday on; empty where not asked for
 * @param rest what is in none of the {@value #MOST_GROUPS} largest groups; null where there are no more
 */
@RegisterForReflection
public record Statistics(
        String account,
        Instant now,
        Instant from,
        Instant to,
        GroupBy by,
        Figures total,
        List<Group> groups,
        Figures rest) {

    static final int MOST_GROUPS = 200;

    /**
     * @param key the campaign, degree, template or weekday; null for those that have none
     * @param alternative which alternative of the template, from 1 on; null for none
     */
    public record Group(String key, Integer alternative, Figures figures) {}

    private record Key(String key, Integer alternative) {}

    static Statistics of(
            String account,
            List<Sent> sent,
            Period period,
            GroupBy by,
            ZoneId zone,
            Duration withdrawAfter,
            Instant now) {
        Map<Key, List<Sent>> parts = by == null
                ? Map.of()
                : sent.stream()
                        .collect(Collectors.groupingBy(
                                key(by, zone), LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        List<Map.Entry<Key, List<Sent>>> ordered =
                parts.entrySet().stream().sorted(order(by)).toList();
        List<Sent> rest = ordered.stream()
                .skip(MOST_GROUPS)
                .flatMap(group -> group.getValue().stream())
                .toList();
        return new Statistics(
                account,
                now,
                period.from(),
                period.to(),
                by,
                Figures.of(sent, withdrawAfter, now),
                ordered.stream()
                        .limit(MOST_GROUPS)
                        .map(group -> new Group(
                                group.getKey().key(),
                                group.getKey().alternative(),
                                Figures.of(group.getValue(), withdrawAfter, now)))
                        .toList(),
                rest.isEmpty() ? null : Figures.of(rest, withdrawAfter, now));
    }

    private static Function<Sent, Key> key(GroupBy by, ZoneId zone) {
        return by == GroupBy.WEEKDAY
                ? one -> new Key(one.at().atZone(zone).getDayOfWeek().name(), null)
                : one -> new Key(one.key(), one.alternative());
    }

    private static Comparator<Map.Entry<Key, List<Sent>>> order(GroupBy by) {
        Comparator<Map.Entry<Key, List<Sent>>> byName =
                Comparator.comparing(group -> group.getKey().key(), Comparator.nullsLast(Comparator.naturalOrder()));
        Comparator<Map.Entry<Key, List<Sent>>> byAlternative = Comparator.comparing(
                group -> group.getKey().alternative(), Comparator.nullsFirst(Comparator.naturalOrder()));
        if (by == GroupBy.WEEKDAY) {
            return Comparator.comparing(
                    group -> java.time.DayOfWeek.valueOf(group.getKey().key()));
        }
        return Comparator.<Map.Entry<Key, List<Sent>>>comparingInt(
                        group -> -group.getValue().size())
                .thenComparing(byName)
                .thenComparing(byAlternative);
    }
}
