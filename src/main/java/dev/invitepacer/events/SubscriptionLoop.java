package dev.invitepacer.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

import dev.invitepacer.web.Tick;
import dev.invitepacer.webhook.EndpointIsOn;

/**
 * Posts events to subscribers, once a second. A bounded number of accounts at once, few of one subscription, and one of a
 * subscription that failed last. Those that have not taken anything yet, or failed last, share half of the places: however
 * many of them hang, the others have the other half.
 */
@Startup
@ApplicationScoped
public class SubscriptionLoop {
    private static final Logger LOG = Logger.getLogger(SubscriptionLoop.class);
    private static final int AT_ONCE = 16;
    private static final int OF_ONE = 4;
    private static final int MOST_LOOKS = 20;
    private static final int STOP_SECONDS = 18;

    private final Subscriptions subscriptions;
    private final EventPost post;
    private final Counter runs;
    private final Counter failures;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread thread = new Thread(work, "subscriber");
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /** Whether a subscription's last run was taken; missing before its first. */
    private final Map<String, Boolean> taking = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    SubscriptionLoop(Subscriptions subscriptions, EventPost post, MeterRegistry metrics) {
        this.subscriptions = subscriptions;
        this.post = post;
        this.runs = Counter.builder("pacer.subscriptions.runs")
                .description("Times that events of an account were posted to a subscriber")
                .register(metrics);
        this.failures = Counter.builder("pacer.subscriptions.failures")
                .description("… and that one of them was not taken")
                .register(metrics);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No events are posted")
    void scheduled() {
        begin();
    }

    /** Posts all that is due, and comes back when it is done; says how many runs it took. */
    public int round() {
        int count = 0;
        for (int begun = begin(); begun > 0; begun = begin()) {
            count += begun;
            places.acquireUninterruptibly(AT_ONCE);
            places.release(AT_ONCE);
        }
        return count;
    }

    /** Begins to post what is due, as far as places are free; says in how many accounts. */
    private int begin() {
        int count = 0;
        for (Subscription subscription : subscriptions.list(null)) {
            String name = subscription.name();
            for (int i = 0; i < MOST_LOOKS && !stopping && subscriptions.notice(name); i++) {
                // the next stretch
            }
            int free = free(name);
            if (free > 0 && !stopping) {
                List<Subscriptions.Claim> claims = subscriptions.claim(name, free);
                claims.forEach(this::begin);
                count += claims.size();
            }
        }
        return count;
    }

    /** In how many more of its accounts a subscription may be posted to now. */
    private int free(String name) {
        boolean isProven = taking.getOrDefault(name, false);
        int most = taking.getOrDefault(name, true) ? OF_ONE : 1;
        int unproven = running.entrySet().stream()
                .filter(entry -> !taking.getOrDefault(entry.getKey(), false))
                .mapToInt(Map.Entry::getValue)
                .sum();
        int free = Math.min(places.availablePermits(), most - running.getOrDefault(name, 0));
        return isProven ? free : Math.min(free, AT_ONCE / 2 - unproven);
    }

    private void begin(Subscriptions.Claim claim) {
        places.acquireUninterruptibly();
        running.merge(claim.subscription(), 1, Integer::sum);
        try {
            workers.execute(() -> work(claim));
        } catch (RejectedExecutionException stopped) {
            end(claim);
        }
    }

    private void work(Subscriptions.Claim claim) {
        try {
            boolean isTaken = post.run(claim);
            taking.put(claim.subscription(), isTaken);
            runs.increment();
            failures.increment(isTaken ? 0 : 1);
        } catch (RuntimeException failure) {
            failures.increment();
            LOG.errorf(failure, "Posting to subscription %s failed; its lease will end", claim.subscription());
        } finally {
            end(claim);
        }
    }

    private void end(Subscriptions.Claim claim) {
        running.merge(claim.subscription(), -1, Integer::sum);
        places.release();
    }

    void turnedOn(@Observes(during = TransactionPhase.IN_PROGRESS) EndpointIsOn event) {
        subscriptions.tryAgain(event.endpoint());
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        workers.shutdown();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
