package dev.invitepacer.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.Arc;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

import dev.invitepacer.account.AccountChanges;
import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.OpenDelivery.Call;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.RealDelivery;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.RealQueue;
import dev.invitepacer.release.RealLapses;
import dev.invitepacer.release.ReleaseBatch;
import dev.invitepacer.release.ReleaseLoop;
import dev.invitepacer.report.Report;
import dev.invitepacer.report.Reports;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.withdrawal.NightlyRun;

/**
 * The service itself on its PostgreSQL: its beans, its statements, its triggers. Each work has a thread and a connection of its
 * own; one of them goes at a time, from one statement to the next, and who waits for a lock in the database lets others go.
 */
final class PostgresStore implements Store {
    /** Transactions under way at once; the pool has a few connections more. */
    private static final int MOST_AT_ONCE = 9;

    private static final String ACTOR = "caller";
    private static final String ENQUEUE = "enqueue";
    /** Most statements are done by then; from then on it is asked whether one waits for a lock. */
    private static final int SOON_MILLIS = 4;

    /** A minute in which the process runs: one that is halted, and its database with it, does not stand still. */
    private static final int STUCK_MILLIS = 60_000;

    /** For as long as a simulation may be halted. */
    private static final int NEVER_SECONDS = 7 * 86_400;

    /** The last line of the cap's defence, which is switched off where the code has to hold the cap alone. */
    enum Guard {
        ON,
        OFF
    }

    private final World world;
    private final Canary canary;
    private final Mirror mirror;
    private final Connection lookout;
    private final PreparedStatement setTime;
    private final PreparedStatement isBlocked;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** How often somebody came to a point before which locks may have been let go. */
    private long letGo;

    private final List<Stepped> underWay = new ArrayList<>();
    private final Map<Replica, Map<String, Work>> rounds = new HashMap<>();

    private final ReleaseLoop releases = bean(ReleaseLoop.class);
    private final ReleaseBatch batch = bean(ReleaseBatch.class);
    private final NightlyRun nights = bean(NightlyRun.class);
    private final Reports reports = bean(Reports.class);
    private final AccountChanges changes = bean(AccountChanges.class);
    private final ObjectMapper json = bean(ObjectMapper.class);
    private final TransactionManager transactions = bean(TransactionManager.class);
    private final RealDelivery delivery;
    private final Counter lastLine =
            bean(MeterRegistry.class).find("pacer.ledger.last.line").counter();
    private final double refusedBefore = lastLine.count();

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    PostgresStore(World world, Canary canary, DataSource database, Guard guard) {
        this.world = world;
        this.canary = canary;
        this.delivery = new RealDelivery(world.random::nextDouble);
        try {
            this.lookout = database.getConnection();
            SteppedDriver.devote(lookout);
            try (Statement statement = lookout.createStatement()) {
                statement.execute("truncate account, ledger, note_use, suppression, idempotency, endpoint, event,"
                        + " subscription restart identity cascade");
                statement.execute("insert into endpoint (name, url, secret, created_at, changed_at)"
                        + " select 'hook-' || n, 'http://127.0.0.1:9/', decode('00', 'hex'), service_now(), service_now()"
                        + " from generate_series(0, 1) as n");
                statement.execute("alter table ledger " + (guard == Guard.OFF ? "disable" : "enable")
                        + " trigger ledger_holds_the_cap");
            }
            this.setTime = lookout.prepareStatement(
                    "update service_clock set anchor_database = clock_timestamp(), anchor_service = ?, factor = 0");
            this.isBlocked = lookout.prepareStatement("select cardinality(pg_blocking_pids(?)) > 0");
            this.mirror = new Mirror(world, database.getConnection(), bean(Accounts.class));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Stepped extends Work {
        private final Callable<?> body;
        private SteppedThread thread;
        private boolean isBlocked;
        /** How often locks had been let go when it was last asked whether it still waits. */
        private long askedAfter;

        private Consumer<Object> result = none -> {};

        Stepped(String name, Rows rows, Replica replica, Callable<?> body) {
            super(name, rows, replica);
            this.body = body;
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private static Stepped work(String name, Rows rows, Replica replica, Body body) {
        return new Stepped(name, rows, replica, () -> {
            body.run();
            return null;
        });
    }

    @Override
    public Rows add(String account, AccountSettings settings) {
        Rows rows = new Rows(account, settings, world.serviceTime());
        mirror.add(rows);
        changes.put(account, body(settings), true, ACTOR);
        try (Statement statement = lookout.createStatement()) {
            statement.execute("insert into campaign (account, name, weight, created_at)" + " select '" + account
                    + "', 'c' || n, 1 + 2 * n, service_now() from generate_series(0, 2) as n");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        mirror.changes("add");
        rows.version = 0;
        return rows;
    }

    private ObjectNode body(AccountSettings settings) {
        return json.valueToTree(settings.toJson());
    }

    @Override
    public void timeIs(Instant now) {
        // The database ends a deadlock by itself after a while.
        letGo++;
        try {
            setTime.setTimestamp(1, Timestamp.from(now));
            setTime.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A loop goes round once at a time in each process, and takes whatever is due. */
    private Work round(Replica replica, Stepped work) {
        Work last = rounds.computeIfAbsent(replica, none -> new HashMap<>()).get(work.name);
        if (world.scope.isDisturbed() && last != null && !last.isOver) {
            return null;
        }
        rounds.get(replica).put(work.name, work);
        return work;
    }

    @Override
    public Work look(Rows rows, Replica replica) {
        return world.scope.isDisturbed()
                ? round(replica, new Stepped(World.LOOK, null, replica, releases::round))
                : new Stepped(World.LOOK, rows, replica, () -> batch.release(rows.account));
    }

    @Override
    public Work night(Rows rows, Replica replica) {
        return round(replica, new Stepped(World.NIGHT, null, replica, nights::round));
    }

    @Override
    public Work lapse(Rows rows, Replica replica) {
        return round(replica, work(World.LAPSE, null, replica, RealLapses::sweep));
    }

    @Override
    public Work enqueue(Rows rows, List<Service.Draft> drafts) {
        List<ObjectNode> bodies = drafts.stream().map(PostgresStore::body).toList();
        return work(ENQUEUE, rows, null, () -> {
            if (bodies.size() == 1) {
                RealQueue.enqueue(rows.account, bodies.get(0));
            } else {
                RealQueue.take(rows.account, bodies);
            }
        });
    }

    private static ObjectNode body(Service.Draft draft) {
        ObjectNode body = RealQueue.object()
                .put("profile", draft.profile())
                .put("campaign", draft.campaign())
                .put("priority", draft.priority())
                .put("memberUrn", "urn:li:person:" + draft.profile().replace('-', '0'));
        if (draft.notBefore() != null) {
            body.put("notBefore", draft.notBefore().toString());
        }
        if (draft.lapsesAt() != null) {
            body.put("lapsesAt", draft.lapsesAt().toString());
        }
        return body;
    }

    @Override
    public Work report(Rows rows, Report report, Long task) {
        return work("report", rows, null, () -> {
            if (task == null) {
                reports.apply(rows.account, List.of(report), ACTOR);
            } else {
                reports.applyToTask(Long.toString(task), report, ACTOR);
            }
        });
    }

    @Override
    public Work change(Rows rows, AccountSettings settings) {
        return work("change", rows, null, () -> changes.put(rows.account, body(settings), true, ACTOR));
    }

    @Override
    public Work pause(Rows rows, Instant until) {
        return work("pause", rows, null, () -> changes.pause(rows.account, "simulated", until, ACTOR));
    }

    @Override
    public Work resume(Rows rows) {
        return work("resume", rows, null, () -> changes.resume(rows.account, false, ACTOR));
    }

    @Override
    public Work cancel(Rows rows, long invitation) {
        return work(World.CANCEL, rows, null, () -> RealQueue.cancel(rows.account, invitation));
    }

    @Override
    public Work calm(Rows rows, UnaryOperator<AccountSettings> settings) {
        return work("calm", rows, null, () -> {
            changes.resume(rows.account, false, ACTOR);
            changes.put(rows.account, body(settings.apply(rows.settings)), true, ACTOR);
        });
    }

    /** The leases end by the simulated time: those that are lost are let run out in the database first. */
    @Override
    public Work sweep(Replica replica) {
        List<Task> over = new ArrayList<>();
        List<Call> kept = new ArrayList<>();
        List<UUID> lost = new ArrayList<>();
        for (Rows rows : world.accounts()) {
            for (Task task : rows.open.values()) {
                if (TasksOfMemory.isRunning(task)
                        && !TasksOfMemory.runUntil(task).isAfter(world.serviceTime())) {
                    UUID run = TasksOfMemory.run(task);
                    world.held(run).ifPresentOrElse(call -> kept.add(call), () -> lost.add(run));
                    over.add(task);
                }
            }
        }
        runOut(lost);
        Work work = work("sweep", null, replica, () -> {
            delivery.renew(kept);
            delivery.sweep(canary == Canary.CALL_REPEATED);
        });
        work.done = () -> over.stream()
                .filter(task -> kept.stream().anyMatch(call -> call.token().equals(TasksOfMemory.run(task))))
                .forEach(task -> {
                    TasksOfMemory.renew(task, world.serviceTime().plus(MemoryStore.LEASE));
                    world.rows(task.account).refreshTasks();
                });
        return round(replica, (Stepped) work);
    }

    private void runOut(List<UUID> lost) {
        if (lost.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = lookout.prepareStatement("""
                update task
                   set run_until = clock_timestamp() - interval '1 second'
                 where id in (select id from task where run = any(?) for update skip locked)""")) {
            statement.setArray(1, lookout.createArrayOf("uuid", lost.toArray()));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        mirror.changes("lease");
    }

    @Override
    public Work claim(Replica replica, Consumer<Claimed> claimed) {
        Stepped work = new Stepped("claim", null, replica, () -> delivery.claim(replica.lanes));
        work.result = found -> {
            RealDelivery.Claimed one = (RealDelivery.Claimed) found;
            claimed.accept(new Claimed(one.wereDue(), one.calls()));
        };
        return round(replica, work);
    }

    @Override
    public Work begin(Rows rows, Replica replica, Call call, Consumer<Boolean> begun) {
        Stepped work = new Stepped("begin", rows, replica, () -> delivery.begin(call));
        work.result = isOurs -> begun.accept((Boolean) isOurs);
        return work;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Work complete(
            Rows rows,
            Replica replica,
            Call call,
            Outcome outcome,
            boolean isRepeatable,
            Consumer<Optional<Instant>> ended) {
        Stepped work = new Stepped(
                "completion",
                rows,
                replica,
                () -> delivery.complete(call, outcome, isRepeatable, Duration.ofMillis(1)));
        work.result = at -> ended.accept((Optional<Instant>) at);
        return work;
    }

    @Override
    public boolean canStep(Work work) {
        Stepped one = (Stepped) work;
        if (one.thread == null) {
            return underWay.size() < MOST_AT_ONCE;
        }
        if (one.isBlocked && one.askedAfter != letGo) {
            // Somebody has let locks go since, as by a connection that broke: nobody tells who waits for them.
            arrive(one);
        }
        return !one.isBlocked && !one.isOver;
    }

    @Override
    public void step(Work work) {
        Stepped one = (Stepped) work;
        stepOnce(one);
        while (!world.scope.isDisturbed() && !one.isOver) {
            if (canStep(one)) {
                stepOnce(one);
            }
        }
    }

    private void stepOnce(Stepped work) {
        if (work.thread == null) {
            if (!work.isWanted.getAsBoolean()) {
                work.isOver = true;
                return;
            }
            work.thread = SteppedThread.begin(threads, () -> {
                transactions.setTransactionTimeout(NEVER_SECONDS);
                return work.body.call();
            });
            underWay.add(work);
            arrive(work);
            return;
        }
        if (world.scope.isDisturbed() && world.random.nextInt(16) == 0) {
            timeIs(world.serviceTime());
        }
        switch (work.thread.point) {
            case BEGIN -> {
                boolean isRefused = world.isToFail(500);
                if (isRefused) {
                    world.met(Fault.POOL_EXHAUSTED);
                }
                go(work, isRefused ? SteppedThread.Verdict.REFUSE : SteppedThread.Verdict.GO_ON);
            }
            case COMMIT -> commit(work);
            default -> {
                if (work.replica != null && world.isToFail(10_000)) {
                    world.met(Fault.CRASHED_BEFORE_COMMIT);
                    world.die(work.replica);
                } else {
                    go(work, SteppedThread.Verdict.GO_ON);
                }
            }
        }
    }

    private void commit(Stepped work) {
        int what = world.scope.isDisturbed() && world.isFaulty() ? world.random.nextInt(1_000) : 999;
        if (what < 2 && work.replica != null) {
            world.met(Fault.CRASHED_BEFORE_COMMIT);
            world.die(work.replica);
        } else if (what < 4) {
            world.met(Fault.COMMIT_UNKNOWN_AND_UNDONE);
            go(work, SteppedThread.Verdict.BREAK);
        } else if (what < 6 && work.replica != null) {
            world.met(Fault.CRASHED_AFTER_COMMIT);
            work.thread.goOn(SteppedThread.Verdict.BREAK_AFTERWARDS);
            arrive(work);
            world.die(work.replica);
        } else if (what < 8) {
            world.met(Fault.COMMIT_UNKNOWN_AND_DONE);
            go(work, SteppedThread.Verdict.BREAK_AFTERWARDS);
        } else {
            go(work, SteppedThread.Verdict.GO_ON);
        }
    }

    private void go(Stepped work, SteppedThread.Verdict how) {
        work.thread.goOn(how);
        arrive(work);
    }

    /** Waits until it stands, is over or waits for a lock, and tells what it has committed. */
    private void arrive(Stepped work) {
        boolean wasBlocked = work.isBlocked;
        work.isBlocked = !stands(work);
        world.tally.steps++;
        if (work.isBlocked) {
            world.tally.waits += wasBlocked ? 0 : 1;
            return;
        }
        if (work.thread.point != SteppedThread.Point.STATEMENT && work.thread.point != SteppedThread.Point.COMMIT) {
            letGo++;
        }
        switch (work.thread.point) {
            case COMMITTED -> {
                unblock();
                forgetToWake(work);
                Collection<Unit> units = mirror.changes(work.name);
                work.committed.run();
                work.committed = () -> {};
                units.forEach(world::committed);
                if (!work.thread.isDead) {
                    go(work, SteppedThread.Verdict.GO_ON);
                }
            }
            case OVER -> {
                over(work);
                unblock();
            }
            default -> {}
        }
    }

    /** A bug that is put in on purpose: who takes drafts in leaves the account asleep. */
    private void forgetToWake(Stepped work) {
        if (canary != Canary.NOT_WOKEN || !work.name.equals(ENQUEUE)) {
            return;
        }
        Instant due = PaceRow.dueAt(work.rows.pace);
        try (PreparedStatement statement = lookout.prepareStatement("update pace set due_at = ? where account = ?")) {
            statement.setTimestamp(1, due == null ? null : Timestamp.from(due));
            statement.setString(2, work.rows.account);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean stands(Stepped work) {
        work.askedAfter = letGo;
        // Locks are let go before a commit is answered: who waited for them and waits no more is known at once.
        if (work.isBlocked && isBlocked(work.thread.backend)) {
            return false;
        }
        if (work.thread.arrives(SOON_MILLIS)) {
            return true;
        }
        for (int waited = 0; waited < STUCK_MILLIS; waited += 2) {
            if (work.thread.arrives(2)) {
                return true;
            }
            if (isBlocked(work.thread.backend)) {
                return false;
            }
        }
        throw new IllegalStateException(work.name + " stands still, and waits for nobody");
    }

    private boolean isBlocked(int backend) {
        try {
            isBlocked.setInt(1, backend);
            try (ResultSet result = isBlocked.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A lock may have become free: whoever got it goes on to its next point. */
    private void unblock() {
        for (Stepped work : List.copyOf(underWay)) {
            if (work.isBlocked) {
                arrive(work);
            }
        }
    }

    private void over(Stepped work) {
        underWay.remove(work);
        work.isOver = true;
        if (lastLine.count() > refusedBefore) {
            world.found("the database had to refuse a release that was one too many");
        }
        Throwable thrown = work.thread.thrown;
        if (work.thread.isDead) {
            return;
        }
        if (thrown == null) {
            work.result.accept(work.thread.result);
            work.done.run();
        } else if (thrown instanceof HttpProblem refused) {
            (refused.getStatusCode() < 500 ? work.done : work.failed).run();
        } else if (thrown instanceof Exception failure
                && DatabaseTrouble.in(failure).isPresent()) {
            work.failed.run();
        } else {
            world.found(work.name + " throws " + MemoryStore.trace(thrown));
        }
    }

    /** Whatever its process still tries fails, and what it has not committed is undone before anybody else goes on. */
    @Override
    public void undo(Work work) {
        Stepped one = (Stepped) work;
        if (one.thread == null) {
            one.isOver = true;
            return;
        }
        one.thread.isDead = true;
        if (one.isBlocked) {
            terminate(one.thread.backend);
        } else {
            one.thread.goOn(SteppedThread.Verdict.BREAK);
        }
        for (int waited = 0; !one.thread.arrives(10); waited += 10) {
            if (waited > STUCK_MILLIS) {
                throw new IllegalStateException(work.name + " does not die");
            }
        }
        one.isBlocked = false;
        letGo++;
        over(one);
        unblock();
    }

    private void terminate(int backend) {
        try (Statement statement = lookout.createStatement()) {
            statement.execute("select pg_terminate_backend(" + backend + ")");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        underWay.forEach(work -> work.thread.isDead = true);
        List.copyOf(underWay).forEach(this::undo);
        threads.shutdownNow();
        try (lookout;
                Statement statement = lookout.createStatement()) {
            mirror.close();
            statement.execute("alter table ledger enable trigger ledger_holds_the_cap");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
