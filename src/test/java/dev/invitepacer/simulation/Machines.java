package dev.invitepacer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.invitepacer.delivery.OpenDelivery.Call;

/** The replicas, and what becomes of them. */
final class Machines {
    private final World world;
    final List<Replica> replicas = List.of(new Replica("a"), new Replica("b"), new Replica("c"));
    private long outageUntil;

    Machines(World world) {
        this.world = world;
    }

    /** For how long yet nothing runs; 0 where it does. */
    long outage() {
        return Math.max(0, outageUntil - world.now());
    }

    /** When one of them is there again that is not now. */
    long next() {
        long next = outage() > 0 ? outageUntil : Long.MAX_VALUE;
        for (Replica replica : replicas) {
            next = Math.min(next, World.later(replica.frozenUntil, world.now()));
            next = Math.min(next, World.later(replica.downUntil, world.now()));
        }
        return next;
    }

    /** One of the replicas that go, or two or three at once. */
    List<Replica> some() {
        if (!world.scope.isDisturbed()) {
            return replicas.subList(0, 1);
        }
        List<Replica> up = new ArrayList<>(3);
        for (Replica replica : replicas) {
            if (replica.goes(world.now())) {
                up.add(replica);
            }
        }
        int count = world.random.nextInt(4) == 0 ? up.size() : Math.min(1, up.size());
        while (up.size() > count) {
            up.remove(world.random.nextInt(up.size()));
        }
        return up;
    }

    void die(Replica replica) {
        if (!replica.held.isEmpty()) {
            world.met(Fault.CRASHED_DURING_CALL);
        }
        world.undo(replica);
        replica.die(world.now() + World.SECOND + world.random.nextLong(600 * World.SECOND));
    }

    void freeze(Replica replica) {
        world.met(Fault.FROZEN);
        replica.frozenUntil = world.now() + world.random.nextLong(World.HOUR);
    }

    /** What happens to the machines, every few days. */
    void trouble() {
        if (!world.isFaulty()) {
            return;
        }
        world.later(world.random.nextLong(5 * World.DAY), this::trouble);
        switch (world.random.nextInt(12)) {
            case 0, 1 -> world.jump(world.random.nextLong(6 * World.HOUR), Fault.CLOCK_FORWARD);
            case 2, 3 -> world.jump(-world.random.nextLong(3 * World.HOUR), Fault.CLOCK_BACK);
            case 4 -> {
                world.met(Fault.OUTAGE);
                outageUntil = world.now() + 2 * World.WEEK;
                replicas.forEach(this::die);
                replicas.forEach(replica -> replica.downUntil = outageUntil);
            }
            case 5, 6 -> die(replicas.get(world.random.nextInt(replicas.size())));
            case 7 -> freeze(replicas.get(world.random.nextInt(replicas.size())));
            default -> {
                // Mostly nothing.
            }
        }
    }

    /** From here on nothing goes wrong with any of them. */
    void calm() {
        for (Replica replica : replicas) {
            replica.frozenUntil = 0;
            replica.downUntil = Math.min(replica.downUntil, world.now());
        }
        outageUntil = Math.min(outageUntil, world.now());
    }

    /** The run, where a replica that goes is at it. */
    Optional<Call> held(UUID run) {
        return replicas.stream()
                .filter(replica -> replica.goes(world.now()) && replica.held.containsKey(run))
                .map(replica -> replica.held.get(run))
                .findFirst();
    }
}
