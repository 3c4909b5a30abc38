package dev.invitepacer.simulation;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that stops at each point where another process could come between, and goes on when it may. Whoever leads it reads
 * its fields while it stands; the two hand each other the turn.
 */
final class SteppedThread {
    /** Where it stands. */
    enum Point {
        /** Before it takes a connection into a transaction. */
        BEGIN,
        STATEMENT,
        COMMIT,
        /** Right after a commit that the database has made and nobody has heard of. */
        COMMITTED,
        OVER
    }

    /** What becomes of the connection that it stands at. */
    enum Verdict {
        GO_ON,
        /** There is none to be had. */
        REFUSE,
        /** It breaks, and what was not committed is undone. */
        BREAK,
        /** It breaks once the commit is made. */
        BREAK_AFTERWARDS
    }

    private static final ThreadLocal<SteppedThread> CURRENT = new ThreadLocal<>();

    private final Semaphore turn = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);
    private volatile Verdict verdict;

    volatile Point point;
    /** The process of the database that its statements wait in; 0 before the first. */
    volatile int backend;
    /** Its process has died: whatever it still tries fails at once. */
    volatile boolean isDead;

    volatile Object result;
    volatile Throwable thrown;

    private SteppedThread() {}

    /** Begins, and stops at its first point. */
    static SteppedThread begin(ExecutorService threads, Callable<?> body) {
        SteppedThread thread = new SteppedThread();
        threads.execute(() -> thread.run(body));
        return thread;
    }

    /** The stepped thread that this is; null where it is another. */
    static SteppedThread current() {
        return CURRENT.get();
    }

    private void run(Callable<?> body) {
        CURRENT.set(this);
        try {
            result = body.call();
        } catch (Throwable failure) {
            thrown = failure;
        } finally {
            CURRENT.remove();
            Thread.interrupted();
            point = Point.OVER;
            arrived.release();
        }
    }

    /** Stops here until it may go on. */
    Verdict at(Point where) {
        if (isDead) {
            return Verdict.BREAK;
        }
        point = where;
        arrived.release();
        turn.acquireUninterruptibly();
        return verdict;
    }

    void goOn(Verdict how) {
        verdict = how;
        turn.release();
    }

    /** Whether it stands at its next point within this time. */
    boolean arrives(long millis) {
        try {
            return arrived.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
