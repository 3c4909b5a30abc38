package dev.invitepacer.faults.history;

import java.util.function.Consumer;

/** Whoever asks well is told what was done, what stands in the way, or to come again; and whoever posts signs. */
final class AnswerChecker implements HistoryChecker {
    @Override
    public void check(History history, Consumer<String> finding) {
        for (Call call : history.calls()) {
            String what = call.who() + ": " + call.method() + " " + call.path();
            call.tries().stream()
                    .filter(one -> one.startsWith("5") && !one.startsWith("503 "))
                    .forEach(one -> finding.accept(what + " was answered with " + one));
            if (call.status() != 0 && !call.isDone() && call.status() != 409) {
                finding.accept(what + " was answered with " + call.status() + ": " + call.answer());
            }
        }
        for (Delivery delivery : history.deliveries()) {
            if (!delivery.isSigned()) {
                finding.accept("the signature of " + delivery.id() + " is not right");
            }
        }
    }
}
