package dev.invitepacer.faults.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Nobody is given a task that another person holds. A claim is told until when it lasts, and so it began a lease before that,
 * by the service's own clock; it ends then, or when somebody gives the task back. What was reported under a claim that
 * somebody else's had followed by then was not taken.
 */
final class ClaimChecker implements HistoryChecker {
    /** {@code PACER_TASKS_LEASE} of the processes whose history it is. */
    static final Duration LEASE = Duration.ofHours(4);

    private record Claim(String lease, Instant from, Instant until, Call call) {}

    @Override
    public void check(History history, Consumer<String> finding) {
        Map<Long, Map<String, Claim>> claims = new HashMap<>();
        for (Call call : history.calls()) {
            if (call.is("POST", "/api/v1/tasks/[0-9]+/claim") && call.isDone()) {
                Instant until = Instant.parse(call.answer().path("until").asText());
                String lease = call.answer().path("lease").asText();
                claims.computeIfAbsent(call.number("tasks"), none -> new HashMap<>())
                        .putIfAbsent(lease, new Claim(lease, until.minus(LEASE), until, call));
            }
        }
        claims.forEach((task, all) -> oneAtATime(task, List.copyOf(all.values()), history, finding));
        history.calls().stream()
                .filter(call -> call.is("POST", "/api/v1/tasks/[0-9]+/report")
                        && call.isDone()
                        && call.answer().path("result").asText().equals("applied"))
                .forEach(call -> underTheLastClaim(call, claims.getOrDefault(call.number("tasks"), Map.of()), finding));
    }

    private static void oneAtATime(long task, List<Claim> claims, History history, Consumer<String> finding) {
        for (Claim one : claims) {
            for (Claim next : claims) {
                if (one != next
                        && !next.from().isBefore(one.from())
                        && next.from().isBefore(one.until())
                        && !wasGivenBack(task, one, next, history)) {
                    finding.accept(
                            "task " + task + " was claimed by " + one.call().who() + " until " + one.until()
                                    + " and by " + next.call().who() + " at " + next.from());
                }
            }
        }
    }

    private static boolean wasGivenBack(long task, Claim one, Claim next, History history) {
        return history.calls().stream()
                .anyMatch(call -> call.is("DELETE", "/api/v1/tasks/" + task + "/claim")
                        && call.path().endsWith(one.lease())
                        && call.began().isBefore(next.call().ended()));
    }

    private static void underTheLastClaim(Call report, Map<String, Claim> claims, Consumer<String> finding) {
        claims.values().stream()
                .filter(claim -> report.body().contains(claim.lease()))
                .findFirst()
                .ifPresent(own -> claims.values().stream()
                        .filter(other -> other.from().isAfter(own.from())
                                && other.call().ended().isBefore(report.began()))
                        .forEach(other -> finding.accept("task " + report.number("tasks") + ": "
                                + own.call().who() + " reported under a claim that "
                                + other.call().who() + " had followed")));
    }
}
