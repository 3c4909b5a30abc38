package dev.invitepacer.simulation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.Arc;
import jakarta.transaction.TransactionManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.invitepacer.account.PaceRow;
import dev.invitepacer.web.DatabaseTrouble;

/**
 * Who goes when: each work has a thread and a connection of its own, one of them goes at a time, from one statement to the next, and who waits for a lock in the database lets others go. What breaks,
 * breaks here.
 */
final class Stepping implements AutoCloseable {
    /** Transactions under way at once; the pool has a few connections more. */
    private static final int MOST_AT_ONCE = 9;

    /** Most statements are done by then; from then on it is asked whether one waits for a lock. */
    private static final int SOON_MILLIS = 4;

    /** A minute in which the process runs: one that is halted, and its database with it, does not stand still. */
    private static final int STUCK_MILLIS = 60_000;

    /** For as long as a simulation may be halted. */
    private static final int NEVER_SECONDS = 7 * 86_400;

    private final World world;
    private final Canary canary;
    private final Mirror mirror;
    private final Lookout lookout;
    private final TransactionManager transactions =
            Arc.container().instance(TransactionManager.class).get();
    private final Counter lastLine = Arc.container()
            .instance(MeterRegistry.class)
            .get()
            .find("pacer.ledger.last.line")
            .counter();
    private final double refusedBefore = lastLine.count();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Stepped> underWay = new ArrayList<>();
    /** How often somebody came to a point before which locks may have been let go. */
    private long letGo;

    Stepping(World world, Canary canary, Mirror mirror, Lookout lookout) {
        this.world = world;
        this.canary = canary;
        this.mirror = mirror;
        this.lookout = lookout;
    }

    void timeIs(Instant now) {
        // The database ends a deadlock by itself after a while.
        letGo++;
        lookout.timeIs(now);
    }

    /** Whether it can get any further now. */
    boolean canStep(Stepped one) {
        if (one.thread == null) {
            return underWay.size() < MOST_AT_ONCE;
        }
        if (one.isBlocked && one.askedAfter != letGo) {
            // Somebody has let locks go since, as by a connection that broke: nobody tells who waits for them.
            arrive(one);
        }
        return !one.isBlocked && !one.isOver;
    }

    /** Lets it go to its next point; to its end, where nothing is disturbed. */
    void step(Stepped one) {
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
                    world.machines.die(work.replica);
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
            world.machines.die(work.replica);
        } else if (what < 4) {
            world.met(Fault.COMMIT_UNKNOWN_AND_UNDONE);
            go(work, SteppedThread.Verdict.BREAK);
        } else if (what < 6 && work.replica != null) {
            world.met(Fault.CRASHED_AFTER_COMMIT);
            work.thread.goOn(SteppedThread.Verdict.BREAK_AFTERWARDS);
            arrive(work);
            world.machines.die(work.replica);
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
        if (canary == Canary.NOT_WOKEN && work.name.equals(PostgresStore.ENQUEUE)) {
            lookout.wakeAt(work.rows.account, PaceRow.dueAt(work.rows.pace));
        }
    }

    private boolean stands(Stepped work) {
        work.askedAfter = letGo;
        // Locks are let go before a commit is answered: who waited for them and waits no more is known at once.
        if (work.isBlocked && lookout.isBlocked(work.thread.backend)) {
            return false;
        }
        if (work.thread.arrives(SOON_MILLIS)) {
            return true;
        }
        for (int waited = 0; waited < STUCK_MILLIS; waited += 2) {
            if (work.thread.arrives(2)) {
                return true;
            }
            if (lookout.isBlocked(work.thread.backend)) {
                return false;
            }
        }
        throw new IllegalStateException(work.name + " stands still, and waits for nobody");
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
    void undo(Stepped one) {
        if (one.thread == null) {
            one.isOver = true;
            return;
        }
        one.thread.isDead = true;
        if (one.isBlocked) {
            lookout.terminate(one.thread.backend);
        } else {
            one.thread.goOn(SteppedThread.Verdict.BREAK);
        }
        for (int waited = 0; !one.thread.arrives(10); waited += 10) {
            if (waited > STUCK_MILLIS) {
                throw new IllegalStateException(one.name + " does not die");
            }
        }
        one.isBlocked = false;
        letGo++;
        over(one);
        unblock();
    }

    /** Ends whatever is under way. */
    @Override
    public void close() {
        underWay.forEach(work -> work.thread.isDead = true);
        List.copyOf(underWay).forEach(this::undo);
        threads.shutdownNow();
    }
}
