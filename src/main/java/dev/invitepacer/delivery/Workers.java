package dev.invitepacer.delivery;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that hand over: virtual ones where the JVM has them, else a pool. */
final class Workers {
    private Workers() {}

    /** @param most how many a pool has; the caller gives out no more work than that at once */
    static ExecutorService of(int most) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException olderJvm) {
            return Executors.newFixedThreadPool(most, named());
        } catch (IllegalAccessException | InvocationTargetException | UnsupportedOperationException notAllowed) {
            return Executors.newFixedThreadPool(most, named());
        }
    }

    static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "delivery-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
