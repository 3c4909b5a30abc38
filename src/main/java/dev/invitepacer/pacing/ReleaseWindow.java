package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The instants of the releases that count, as the ledger has them: all those after {@code now - 168 h}, several at one
 * instant allowed. It is to be read for the instant at which is decided, or an earlier one: what was read before the
 * clock went back may lack rows that count again.
 *
 * <p>The window of length {@code l} at {@code now} is {@code (now - l, now]} in absolute time. A row from after {@code
 * now}, which a clock that went back leaves, counts as well: rather wait than pass the cap.
 */
public final class ReleaseWindow {
    /** A week is 168 hours, never seven days of a calendar: those are 167 or 169 hours across a clock change. */
    public static final Duration WEEK = Duration.ofHours(168);

    public static final Duration DAY = Duration.ofHours(24);

    private static final ReleaseWindow EMPTY = new ReleaseWindow(new long[0]);

    private final long[] ascending;

    private ReleaseWindow(long[] ascending) {
        this.ascending = ascending;
    }

    public static ReleaseWindow empty() {
        return EMPTY;
    }

    /** Instants between two microseconds count from the later one. */
    public static ReleaseWindow of(Collection<Instant> releases) {
        return new ReleaseWindow(
                releases.stream().mapToLong(Micros::ceil).sorted().toArray());
    }

    /** How many releases lie after {@code now - length}. */
    public int count(Instant now, Duration length) {
        return ascending.length - firstAfter(Micros.floor(now) - Micros.ceil(length));
    }

    /**
     * The earliest instant from {@code now} on at which fewer than {@code cap} releases count.
     *
     * @return {@code now} if that is so already; empty if {@code cap} is below 1
     */
    public Optional<Instant> freeAt(int cap, Duration length, Instant now) {
        if (cap < 1) {
            return Optional.empty();
        }
        if (count(now, length) < cap) {
            return Optional.of(now);
        }
        return Optional.of(Micros.instant(ascending[ascending.length - cap] + Micros.ceil(length)));
    }

    public ReleaseWindow with(Instant release) {
        long micros = Micros.ceil(release);
        int at = firstAfter(micros);
        long[] more = new long[ascending.length + 1];
        System.arraycopy(ascending, 0, more, 0, at);
        more[at] = micros;
        System.arraycopy(ascending, at, more, at + 1, ascending.length - at);
        return new ReleaseWindow(more);
    }

    /** Without what lies at or before {@code instant}: for who asks only about windows that begin there or later. */
    public ReleaseWindow since(Instant instant) {
        int first = firstAfter(Micros.floor(instant));
        return first == 0 ? this : new ReleaseWindow(Arrays.copyOfRange(ascending, first, ascending.length));
    }

    public int size() {
        return ascending.length;
    }

    /** In ascending order. */
    public List<Instant> instants() {
        return Arrays.stream(ascending).mapToObj(Micros::instant).toList();
    }

    private int firstAfter(long micros) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] > micros) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseWindow that && Arrays.equals(ascending, that.ascending);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ascending);
    }

    @Override
    public String toString() {
        return instants().toString();
    }
}
