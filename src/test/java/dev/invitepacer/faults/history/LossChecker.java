package dev.invitepacer.faults.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Nothing that was answered with 2xx is lost: drafts, one by one or in lists, what was sent by hand, cancellations, and
 * edits, which also the receiver must have got. And nothing is there that nobody asked for.
 */
final class LossChecker implements HistoryChecker {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void check(History history, Consumer<String> finding) {
        Map<String, Remains.Invitation> byProfile = new HashMap<>();
        Map<String, Remains.Invitation> byId = new HashMap<>();
        for (Remains.Invitation one : history.remains().invitations()) {
            byProfile.put(one.account() + "/" + one.profile(), one);
            byId.put(one.account() + "/" + one.id(), one);
        }
        Set<String> asked = new HashSet<>();
        for (Call call : history.calls()) {
            for (String profile : profiles(call)) {
                String draft = call.account() + "/" + profile;
                asked.add(draft);
                if (isTaken(call) && !byProfile.containsKey(draft)) {
                    finding.accept(draft + " was taken and is not there: " + call);
                }
            }
            if (call.is("DELETE", "/api/v1/accounts/[^/]+/invitations/[0-9]+") && call.isDone()) {
                Remains.Invitation one = byId.get(call.account() + "/" + call.number("invitations"));
                if (one == null || !one.state().equals("CANCELLED")) {
                    finding.accept("cancelled, and is not: " + one);
                }
            }
        }
        byProfile.keySet().stream()
                .filter(draft -> !asked.contains(draft))
                .forEach(draft -> finding.accept(draft + " is there, and nobody asked for it"));
        handSentCounts(history, byProfile, finding);
        editsAreKept(history, byId, finding);
    }

    /** The people whom this call wants queued, or says were invited. */
    private static List<String> profiles(Call call) {
        if (call.is("POST", "/api/v1/accounts/[^/]+/invitations")) {
            return List.of(read(call.body()).path("profile").asText());
        }
        if (call.is("POST", "/api/v1/accounts/[^/]+/imports")) {
            return call.body().lines().skip(1).toList();
        }
        return isByHand(call) ? List.of(read(call.body()).path("profile").asText()) : List.of();
    }

    private static boolean isByHand(Call call) {
        return call.is("POST", "/api/v1/accounts/[^/]+/reports")
                && read(call.body()).path("type").asText().equals("SENT_BY_HAND");
    }

    /** Refused, since it is there already, is taken by an earlier try whose answer was lost. */
    private static boolean isTaken(Call call) {
        return call.isDone()
                || call.status() == 409 && call.answer().path("code").asText().startsWith("already-");
    }

    private static void handSentCounts(
            History history, Map<String, Remains.Invitation> byProfile, Consumer<String> finding) {
        Set<String> counted = history.remains().ledger().stream()
                .filter(row -> row.counts() && row.invitation() != null)
                .map(row -> row.account() + "/" + row.invitation())
                .collect(Collectors.toSet());
        for (Call call : history.calls()) {
            if (isByHand(call) && call.isDone()) {
                Remains.Invitation one = byProfile.get(
                        call.account() + "/" + read(call.body()).path("profile").asText());
                if (one != null && !counted.contains(one.account() + "/" + one.id())) {
                    finding.accept("was sent by hand and does not count: " + one);
                }
            }
        }
    }

    /** The last edit that was answered, or one that may have come late: of which some try was not answered. */
    private static void editsAreKept(History history, Map<String, Remains.Invitation> byId, Consumer<String> finding) {
        Map<String, String> last = new HashMap<>();
        Map<String, Instant> since = new HashMap<>();
        Map<String, Set<String>> doubtful = new HashMap<>();
        for (Call call : history.calls()) {
            if (call.is("PATCH", "/api/v1/accounts/[^/]+/invitations/[0-9]+")) {
                String invitation = call.account() + "/" + call.number("invitations");
                String note = read(call.body()).path("note").asText();
                if (call.isDone()) {
                    last.put(invitation, note);
                    since.put(invitation, call.ended());
                }
                if (call.wasInDoubt()) {
                    doubtful.computeIfAbsent(invitation, none -> new HashSet<>())
                            .add(note);
                }
            }
        }
        Map<String, Set<String>> possible = new HashMap<>();
        last.forEach((invitation, note) -> {
            Set<String> notes = new HashSet<>(doubtful.getOrDefault(invitation, Set.of()));
            notes.add(note);
            possible.put(invitation, notes);
        });
        possible.forEach((invitation, notes) -> {
            Remains.Invitation one = byId.get(invitation);
            if (one == null || !notes.contains(one.note())) {
                finding.accept("was edited to " + notes + " and is " + one);
            }
        });
        for (Delivery delivery : history.deliveries()) {
            String invitation = delivery.account() + "/" + delivery.invitation();
            Set<String> notes = possible.get(invitation);
            // Before, an earlier release may have been handed over, refused and given back.
            if (notes != null
                    && delivery.kind().equals("SEND")
                    && delivery.at().isAfter(since.get(invitation))
                    && !notes.contains(delivery.note())) {
                finding.accept("was edited to " + notes + " and handed over as " + delivery.body());
            }
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body == null ? "{}" : body);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
