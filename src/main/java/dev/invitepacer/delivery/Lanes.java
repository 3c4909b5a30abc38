package dev.invitepacer.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may hand over how much at once, in this process.
 *
 * <p>Guarantees: no more than so many at once over all, and so many on a lane; lanes that have not succeeded yet, or not
 * since they last failed, share half of the places, so that those which hang leave the other half to the rest; a lane whose
 * {@link Breaker} is open has one place, and while it waits none.
 */
final class Lanes {
    /** A lane on which nothing happens is forgotten after so long; it is unproven then. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private static final class Lane {
        private int running;
        private boolean isProven;
        private Breaker breaker = Breaker.CLOSED;
        private Instant seenAt;
    }

    private final Map<String, Lane> lanes = new HashMap<>();
    private final int most;
    private final int mostOnALane;
    private int turn;

    Lanes(int most, int mostOnALane) {
        this.most = most;
        this.mostOnALane = mostOnALane;
    }

    /** The places that these lanes may take now: one after the other, round and round, until none is free. */
    synchronized Map<String, Integer> offer(List<String> due, Instant now) {
        forget(due, now);
        int free = most - lanes.values().stream().mapToInt(lane -> lane.running).sum();
        int unproven = Math.max(1, most / 2)
                - lanes.values().stream()
                        .filter(lane -> !lane.isProven)
                        .mapToInt(lane -> lane.running)
                        .sum();
        Map<String, Integer> offered = new LinkedHashMap<>();
        boolean isGiven = true;
        turn = due.isEmpty() ? 0 : (turn + 1) % due.size();
        while (isGiven && free > 0) {
            isGiven = false;
            for (int i = 0; i < due.size() && free > 0; i++) {
                String name = due.get((turn + i) % due.size());
                Lane lane = lanes.computeIfAbsent(name, unknown -> new Lane());
                lane.seenAt = now;
                int taken = lane.running + offered.getOrDefault(name, 0);
                if (taken < lane.breaker.places(now, mostOnALane) && (lane.isProven || unproven > 0)) {
                    offered.merge(name, 1, Integer::sum);
                    free--;
                    unproven -= lane.isProven ? 0 : 1;
                    isGiven = true;
                }
            }
        }
        return offered;
    }

    synchronized void began(String name) {
        lanes.computeIfAbsent(name, unknown -> new Lane()).running++;
    }

    /** One has ended; what it says of the lane comes separately. */
    synchronized void ended(String name) {
        lanes.get(name).running--;
    }

    synchronized void succeeded(String name) {
        Lane lane = lanes.get(name);
        lane.isProven = true;
        lane.breaker = Breaker.CLOSED;
    }

    synchronized void failed(String name, Instant now) {
        Lane lane = lanes.get(name);
        lane.isProven = false;
        lane.breaker = lane.breaker.failed(now);
        lane.seenAt = now;
    }

    /** It said that it takes nothing for now, perhaps until when; the same as if it had failed often enough. */
    synchronized void refused(String name, Instant until, Instant now) {
        Lane lane = lanes.get(name);
        lane.isProven = false;
        lane.breaker = lane.breaker.told(until, now);
        lane.seenAt = now;
    }

    /** How many lanes are left alone for now because they keep failing. */
    synchronized long open() {
        return lanes.values().stream().filter(lane -> lane.breaker.isOpen()).count();
    }

    private void forget(List<String> due, Instant now) {
        lanes.entrySet()
                .removeIf(entry -> entry.getValue().running == 0
                        && !due.contains(entry.getKey())
                        && (entry.getValue().seenAt == null
                                || entry.getValue().seenAt.plus(MEMORY).isBefore(now)));
    }
}
