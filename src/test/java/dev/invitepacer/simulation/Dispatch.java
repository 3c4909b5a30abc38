package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

import dev.invitepacer.account.Channel;
import dev.invitepacer.delivery.OpenDelivery;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;

/**
 * The dispatch loops of the replicas: what is claimed, begun and taken over is played as the statements do it; lanes,
 * completion, retries and what an outcome means are the real code.
 */
final class Dispatch {
    private static final long SECOND = 1_000_000L;

    private final World world;
    private final Memory memory;
    private final Outside outside;
    private final Canary canary;

    Dispatch(World world, Memory memory, Outside outside, Canary canary) {
        this.world = world;
        this.memory = memory;
        this.outside = outside;
        this.canary = canary;
    }

    /** When there may be something to do. */
    long next() {
        long next = Long.MAX_VALUE;
        Instant time = world.serviceTime();
        long looks = Long.MAX_VALUE;
        for (Replica replica : world.replicas) {
            if (replica.goes(world.now())) {
                looks = Math.min(looks, replica.looksForTasksAt);
            }
        }
        for (Rows rows : world.accounts()) {
            if (rows.nextTask != null) {
                next = Math.min(next, Math.max(looks, real(time, rows.nextTask)));
            }
        }
        return next;
    }

    private long real(Instant time, Instant at) {
        return world.now() + time.until(at, ChronoUnit.MICROS);
    }

    void round() {
        sweep();
        for (Replica replica : world.some()) {
            if (replica.looksForTasksAt <= world.now()) {
                claim(replica);
            }
        }
    }

    /** Whoever lives keeps its runs; those of the dead are taken over. */
    private void sweep() {
        Instant time = world.serviceTime();
        if (world.some().isEmpty()) {
            return;
        }
        for (Rows rows : world.accounts()) {
            if (rows.nextTask == null || rows.nextTask.isAfter(time)) {
                continue;
            }
            for (Task task : rows.open.values()) {
                if (!TasksOfMemory.isRunning(task)
                        || TasksOfMemory.runUntil(task).isAfter(time)
                        || rows.lockedTasks.contains(task.id)) {
                    continue;
                }
                boolean isKept = world.replicas.stream()
                        .anyMatch(replica ->
                                replica.goes(world.now()) && replica.held.containsKey(TasksOfMemory.run(task)));
                if (isKept) {
                    TasksOfMemory.renew(task, time.plus(world.lease()));
                } else {
                    boolean isRepeatable = isRepeatable(task.lane) || canary == Canary.CALL_REPEATED;
                    TasksOfMemory.takeOver(task, isRepeatable, time);
                }
            }
            rows.refreshTasks();
        }
    }

    private static boolean isRepeatable(String lane) {
        return lane.startsWith(Channel.WEBHOOK.name());
    }

    private record Due(Rows rows, Task task) {}

    private void claim(Replica replica) {
        Instant time = world.serviceTime();
        List<Due> due = new ArrayList<>();
        TreeSet<String> lanes = new TreeSet<>();
        for (Rows rows : world.accounts()) {
            if (rows.nextTask == null || rows.nextTask.isAfter(time)) {
                continue;
            }
            for (Task task : rows.open.values()) {
                Instant free = task.nextTryAt == null || TasksOfMemory.isRunning(task) ? null : rows.freeAt(task);
                if (free != null && !free.isAfter(time) && !rows.lockedTasks.contains(task.id)) {
                    due.add(new Due(rows, task));
                    lanes.add(task.lane);
                }
            }
        }
        if (due.isEmpty()) {
            return;
        }
        due.sort(Comparator.comparing((Due one) -> one.task().nextTryAt).thenComparing(one -> one.task().id));
        Map<String, Integer> places = replica.lanes.offer(List.copyOf(lanes), time);
        boolean isAny = false;
        for (Due one : due) {
            if (places.getOrDefault(one.task().lane, 0) > 0) {
                places.merge(one.task().lane, -1, Integer::sum);
                begin(replica, one, time);
                isAny = true;
            }
        }
        if (!isAny) {
            replica.looksForTasksAt = world.now() + world.random.nextLong(120 * SECOND);
        }
    }

    private void begin(Replica replica, Due due, Instant time) {
        UUID token = new UUID(world.random.nextLong(), world.random.nextLong());
        boolean isRepeatable = isRepeatable(due.task().lane);
        TasksOfMemory.claim(due.task(), token, time.plus(world.lease()), isRepeatable);
        due.rows().refreshTasks();
        OpenDelivery.Call call = OpenDelivery.call(due.task(), token);
        replica.held.put(token, call);
        replica.lanes.began(call.lane());
        int life = replica.life;
        // The statement that says "begun" comes a moment after the claim, if the process still lives.
        world.later(isRepeatable ? 1 : world.random.nextLong(20_000), () -> {
            if (replica.life != life) {
                return;
            }
            Task task = due.rows().task(call.work().task());
            if (!isRepeatable && !token.equals(TasksOfMemory.run(task))) {
                end(replica, call);
                return;
            }
            if (!isRepeatable) {
                TasksOfMemory.begin(task, world.serviceTime().plus(world.lease()));
                due.rows().refreshTasks();
            }
            call(replica, life, due.rows(), call, isRepeatable);
        });
    }

    private void call(Replica replica, int life, Rows rows, OpenDelivery.Call call, boolean isRepeatable) {
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
        Work work = new Work("completion", rows, replica, false, unit -> {
            Optional<Instant> at = memory.delivery.complete(call, outcome, isRepeatable, Duration.ofMillis(1));
            at.ifPresent(ended::add);
        });
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
