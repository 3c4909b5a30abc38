package dev.invitepacer.report.linkedin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import dev.invitepacer.invitation.State;

/**
 * What the rows of one person in {@code Invitations.csv} mean beside what is known of that person. A function of values.
 *
 * <p>Laws:
 *
 * <ul>
 *   <li>every row is counted towards the cap exactly once: either a booking that is there stands for it, or it gets one at
 *       its own instant;
 *   <li>a booking stands for one row at most, the closest, and only within {@link #SAME};
 *   <li>only the newest row says how things stand now.
 * </ul>
 */
public final class Reconciliation {
    /**
     * Closer than that, a row and a booking are one invitation: LinkedIn lets nobody be invited again for three weeks
     * after a withdrawal. A day is left for wrong time zones. A release that nobody has reported on may be clicked any time after.
     */
    static final Duration SAME = Duration.ofHours(20 * 24);

    private Reconciliation() {}

    /**
     * An invitation that is known.
     *
     * @param sentAt null where nobody has said so
     * @param booked the instants at which it counts towards the cap
     * @param endedAt null while it is live
     */
    public record Known(long id, State state, Instant queuedAt, Instant sentAt, Instant endedAt, List<Instant> booked) {
        private boolean isOver(Instant at) {
            return endedAt == null || at.isAfter(endedAt);
        }
    }

    /** What a row comes to. */
    public enum Kind {
        /** It is known. */
        ALREADY,
        /** Released here, and sent as asked: {@code invitation}. */
        SENT,
        /** Sent by hand: {@code invitation}, or one that was never queued here where that is null. */
        BY_HAND,
        /** {@code invitation} was sent again by hand after it must have been withdrawn. */
        AGAIN,
        /** It is over by now and counts only. */
        EARLIER
    }

    /** @param at the minute in which it was sent */
    public record Finding(Kind kind, Instant at, Long invitation) {}

    private record Pair(Known known, Instant booking, Instant row, Duration distance) {}

    /** The findings, the newest row's first. */
    public static List<Finding> of(Collection<Known> known, Collection<Instant> rows) {
        TreeSet<Instant> left = new TreeSet<>(rows);
        List<Finding> findings = new ArrayList<>();
        if (left.isEmpty()) {
            return findings;
        }
        Instant newest = left.last();
        for (Pair pair : pairs(known, left)) {
            left.remove(pair.row());
            findings.add(ofCounted(known, pair, newest));
        }
        if (left.remove(newest)) {
            findings.add(ofUncounted(known, newest));
        }
        left.forEach(row -> findings.add(new Finding(Kind.EARLIER, row, null)));
        findings.sort(Comparator.comparing(Finding::at).reversed());
        return findings;
    }

    /** The same, where it is not sure that the person is the same: what is known stays as it is. */
    public static List<Finding> ofDoubtful(Collection<Known> known, Collection<Instant> rows) {
        TreeSet<Instant> left = new TreeSet<>(rows);
        List<Finding> findings = new ArrayList<>();
        for (Pair pair : pairs(known, left)) {
            left.remove(pair.row());
            findings.add(new Finding(Kind.ALREADY, pair.row(), pair.known().id()));
        }
        left.forEach(row -> findings.add(new Finding(Kind.EARLIER, row, null)));
        return findings;
    }

    /** The closest first; of a booking and of a row each at most one. */
    private static List<Pair> pairs(Collection<Known> known, TreeSet<Instant> rows) {
        List<Pair> all = new ArrayList<>();
        for (Known one : known) {
            for (Instant booking : one.booked()) {
                for (Instant row : rows) {
                    Duration distance = distance(one, booking, row, rows.last());
                    if (distance.compareTo(SAME) <= 0 && (one.state() != State.FAILED || !one.isOver(row))) {
                        all.add(new Pair(one, booking, row, distance));
                    }
                }
            }
        }
        all.sort(Comparator.comparing(Pair::distance).thenComparing(Pair::row).thenComparing(pair -> pair.known()
                .id()));
        List<Pair> closest = new ArrayList<>();
        for (Pair pair : all) {
            boolean isTaken = closest.stream()
                    .anyMatch(taken -> taken.row().equals(pair.row())
                            || taken.known().equals(pair.known())
                                    && taken.booking().equals(pair.booking()));
            if (!isTaken) {
                closest.add(pair);
            }
        }
        return closest;
    }

    /** How far a row is from a booking, or from when that booking's invitation was sent. */
    private static Duration distance(Known known, Instant booking, Instant row, Instant newest) {
        if (known.state() == State.RELEASED && row.equals(newest) && !row.isBefore(booking)) {
            return Duration.ZERO;
        }
        Duration distance = Duration.between(booking, row).abs();
        boolean isLatest = known.booked().stream().noneMatch(booking::isBefore);
        if (known.sentAt() == null || !isLatest) {
            return distance;
        }
        Duration fromSent = Duration.between(known.sentAt(), row).abs();
        return fromSent.compareTo(distance) < 0 ? fromSent : distance;
    }

    private static Finding ofCounted(Collection<Known> known, Pair pair, Instant newest) {
        Known one = pair.known();
        boolean isNow = pair.row().equals(newest) && isLatest(known, one);
        Kind kind = !isNow
                ? Kind.ALREADY
                : switch (one.state()) {
                    case RELEASED -> Kind.SENT;
                    case FAILED -> Kind.BY_HAND;
                    default -> Kind.ALREADY;
                };
        return new Finding(kind, pair.row(), one.id());
    }

    private static boolean isLatest(Collection<Known> known, Known one) {
        return known.stream().allMatch(other -> other.id() <= one.id());
    }

    private static Finding ofUncounted(Collection<Known> known, Instant row) {
        Optional<Known> live =
                known.stream().filter(one -> one.state().isLive()).findFirst();
        boolean isOver = known.stream().filter(Reconciliation::wasSent).allMatch(one -> one.isOver(row));
        if (live.isPresent()) {
            return isOver || live.get().state() == State.PENDING ? ofLive(live.get(), row) : earlier(row);
        }
        Optional<Known> within = known.stream()
                .filter(one -> isLatest(known, one) && !wasSent(one) && !one.isOver(row))
                .filter(one -> !row.isBefore(one.queuedAt().minus(SAME)))
                .findFirst();
        if (within.isPresent()) {
            return new Finding(Kind.BY_HAND, row, within.get().id());
        }
        return isOver ? new Finding(Kind.BY_HAND, row, null) : earlier(row);
    }

    private static Finding ofLive(Known live, Instant row) {
        return switch (live.state()) {
            case QUEUED -> new Finding(Kind.BY_HAND, row, live.id());
            case PENDING -> {
                boolean isLater = live.booked().stream().allMatch(row::isAfter);
                yield isLater
                        ? new Finding(live.booked().isEmpty() ? Kind.BY_HAND : Kind.AGAIN, row, live.id())
                        : earlier(row);
            }
            default -> earlier(row);
        };
    }

    private static Finding earlier(Instant row) {
        return new Finding(Kind.EARLIER, row, null);
    }

    private static boolean wasSent(Known known) {
        return !known.state().isLive() && !known.booked().isEmpty();
    }
}
