package dev.invitepacer.webhook;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operating system's look-up, in threads of its own: it cannot be interrupted, and must not hold a caller for long. */
@ApplicationScoped
class SystemResolver implements Resolver {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 64;

    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "look-up");
                thread.setDaemon(true);
                return thread;
            });

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            Future<InetAddress[]> found = threads.submit(() -> InetAddress.getAllByName(host));
            return List.of(found.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException unknown) {
            throw new UnknownHostException(host);
        } catch (TimeoutException | RejectedExecutionException tooSlow) {
            throw new UnknownHostException(host + " could not be looked up in time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + " was not looked up: the service stops");
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
