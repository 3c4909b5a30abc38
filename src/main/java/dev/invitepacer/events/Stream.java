package dev.invitepacer.events;

import java.time.Duration;

import dev.invitepacer.web.Asker;

/** How far one stream is, and how long its reader has been taking what was sent last. Times are of the process. */
final class Stream {
    private final String series;
    private final Filter filter;
    private final Asker asker;
    private final Runnable close;
    private final long openedAt;

    private volatile long position;
    private volatile long lastSent;
    private volatile boolean isOnItsWay;
    private volatile boolean hasBegun;

    Stream(Position from, Filter filter, Asker asker, Runnable close, Duration heartbeat) {
        this.series = from.series();
        this.position = from.number();
        this.filter = filter;
        this.asker = asker;
        this.close = close;
        this.openedAt = System.nanoTime();
        // The first sign of life goes at once: it tells where the stream begins.
        this.lastSent = openedAt - heartbeat.toNanos();
    }

    long position() {
        return position;
    }

    Position at(long number) {
        return new Position(series, number);
    }

    Filter filter() {
        return filter;
    }

    Asker asker() {
        return asker;
    }

    void moveTo(long number) {
        position = number;
    }

    EventStreams.Item signOfLife() {
        return new EventStreams.Item(null, at(position));
    }

    /** The reader took what was sent before. */
    void asked() {
        hasBegun = true;
        isOnItsWay = false;
    }

    void sent() {
        lastSent = System.nanoTime();
        isOnItsWay = true;
    }

    boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSent >= time.toNanos();
    }

    boolean isStuckFor(Duration time) {
        return isOnItsWay && isSilentFor(time);
    }

    /** Whether its reader went away before anything was read. */
    boolean isNeverBegun(Duration patience) {
        return !hasBegun && System.nanoTime() - openedAt >= patience.toNanos();
    }

    /** Whether its reader may still come in; asks the database. */
    boolean stands() {
        return asker.stands().getAsBoolean();
    }

    void cut() {
        close.run();
    }
}
