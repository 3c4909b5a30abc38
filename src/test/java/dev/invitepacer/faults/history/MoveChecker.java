package dev.invitepacer.faults.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.invitepacer.invitation.State;
import dev.invitepacer.simulation.LegalMoves;

/**
 * States are legal: each move of the history begins where the one before it ended and leads where it may; and what is read
 * later, through whichever process, can be reached from what was read before.
 */
final class MoveChecker implements HistoryChecker {
    @Override
    public void check(History history, Consumer<String> finding) {
        Map<String, State> states = new HashMap<>();
        for (Remains.Move move : history.remains().moves()) {
            State to = State.valueOf(move.to());
            State before = states.put(move.account() + "/" + move.invitation(), to);
            String what = move.account() + "/" + move.invitation() + ": " + move.event();
            if (before == null) {
                boolean byHand = to == State.PENDING && move.event().equals("invitation.reported");
                if (to != State.QUEUED && !byHand) {
                    finding.accept(what + " begins as " + to);
                }
                continue;
            }
            if (!move.from().isEmpty() && !move.from().equals(before.name())) {
                finding.accept(what + " from " + move.from() + ", but it was " + before);
            }
            if (before != to && !LegalMoves.isLegal(before, to)) {
                finding.accept(what + " leads from " + before + " to " + to);
            }
        }
        readsGoForward(history, finding);
    }

    private static void readsGoForward(History history, Consumer<String> finding) {
        Map<String, List<Call>> reads = new HashMap<>();
        history.calls().stream()
                .filter(call -> call.is("GET", "/api/v1/accounts/[^/]+/invitations/[0-9]+") && call.isDone())
                .forEach(call -> reads.computeIfAbsent(call.path(), none -> new ArrayList<>())
                        .add(call));
        reads.values().forEach(all -> {
            for (Call earlier : all) {
                for (Call later : all) {
                    State before = state(earlier);
                    State after = state(later);
                    if (earlier.ended().isBefore(later.began()) && !LegalMoves.isReachable(before, after)) {
                        finding.accept(earlier.path() + " was read as " + before + ", and afterwards as " + after);
                    }
                }
            }
        });
    }

    private static State state(Call read) {
        return State.valueOf(read.answer().path("state").asText());
    }
}
