package dev.invitepacer.faults.history;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Nothing is doubled. An id always means the same task with the same bytes, and a task's attempt has one id; whoever
 * remembers ids sends no invitation twice; and no draft is there twice, however often it was asked for.
 */
final class DoublingChecker implements HistoryChecker {
    @Override
    public void check(History history, Consumer<String> finding) {
        Map<String, Delivery> byId = new HashMap<>();
        Map<String, String> idOf = new HashMap<>();
        Map<String, String> sent = new HashMap<>();
        for (Delivery delivery : history.deliveries()) {
            Delivery first = byId.putIfAbsent(delivery.id(), delivery);
            if (first != null && first.invitation() != delivery.invitation()) {
                finding.accept("the id " + delivery.id() + " was handed over with invitation " + first.invitation()
                        + " and with " + delivery.invitation());
            } else if (first != null && !first.body().equals(delivery.body())) {
                finding.accept(
                        "the id " + delivery.id() + " had other bytes: " + first.body() + " and " + delivery.body());
            }
            String task = "task " + delivery.task() + ", attempt " + delivery.attempt();
            String id = idOf.putIfAbsent(task, delivery.id());
            if (id != null && !id.equals(delivery.id())) {
                finding.accept(task + " was handed over as " + id + " and as " + delivery.id());
            }
            if (delivery.act().equals(Delivery.SENT)) {
                String person = delivery.account() + " to " + delivery.profile();
                String other = sent.putIfAbsent(person, delivery.id());
                if (other != null) {
                    finding.accept(person + " was sent twice, by " + other + " and " + delivery.id());
                }
            }
        }
        draftsAreThereOnce(history, finding);
    }

    /** No client asks for a person a second time on purpose. */
    private static void draftsAreThereOnce(History history, Consumer<String> finding) {
        Map<String, Long> there = new HashMap<>();
        for (Remains.Invitation one : history.remains().invitations()) {
            Long other = there.putIfAbsent(one.account() + "/" + one.profile(), one.id());
            if (other != null) {
                finding.accept(
                        one.account() + "/" + one.profile() + " is there twice, as " + other + " and " + one.id());
            }
        }
    }
}
