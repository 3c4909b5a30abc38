package dev.invitepacer.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.invitepacer.delivery.OpenDelivery;

/** One process of the service. */
final class Replica {
    final String name;
    /** How often it died: what it knew before is gone. */
    int life;

    long downUntil;
    long frozenUntil;
    OpenDelivery.OpenLanes lanes = new OpenDelivery.OpenLanes();
    final Map<UUID, OpenDelivery.Call> held = new LinkedHashMap<>();
    /** The last time it looked for tasks and found every lane closed: not again before this. */
    long looksForTasksAt;

    Replica(String name) {
        this.name = name;
    }

    boolean isUp(long now) {
        return downUntil <= now;
    }

    boolean goes(long now) {
        return isUp(now) && frozenUntil <= now;
    }

    void die(long until) {
        life++;
        downUntil = until;
        frozenUntil = 0;
        held.clear();
        lanes = new OpenDelivery.OpenLanes();
        looksForTasksAt = 0;
    }
}
