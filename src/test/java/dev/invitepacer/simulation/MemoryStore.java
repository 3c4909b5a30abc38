package dev.invitepacer.simulation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.delivery.OpenDelivery;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.report.Report;

/**
 * Accounts in memory: a lock for each, and transactions that others come between at their lock, their work and their commit.
 * What is claimed, begun and taken over is played as the statements do it.
 */
final class MemoryStore implements Store {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final World world;
    private final Memory memory;
    private final Service service;
    private final Canary canary;
    private final List<Rows> accounts = new ArrayList<>();
    private long lastToken;

    MemoryStore(World world, Canary canary) {
        this(world, canary, Service.SOON);
    }

    /** @param expiry after how long LinkedIn drops an invitation */
    MemoryStore(World world, Canary canary, Duration expiry) {
        this.world = world;
        this.canary = canary;
        this.memory = new Memory(world::serviceTime, world.random::nextDouble);
        this.service = new Service(memory, canary, expiry);
    }

    private enum Phase {
        TO_LOCK,
        TO_WORK,
        TO_COMMIT
    }

    private final class Transaction extends Work {
        /** Whether it passes over an account that somebody else holds. */
        private final boolean isSkipping;

        private final Consumer<Unit> body;
        private Phase phase = Phase.TO_LOCK;
        private Unit unit;

        Transaction(String name, Rows rows, Replica replica, Consumer<Unit> body) {
            super(name, rows, replica);
            this.isSkipping = List.of(World.LOOK, World.NIGHT, World.LAPSE).contains(name);
            this.body = body;
        }
    }

    /** Done in one go, without an account's lock. */
    private static final class Statement extends Work {
        private final Runnable body;

        Statement(String name, Rows rows, Replica replica, Runnable body) {
            super(name, rows, replica);
            this.body = body;
        }
    }

    @Override
    public Rows add(String account, AccountSettings settings) {
        Rows rows = new Rows(account, settings, world.serviceTime());
        accounts.add(rows);
        return rows;
    }

    @Override
    public void timeIs(Instant now) {
        // It is asked for.
    }

    @Override
    public Work look(Rows rows, Replica replica) {
        Work work = new Transaction(World.LOOK, rows, replica, unit -> service.look(unit, world.serviceTime()));
        work.failed = () -> {
            // As the loop does it: an account that fails is put off.
            if (rows.holder == null) {
                rows.retryAt = world.serviceTime().plusSeconds(60);
            }
        };
        return work;
    }

    @Override
    public Work night(Rows rows, Replica replica) {
        return new Transaction(World.NIGHT, rows, replica, unit -> service.night(unit, world.serviceTime()));
    }

    @Override
    public Work lapse(Rows rows, Replica replica) {
        return new Transaction(World.LAPSE, rows, replica, unit -> service.lapse(unit, world.serviceTime()));
    }

    @Override
    public Work enqueue(Rows rows, List<Service.Draft> drafts) {
        return new Transaction("enqueue", rows, null, unit -> service.enqueue(unit, drafts, world.serviceTime()));
    }

    @Override
    public Work report(Rows rows, Report report, Long task) {
        return new Transaction("report", rows, null, unit -> {
            if (task == null) {
                memory.reports.apply(rows.account, report, "caller");
            } else {
                memory.reports.applyToTask(task, report, "caller");
            }
        });
    }

    @Override
    public Work change(Rows rows, AccountSettings settings) {
        return new Transaction("change", rows, null, unit -> service.change(unit, settings, world.serviceTime()));
    }

    @Override
    public Work pause(Rows rows, Instant until) {
        return new Transaction("pause", rows, null, unit -> service.pause(unit, world.serviceTime(), until));
    }

    @Override
    public Work resume(Rows rows) {
        return new Transaction("resume", rows, null, unit -> service.resume(unit, world.serviceTime()));
    }

    @Override
    public Work cancel(Rows rows, long invitation) {
        return new Transaction(World.CANCEL, rows, null, unit -> service.cancel(unit, invitation, world.serviceTime()));
    }

    @Override
    public Work calm(Rows rows, UnaryOperator<AccountSettings> settings) {
        return new Transaction("calm", rows, null, unit -> {
            service.resume(unit, world.serviceTime());
            service.change(unit, settings.apply(unit.settings), world.serviceTime());
        });
    }

    @Override
    public Work sweep(Replica replica) {
        return new Statement("sweep", null, replica, this::sweep);
    }

    /** Whoever lives keeps its runs; those of the dead are taken over. */
    private void sweep() {
        Instant time = world.serviceTime();
        for (Rows rows : accounts) {
            if (rows.nextTask == null || rows.nextTask.isAfter(time)) {
                continue;
            }
            for (Task task : rows.open.values()) {
                if (!TasksOfMemory.isRunning(task)
                        || TasksOfMemory.runUntil(task).isAfter(time)
                        || rows.lockedTasks.contains(task.id)) {
                    continue;
                }
                if (world.machines.held(TasksOfMemory.run(task)).isPresent()) {
                    TasksOfMemory.renew(task, time.plus(LEASE));
                } else {
                    boolean isRepeatable = Dispatch.isRepeatable(task.lane) || canary == Canary.CALL_REPEATED;
                    TasksOfMemory.takeOver(task, isRepeatable, time);
                }
            }
            rows.refreshTasks();
        }
    }

    private record Due(Rows rows, Task task) {}

    @Override
    public Work claim(Replica replica, Consumer<Claimed> claimed) {
        return new Statement("claim", null, replica, () -> claimed.accept(claim(replica)));
    }

    private Claimed claim(Replica replica) {
        Instant time = world.serviceTime();
        List<Due> due = new ArrayList<>();
        TreeSet<String> lanes = new TreeSet<>();
        for (Rows rows : accounts) {
            if (rows.nextTask == null || rows.nextTask.isAfter(time)) {
                continue;
            }
            for (Task task : rows.open.values()) {
                Instant free = task.nextTryAt == null || TasksOfMemory.isRunning(task) ? null : rows.freeAt(task);
                if (free != null && !free.isAfter(time)) {
                    lanes.add(task.lane);
                    if (!rows.lockedTasks.contains(task.id)) {
                        due.add(new Due(rows, task));
                    }
                }
            }
        }
        if (lanes.isEmpty()) {
            return new Claimed(false, List.of());
        }
        due.sort(Comparator.comparing((Due one) -> one.task().nextTryAt).thenComparing(one -> one.task().id));
        Map<String, Integer> places = new HashMap<>(replica.lanes.offer(List.copyOf(lanes), time));
        due.removeIf(one -> places.merge(one.task().lane, -1, Integer::sum) < 0);
        due.sort(Comparator.comparing(one -> one.task().id));
        Set<Rows> changed = new HashSet<>();
        List<OpenDelivery.Call> calls = new ArrayList<>();
        for (Due one : due) {
            UUID token = new UUID(world.seed, ++lastToken);
            TasksOfMemory.claim(one.task(), token, time.plus(LEASE), Dispatch.isRepeatable(one.task().lane));
            calls.add(OpenDelivery.call(one.task(), token));
            changed.add(one.rows());
        }
        changed.forEach(Rows::refreshTasks);
        return new Claimed(true, calls);
    }

    @Override
    public Work begin(Rows rows, Replica replica, OpenDelivery.Call call, Consumer<Boolean> begun) {
        return new Statement("begin", rows, replica, () -> {
            Task task = rows.task(call.work().task());
            boolean isOurs = call.token().equals(TasksOfMemory.run(task));
            if (isOurs) {
                TasksOfMemory.begin(task, world.serviceTime().plus(LEASE));
                rows.refreshTasks();
            }
            begun.accept(isOurs);
        });
    }

    @Override
    public Work complete(
            Rows rows,
            Replica replica,
            OpenDelivery.Call call,
            Outcome outcome,
            boolean isRepeatable,
            Consumer<Optional<Instant>> ended) {
        return new Transaction(
                "completion",
                rows,
                replica,
                unit -> ended.accept(memory.delivery.complete(call, outcome, isRepeatable, Duration.ofMillis(1))));
    }

    @Override
    public boolean canStep(Work work) {
        return !(work instanceof Transaction one)
                || one.phase != Phase.TO_LOCK
                || one.isSkipping
                || one.rows.holder == null;
    }

    @Override
    public void step(Work work) {
        if (work instanceof Statement statement) {
            statement.isOver = true;
            statement.body.run();
            return;
        }
        Transaction one = (Transaction) work;
        switch (one.phase) {
            case TO_LOCK -> lock(one);
            case TO_WORK -> work(one);
            case TO_COMMIT -> commit(one);
        }
        if (!world.scope.isDisturbed() && !one.isOver) {
            step(one);
        }
    }

    private void lock(Transaction work) {
        if (world.isToFail(500)) {
            world.met(Fault.POOL_EXHAUSTED);
            work.isOver = true;
            work.failed.run();
            return;
        }
        boolean isHeld = work.rows.holder != null && canary != Canary.LOCK_FORGOTTEN;
        if (isHeld || !work.isWanted.getAsBoolean()) {
            work.isOver = true;
            return;
        }
        work.unit = new Unit(work.name, work.rows);
        work.rows.holder = work.unit;
        work.phase = Phase.TO_WORK;
    }

    private void work(Transaction work) {
        memory.current = work.unit;
        try {
            work.body.accept(work.unit);
            work.phase = Phase.TO_COMMIT;
        } catch (HttpProblem refused) {
            // The caller hears that it cannot be, and says it no more.
            undo(work);
            work.done.run();
        } catch (Service.NotThere undone) {
            undo(work);
            work.failed.run();
        } catch (RuntimeException thrown) {
            undo(work);
            world.found(work.name + " throws " + trace(thrown));
        } finally {
            memory.current = null;
        }
    }

    static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private void commit(Transaction work) {
        int what = world.scope.isDisturbed() && world.isFaulty() ? world.random.nextInt(1_000) : 999;
        if (what == 0 && work.replica != null) {
            world.met(Fault.CRASHED_BEFORE_COMMIT);
            world.machines.die(work.replica);
            return;
        }
        if (what == 1) {
            world.met(Fault.COMMIT_UNKNOWN_AND_UNDONE);
            undo(work);
            work.failed.run();
            return;
        }
        work.unit.commit(world.clock());
        work.isOver = true;
        work.committed.run();
        world.committed(work.unit);
        if (what == 2 && work.replica != null) {
            world.met(Fault.CRASHED_AFTER_COMMIT);
            world.machines.die(work.replica);
        } else if (what == 3) {
            world.met(Fault.COMMIT_UNKNOWN_AND_DONE);
            work.failed.run();
        } else {
            work.done.run();
        }
    }

    @Override
    public void undo(Work work) {
        if (work instanceof Transaction one && one.unit != null && one.rows.holder == one.unit) {
            one.unit.end();
        }
        work.isOver = true;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
