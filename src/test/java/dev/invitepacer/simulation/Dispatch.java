package dev.invitepacer.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.invitepacer.account.Channel;
import dev.invitepacer.delivery.OpenDelivery;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;

/** The dispatch loops of the replicas, played; lanes, and what an outcome means to them, are the real code. */
final class Dispatch {
    private static final long SECOND = 1_000_000L;

    private final World world;
    private final Store store;
    private final Outside outside;

    Dispatch(World world, Store store, Outside outside) {
        this.world = world;
        this.store = store;
        this.outside = outside;
    }

    /** When there may be something to do, the first time after an instant. */
    long next(long after) {
        long next = Long.MAX_VALUE;
        Instant time = world.serviceTime();
        long looks = Long.MAX_VALUE;
        for (Replica replica : world.machines.replicas) {
            if (replica.goes(world.now())) {
                looks = Math.min(looks, replica.looksForTasksAt);
            }
        }
        for (Rows rows : world.accounts()) {
            for (Task task : rows.open.values()) {
                Instant at = rows.nextOf(task);
                long then = at == null ? after : Math.max(looks, real(time, at));
                next = then > after ? Math.min(next, then) : next;
            }
        }
        return next;
    }

    private long real(Instant time, Instant at) {
        return world.now() + time.until(at, ChronoUnit.MICROS);
    }

    void round() {
        if (isAnyOver()) {
            world.machines.some().stream().findFirst().ifPresent(replica -> world.run(store.sweep(replica)));
        }
        if (isAnyDue()) {
            for (Replica replica : world.machines.some()) {
                if (replica.looksForTasksAt <= world.now()) {
                    world.run(store.claim(replica, claimed -> claimed(replica, claimed)));
                }
            }
        }
    }

    private boolean isAnyOver() {
        Instant time = world.serviceTime();
        return world.accounts().stream()
                .filter(rows -> rows.nextTask != null && !rows.nextTask.isAfter(time))
                .flatMap(rows -> rows.open.values().stream())
                .anyMatch(task -> TasksOfMemory.isRunning(task)
                        && !TasksOfMemory.runUntil(task).isAfter(time));
    }

    private boolean isAnyDue() {
        Instant time = world.serviceTime();
        return world.accounts().stream().anyMatch(rows -> rows.nextTask != null && !rows.nextTask.isAfter(time));
    }

    /** Whether whoever receives it knows a task by its id, and acts on it once. */
    static boolean isRepeatable(String lane) {
        return lane.startsWith(Channel.WEBHOOK.name());
    }

    private void claimed(Replica replica, Store.Claimed claimed) {
        claimed.calls().forEach(call -> begin(replica, call));
        if (!claimed.calls().isEmpty()) {
            world.gotOn();
        }
        if (claimed.wereDue() && claimed.calls().isEmpty()) {
            replica.looksForTasksAt = world.now() + world.random.nextLong(120 * SECOND);
        }
    }

    private void begin(Replica replica, OpenDelivery.Call call) {
        Rows rows = world.rows(call.work().account());
        boolean isRepeatable = isRepeatable(call.lane());
        replica.held.put(call.token(), call);
        replica.lanes.began(call.lane());
        int life = replica.life;
        if (isRepeatable) {
            world.later(1, () -> call(replica, life, rows, call, true));
            return;
        }
        // The statement that says "begun" comes a moment after the claim, if the process still lives.
        world.later(world.random.nextLong(20_000), () -> {
            if (replica.life != life) {
                return;
            }
            Work work = store.begin(rows, replica, call, isBegun -> {
                if (isBegun) {
                    call(replica, life, rows, call, false);
                } else {
                    end(replica, call);
                }
            });
            // Whether it is begun is not known, so nothing goes out; the lease ends.
            work.failed = () -> end(replica, call);
            world.run(work);
        });
    }

    private void call(Replica replica, int life, Rows rows, OpenDelivery.Call call, boolean isRepeatable) {
        if (replica.life != life) {
            return;
        }
        Outside.Answer answer = outside.call(rows, call, world.now(), world.isFaulty());
        world.later(
                answer.after(),
                () -> complete(replica, life, rows, call, answer.outcome(), isRepeatable, world.now() + 60 * SECOND));
    }

    private void complete(
            Replica replica,
            int life,
            Rows rows,
            OpenDelivery.Call call,
            Outcome outcome,
            boolean isRepeatable,
            long insistsUntil) {
        if (replica.life != life) {
            return;
        }
        if (replica.frozenUntil > world.now()) {
            world.later(
                    replica.frozenUntil - world.now(),
                    () -> complete(replica, life, rows, call, outcome, isRepeatable, world.now() + 60 * SECOND));
            return;
        }
        List<Instant> ended = new ArrayList<>();
        Work work = store.complete(rows, replica, call, outcome, isRepeatable, at -> at.ifPresent(ended::add));
        work.done = () -> {
            if (!ended.isEmpty()) {
                replica.lanes.heed(call.lane(), outcome, ended.get(0));
            }
            end(replica, call);
        };
        work.failed = () -> {
            if (world.now() > insistsUntil) {
                end(replica, call);
            } else {
                world.later(SECOND, () -> complete(replica, life, rows, call, outcome, isRepeatable, insistsUntil));
            }
        };
        world.run(work);
    }

    private static void end(Replica replica, OpenDelivery.Call call) {
        replica.held.remove(call.token());
        replica.lanes.ended(call.lane());
    }
}
