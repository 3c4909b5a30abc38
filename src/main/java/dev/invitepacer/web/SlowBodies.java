package dev.invitepacer.web;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Cuts off whoever sends a body too slowly. A thread waits for what does not fit into the first buffer, and the connection's
 * read time-out begins anew with every byte, so that one byte a minute would hold it for years. A body may take
 * {@link #GRACE}, and beyond that a second for each {@value #BYTES_A_SECOND} bytes that have come.
 */
@ApplicationScoped
public class SlowBodies {
    static final Duration GRACE = Duration.ofSeconds(60);
    static final int BYTES_A_SECOND = 16 * 1024;

    private static final Logger LOG = Logger.getLogger(SlowBodies.class);

    /** After the headers of every answer, before all else. */
    private static final int EARLY = 900;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<Arrival> arrivals = ConcurrentHashMap.newKeySet();

    void register(@Observes Filters filters) {
        filters.register(this::follow, EARLY);
    }

    private void follow(RoutingContext context) {
        if (!WITHOUT_BODY.contains(context.request().method().name())) {
            HttpServerRequest request = context.request();
            Arrival arrival = new Arrival(request, length(request), Vertx.currentContext(), System.nanoTime());
            arrivals.add(arrival);
            context.addEndHandler(ended -> arrivals.remove(arrival));
        }
        context.next();
    }

    /** How long the body says that it is; far longer than any where it does not say. */
    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // HTTP has read it by now: it is a number.
        return length == null ? Long.MAX_VALUE : Long.parseLong(length);
    }

    /** On no thread of those that wait for bodies: all of them may. */
    @NonBlocking
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("Slow bodies are not looked for")
    void scheduled() {
        cutSlow(System.nanoTime());
    }

    /**
     * Cuts off, at this time of {@link System#nanoTime}, whoever is too slow; says how many. To what waits for the rest of the
     * body it is as if they had hung up.
     */
    int cutSlow(long now) {
        List<Arrival> slow =
                arrivals.stream().filter(arrival -> arrival.isLate(now)).toList();
        slow.forEach(Arrival::cut);
        if (!slow.isEmpty()) {
            LOG.warnf("Connections that were closed because a body came too slowly: %d", slow.size());
        }
        return slow.size();
    }

    /** How many bodies are not in yet. */
    int arriving() {
        return (int) arrivals.stream().filter(Arrival::isOnItsWay).count();
    }

    /** Whether a body of which so many bytes have come within this time is too slow. */
    static boolean isTooSlow(long bytes, Duration within) {
        return within.compareTo(GRACE.plusSeconds(bytes / BYTES_A_SECOND)) > 0;
    }

    /** A request whose body may still be coming; it belongs to its context's thread. */
    private record Arrival(HttpServerRequest request, long length, Context context, long beganAt) {
        /**
         * Whether some of it has come, and not all. Nobody reads a body that was not wanted, and nobody waits for one of which
         * nothing has come; and of one that was read whole, the end may still be unread.
         */
        boolean isOnItsWay() {
            long read = request.bytesRead();
            return read > 0 && read < length && !request.isEnded();
        }

        boolean isLate(long now) {
            return isOnItsWay() && isTooSlow(request.bytesRead(), Duration.ofNanos(now - beganAt));
        }

        void cut() {
            context.runOnContext(on -> request.connection().close());
        }
    }
}
