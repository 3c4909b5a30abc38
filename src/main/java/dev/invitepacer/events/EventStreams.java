package dev.invitepacer.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Asker;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Tick;

/**
 * The open streams: a bounded number, each with at most one stretch of events in memory and one of them on its way. Whoever
 * does not take an event within {@code pacer.events.patience} is cut off.
 */
@Startup
@ApplicationScoped
public class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    /** How many events a stream holds at most. */
    private static final int STRETCH = 100;

    /** Nobody gets more than a fifth of the places, or than a few where there are few. */
    private static final int SHARES = 5;

    private static final int FEWEST_OF_ONE = 4;

    private final Outbox outbox;
    private final EventFeed feed;
    private final int most;
    private final Duration heartbeat;
    private final Duration patience;
    private final Semaphore places;
    private final int mostOfOne;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private final Counter cut;

    EventStreams(Outbox outbox, EventFeed feed, PacerConfig config, MeterRegistry metrics) {
        this.outbox = outbox;
        this.feed = feed;
        this.most = config.events().streams();
        this.heartbeat = config.events().heartbeat();
        this.patience = config.events().patience();
        this.places = new Semaphore(most);
        this.mostOfOne = Math.max(FEWEST_OF_ONE, most / SHARES);
        Gauge.builder("pacer.events.streams", open, Set::size)
                .description("Open streams of events")
                .register(metrics);
        this.cut = Counter.builder("pacer.events.streams.cut")
                .description("Streams of events that were cut off because nobody read them")
                .register(metrics);
    }

    /** What a stream sends: an event, or, where it is null, a sign of life with the position so far. */
    record Item(Event event, Position upTo) {}

    /**
     * Opens a stream, which ends when the service stops, when its reader is too slow, or when what it would tell next is
     * forgotten.
     *
     * @param asker its reader, who is cut off when it may come in no more
     * @param close cuts the connection
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 where there are as many as may be, of all or of this asker
     */
    Multi<Item> open(Position from, Filter filter, Asker asker, Runnable close) {
        if (!take(asker)) {
            throw Problem.of(
                    Code.BUSY,
                    mostOfOne
                            + " streams are open for this key, which is as many as one gets (a fifth of pacer.events.streams)."
                            + " Close one, or ask for pages: GET /api/v1/events with Accept: application/json.");
        }
        if (!places.tryAcquire()) {
            giveBack(asker);
            throw Problem.of(
                    Code.BUSY,
                    most
                            + " streams are open, which is as many as this service keeps (pacer.events.streams). Close one,"
                            + " or ask for pages: GET /api/v1/events with Accept: application/json.");
        }
        Stream stream = new Stream(from, filter, asker, close, heartbeat);
        open.add(stream);
        return Multi.createBy()
                .repeating()
                .uni(() -> next(stream))
                .until(List::isEmpty)
                .onItem()
                .<Item>disjoint()
                .onRequest()
                .invoke(stream::asked)
                .onItem()
                .invoke(stream::sent)
                .onTermination()
                .invoke(() -> close(stream))
                .onFailure()
                .invoke(failure -> LOG.infof("A stream of events ended: %s", failure.getMessage()))
                .onFailure()
                .recoverWithCompletion();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Readers who do not read are not looked for")
    void scheduled() {
        cutSlow(patience);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Readers of streams are not looked at")
    void scheduledForReaders() {
        cutUnwelcome();
    }

    /** Cuts off whoever may come in no more, because its key or session has ended; says how many. */
    int cutUnwelcome() {
        List<Stream> unwelcome =
                open.stream().filter(stream -> !stream.stands()).toList();
        unwelcome.forEach(Stream::cut);
        return unwelcome.size();
    }

    /** Cuts off whoever has not taken what was sent {@code patience} ago; says how many. */
    int cutSlow(Duration patience) {
        List<Stream> slow =
                open.stream().filter(stream -> stream.isStuckFor(patience)).toList();
        slow.forEach(Stream::cut);
        open.stream().filter(stream -> stream.isNeverBegun(patience)).toList().forEach(this::close);
        cut.increment(slow.size());
        return slow.size();
    }

    /** Told more than once where a reader goes while the stream ends. */
    private void close(Stream stream) {
        if (open.remove(stream)) {
            places.release();
            giveBack(stream.asker());
        }
    }

    /** Whoever comes where no keys are asked for is on this machine, and gets all of them. */
    private boolean take(Asker asker) {
        if (!asker.isKnown() || taken.merge(asker.scope(), 1, Integer::sum) <= mostOfOne) {
            return true;
        }
        giveBack(asker);
        return false;
    }

    private void giveBack(Asker asker) {
        taken.computeIfPresent(asker.scope(), (scope, count) -> count == 1 ? null : count - 1);
    }

    /** How many streams are open. */
    int openStreams() {
        return open.size();
    }

    /** The next items; none ends the stream. */
    private Uni<List<Item>> next(Stream stream) {
        if (feed.isStopping()) {
            return Uni.createFrom().item(List.of());
        }
        if (stream.isSilentFor(heartbeat)) {
            return Uni.createFrom().item(List.of(stream.signOfLife()));
        }
        if (feed.last() > stream.position()) {
            return Uni.createFrom()
                    .item(() -> read(stream))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    .flatMap(items ->
                            items == null ? next(stream) : Uni.createFrom().item(items));
        }
        // A copy: a stream that ends cancels what it waits for, and the others wait for the same.
        return Uni.createFrom().completionStage(feed.nextRound().copy()).flatMap(round -> next(stream));
    }

    /** Null where nothing up to the next position is wanted. */
    private List<Item> read(Stream stream) {
        Outbox.Stretch stretch = outbox.after(stream.position(), stream.filter(), STRETCH);
        if (stretch.isGap()) {
            return List.of();
        }
        stream.moveTo(stretch.upTo());
        return stretch.events().isEmpty()
                ? null
                : stretch.events().stream()
                        .map(event -> new Item(event, stream.at(event.number())))
                        .toList();
    }
}
