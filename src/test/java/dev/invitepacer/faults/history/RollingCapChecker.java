package dev.invitepacer.faults.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The cap in every window of 168 hours, by a plain count: over the ledger, and, without the database, over what the receiver
 * and people sent, each at the instant of its release. The cap is the highest that anybody ever asked for.
 */
public final class RollingCapChecker implements HistoryChecker {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Listed(String account, Instant openedAt) {}

    @Override
    public void check(History history, Consumer<String> finding) {
        Map<String, Integer> caps = caps(history);
        check("the ledger", booked(history), caps, finding);
        check("the receiver and people", sent(history), caps, finding);
    }

    private static void check(
            String where, Map<String, List<Instant>> releases, Map<String, Integer> caps, Consumer<String> finding) {
        releases.forEach((account, instants) -> {
            int most = largest(instants);
            int cap = caps.getOrDefault(account, 0);
            if (most > cap) {
                finding.accept(account + ": " + most + " in some 168 hours by " + where + ", with no cap above " + cap);
            }
        });
    }

    /** The highest cap of each account. */
    public static Map<String, Integer> caps(History history) {
        Map<String, Integer> caps = new TreeMap<>();
        for (Call call : history.calls()) {
            if (call.is("PUT", "/api/v1/accounts/[^/]+") || call.is("PATCH", "/api/v1/accounts/[^/]+")) {
                JsonNode cap = read(call.body()).path("weeklyCap");
                if (cap.isInt()) {
                    caps.merge(call.account(), cap.asInt(), Math::max);
                }
            }
        }
        return caps;
    }

    /** The releases that count, by the ledger. */
    public static Map<String, List<Instant>> booked(History history) {
        Map<String, List<Instant>> booked = new TreeMap<>();
        history.remains().ledger().stream()
                .filter(row -> row.counts() && row.kind().equals("RELEASE"))
                .forEach(row -> booked.computeIfAbsent(row.account(), none -> new ArrayList<>())
                        .add(row.at()));
        return booked;
    }

    /** When what was sent had been released, as those who sent it were told. */
    public static Map<String, List<Instant>> sent(History history) {
        Map<String, List<Instant>> sent = new TreeMap<>();
        history.deliveries().stream()
                .filter(delivery -> delivery.act().equals(Delivery.SENT))
                .forEach(delivery -> sent.computeIfAbsent(delivery.account(), none -> new ArrayList<>())
                        .add(delivery.opened()));
        Map<Long, Listed> listed = new HashMap<>();
        for (Call call : history.calls()) {
            if (call.is("GET", "/api/v1/tasks") && call.isDone()) {
                call.answer()
                        .path("items")
                        .forEach(task -> listed.put(
                                task.path("id").asLong(),
                                new Listed(
                                        task.path("account").asText(),
                                        Instant.parse(task.path("openedAt").asText()))));
            }
        }
        for (Call call : history.calls()) {
            Listed task = listed.get(call.number("tasks"));
            if (task != null && isSentByHand(call)) {
                sent.computeIfAbsent(task.account(), none -> new ArrayList<>()).add(task.openedAt());
            }
        }
        return sent;
    }

    private static boolean isSentByHand(Call call) {
        return call.is("POST", "/api/v1/tasks/[0-9]+/report")
                && call.isDone()
                && call.answer().path("result").asText().equals("applied")
                && read(call.body()).path("type").asText().equals("SENT")
                && read(call.body()).has("lease");
    }

    /** The most in any window of 168 hours. */
    public static int largest(List<Instant> instants) {
        List<Instant> sorted = instants.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (!sorted.get(first).isAfter(sorted.get(last).minus(WEEK))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body == null ? "{}" : body);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
