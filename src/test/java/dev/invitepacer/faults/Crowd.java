package dev.invitepacer.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that all begin at the same moment. */
final class Crowd implements AutoCloseable {
    private static final long BOUND_SECONDS = 120;

    private final ExecutorService threads;
    private final CyclicBarrier start;
    private final int size;

    /** @param starter runs when everybody stands at the line, before anybody goes */
    Crowd(int size, Runnable starter) {
        this.threads = Executors.newFixedThreadPool(size);
        this.start = new CyclicBarrier(size, starter);
        this.size = size;
    }

    /** What each of them came to, where the thread of a number does the work of that number. */
    <T> List<T> race(List<? extends Callable<T>> works) throws InterruptedException {
        if (works.size() != size) {
            throw new IllegalArgumentException(works.size() + " works for " + size + " threads");
        }
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> work : works) {
            running.add(threads.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            try {
                results.add(future.get(BOUND_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException failure) {
                throw new AssertionError("one of the racing threads failed: " + failure.getCause(), failure.getCause());
            } catch (TimeoutException stuck) {
                throw new AssertionError("not over within " + BOUND_SECONDS + " seconds", stuck);
            }
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
