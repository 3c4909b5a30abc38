package dev.invitepacer.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.invitepacer.faults.history.Call;
import dev.invitepacer.faults.history.Delivery;
import dev.invitepacer.faults.history.History;
import dev.invitepacer.faults.history.Remains;

/** Takes down what clients and the receiver see, in the order in which it ended. */
final class Transcript {
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

    void add(Call call) {
        calls.add(call);
    }

    void add(Delivery delivery) {
        deliveries.add(delivery);
    }

    int deliveries() {
        return deliveries.size();
    }

    History with(Remains remains) {
        return new History(List.copyOf(calls), List.copyOf(deliveries), remains);
    }
}
