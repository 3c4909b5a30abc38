package dev.invitepacer.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import dev.invitepacer.account.Channel;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.web.Tick;
import dev.invitepacer.webhook.EndpointIsOn;

/**
 * Hands tasks over to automatic senders, beside the release loop. It looks once a second, and at once when a task opens in
 * this process or a place becomes free while something waits.
 *
 * <p>Guarantees: the claim is committed before the call goes out; no transaction and no connection is held during it; a run
 * that is lost is never written; no more than so many run at once.
 */
@Startup
@ApplicationScoped
public class DispatchLoop {
    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);

    /** Outcomes are written by so many at once, so that the API keeps its connections. */
    private static final int MOST_WRITERS = 6;

    /** The outcome of a hand-over whose lease had ended: nothing was written. */
    private static final String LOST = "LOST";

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** So often a stop, in which no tick comes any more, keeps the leases of what is under way. */
    private static final Duration RENEWAL = Duration.ofSeconds(1);

    /** A stop waits so long for calls under way; the longest call takes less. */
    private static final Duration STOP = Duration.ofSeconds(18);

    /** … and so long for those that were interrupted. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Runs runs;
    private final Completion completion;
    private final Lanes lanes;
    private final Map<Channel, Sender> senders = new EnumMap<>(Channel.class);
    private final Set<Channel> again = EnumSet.noneOf(Channel.class);
    private final Map<UUID, Run> held = new ConcurrentHashMap<>();
    private final Semaphore writers = new Semaphore(MOST_WRITERS);
    private final ExecutorService workers;
    private final ExecutorService waker = Executors.newSingleThreadExecutor(Workers.named());
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final MeterRegistry metrics;
    private final Duration patience;
    private final int most;
    private final boolean goesByItself;

    private volatile boolean stopping;
    private volatile boolean hasMore;
    private volatile long lastRoundNanos = System.nanoTime();

    DispatchLoop(
            Runs runs,
            Completion completion,
            @All List<Sender> all,
            PacerConfig config,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean goesByItself) {
        this.runs = runs;
        this.completion = completion;
        this.metrics = metrics;
        this.patience = config.delivery().lease();
        this.most = config.delivery().atOnce();
        this.lanes = new Lanes(most, config.delivery().perLane());
        this.workers = Workers.of(most);
        this.goesByItself = goesByItself;
        all.stream().filter(sender -> sender.channel() != Channel.INBOX).forEach(this::add);
        Gauge.builder("pacer.delivery.running", held, Map::size)
                .description("Hand-overs that this process is at")
                .register(metrics);
        Gauge.builder("pacer.delivery.lanes.open", lanes, Lanes::open)
                .description("Lanes that this process leaves alone for now because they keep failing")
                .register(metrics);
        Gauge.builder("pacer.delivery.idle.seconds", this, loop -> loop.sinceLastRound()
                        .toSeconds())
                .description("For how long this process has not looked for what is due")
                .register(metrics);
    }

    private void add(Sender sender) {
        senders.put(sender.channel(), sender);
        if (sender.mayBeAskedAgain()) {
            again.add(sender.channel());
        }
        // There from the start: a counter that appears with 1 is not seen to rise.
        calls(sender.channel());
        Completion.WORDS.forEach(word -> outcomes(sender.channel(), word));
        outcomes(sender.channel(), LOST);
    }

    private Timer calls(Channel channel) {
        return Timer.builder("pacer.delivery")
                .description("Calls of automatic senders")
                .tag("channel", channel.name())
                .register(metrics);
    }

    private Counter outcomes(Channel channel, String outcome) {
        return Counter.builder("pacer.deliveries")
                .description("Hand-overs by automatic senders, by what came of them")
                .tag("channel", channel.name())
                .tag("outcome", outcome)
                .register(metrics);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("No hand-over is begun")
    void scheduled() {
        spared("kept", this::renew);
        spared("taken over", () -> runs.sweep(again));
        wake();
    }

    private static void spared(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            if (DatabaseTrouble.in(failure).isEmpty()) {
                throw failure;
            }
            LOG.warnf("No hand-over is %s, the database is in trouble: %s", what, DatabaseTrouble.sentence(failure));
        }
    }

    private void renew() {
        List<Run> all = List.copyOf(held.values());
        if (!all.isEmpty()) {
            runs.renew(all);
        }
    }

    /** Only once the task is committed can it be claimed. */
    void opened(@Observes(during = TransactionPhase.AFTER_SUCCESS) TaskOpened event) {
        wake();
    }

    /** An endpoint that was off is on: what waited there goes, in the transaction that turned it on. */
    void turnedOn(@Observes EndpointIsOn event) {
        runs.driveAgain(Channel.WEBHOOK + ":" + event.endpoint());
    }

    private void wake() {
        if (goesByItself && !stopping && isWoken.compareAndSet(false, true)) {
            try {
                waker.execute(() -> {
                    isWoken.set(false);
                    spared("begun", this::begin);
                });
            } catch (RejectedExecutionException stopped) {
                isWoken.set(false);
            }
        }
    }

    /** Claims what is due, as far as places are free, and begins to hand it over; says how many. */
    synchronized int begin() {
        if (stopping || senders.isEmpty()) {
            return 0;
        }
        if (held.size() >= most) {
            lastRoundNanos = System.nanoTime();
            return 0;
        }
        Runs.Due due = runs.due(senders.keySet());
        Map<String, Integer> places = lanes.offer(due.lanes(), due.now());
        List<Run> claimed = places.isEmpty() ? List.of() : runs.claim(places, again, due.now());
        hasMore = !due.lanes().isEmpty();
        lastRoundNanos = System.nanoTime();
        claimed.forEach(this::begin);
        return claimed.size();
    }

    private void begin(Run run) {
        held.put(run.token(), run);
        lanes.began(run.lane());
        try {
            workers.execute(() -> work(run));
        } catch (RejectedExecutionException stopped) {
            end(run);
            spared("handed back", () -> runs.handBack(run));
        }
    }

    /** One round for those who wait for it: everything that is due is handed over before it returns; says how many. */
    public int round() {
        runs.sweep(again);
        int count = 0;
        for (int begun = begin(); begun > 0; begun = begin()) {
            count += begun;
            awaitQuiet(patience.plus(STOP));
        }
        return count;
    }

    private void work(Run run) {
        Sender sender = senders.get(run.channel());
        try {
            if (!sender.mayBeAskedAgain() && !runs.begin(run)) {
                return;
            }
            long began = System.nanoTime();
            Outcome outcome = handOver(sender, run);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            write(run, outcome, sender.mayBeAskedAgain(), took);
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The hand-over of task %d could not be written; its lease will end", run.task());
        } finally {
            end(run);
        }
    }

    private static Outcome handOver(Sender sender, Run run) {
        try {
            Outcome outcome = sender.handOver(run.work());
            return outcome == null ? new Outcome.InDoubt("the channel gave no outcome") : outcome;
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Handing over task %d failed; it is in doubt", run.task());
            return new Outcome.InDoubt("handing over failed; the service log tells why");
        }
    }

    /** What came of it is known to this process alone, so it insists for as long as a lease. */
    private void write(Run run, Outcome outcome, boolean isRepeatable, Duration took) {
        long deadline = System.nanoTime() + patience.toNanos();
        Outcome told = outcome;
        // A stop may have interrupted the call; what is known of it is written all the same.
        Thread.interrupted();
        while (true) {
            try {
                Optional<Instant> at = written(run, told, isRepeatable, took);
                at.ifPresent(now -> heed(run, outcome, now));
                count(run, at.isPresent() ? Completion.word(told) : LOST, took);
                return;
            } catch (RuntimeException failure) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                if (DatabaseTrouble.in(failure).isEmpty()) {
                    LOG.errorf(failure, "What came of task %d cannot be applied; it is in doubt", run.task());
                    told = new Outcome.InDoubt("its outcome, " + Completion.word(outcome) + ", could not be applied");
                }
                pause();
            }
        }
    }

    /** What an outcome says of the lane: whether anybody is there. */
    private void heed(Run run, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Refused refused && refused.reach() == Outcome.Reach.LANE) {
            lanes.refused(run.lane(), refused.until(), now);
        } else if (outcome instanceof Outcome.InDoubt
                || outcome instanceof Outcome.Refused refused && !refused.isReport()) {
            lanes.failed(run.lane(), now);
        } else {
            lanes.succeeded(run.lane());
        }
    }

    private Optional<Instant> written(Run run, Outcome outcome, boolean isRepeatable, Duration took) {
        writers.acquireUninterruptibly();
        try {
            return completion.complete(run, outcome, isRepeatable, took);
        } finally {
            writers.release();
        }
    }

    private void count(Run run, String outcome, Duration took) {
        calls(run.channel()).record(took);
        outcomes(run.channel(), outcome).increment();
    }

    private void end(Run run) {
        held.remove(run.token());
        lanes.ended(run.lane());
        synchronized (held) {
            held.notifyAll();
        }
        if (hasMore) {
            wake();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nothing runs any more within this time. */
    private boolean awaitQuiet(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        synchronized (held) {
            while (!held.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    held.wait(Math.min(left, PAUSE.toMillis()));
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether this process is at no hand-over now. */
    boolean isQuiet() {
        return held.isEmpty();
    }

    /** For how long this process has not looked for what is due. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - lastRoundNanos);
    }

    /**
     * Takes nothing new; finishes what is under way and keeps its leases until then, or interrupts it and writes what is known
     * of it. Whoever interrupts the thread that stops does not cut that short.
     */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        waker.shutdown();
        workers.shutdown();
        boolean wasInterrupted = Thread.interrupted();
        if (!finish(STOP)) {
            LOG.warnf("%d hand-overs take too long for the stop; they are interrupted", held.size());
            workers.shutdownNow();
            finish(LAST_WORDS);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean finish(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!awaitQuiet(RENEWAL)) {
            Thread.interrupted();
            if (System.nanoTime() > deadline) {
                return false;
            }
            spared("kept", this::renew);
        }
        return true;
    }
}
