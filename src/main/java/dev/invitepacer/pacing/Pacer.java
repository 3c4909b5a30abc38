package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.pacing.Decision.Hold;
import dev.invitepacer.pacing.Decision.Release;
import dev.invitepacer.pacing.Decision.Wait;

/**
 * Decides, for an account at an instant, whether to release; and from that alone says when the next releases will be.
 */
public final class Pacer {
    private Pacer() {}

    /**
     * The one answer for {@code now}: the first reason against a release that applies, in the order of {@link Reason},
     * or a release. A wait always ends after {@code now}.
     */
    public static Decision decide(Limits limits, AccountState state, Instant now) {
        Instant at = Micros.floored(now);
        Optional<Decision> stopped = stopped(state, at)
                .or(() -> nothingToRelease(state, at))
                .or(() -> tooManyUnfinished(limits, state))
                .or(() -> capped(limits, state, at));
        return stopped.orElseGet(() -> paced(limits, state, at));
    }

    /**
     * The state after a release at {@code now}: one draft fewer, one pending and one task more, and the release in
     * window and bucket. If drafts remain, one of them is taken to be eligible.
     *
     * @throws IllegalArgumentException if no draft waits
     */
    public static AccountState afterRelease(Limits limits, AccountState state, Instant now) {
        if (state.waiting() == 0) {
            throw new IllegalArgumentException("no draft waits, so none can be released");
        }
        Instant at = Micros.floored(now);
        return state.withWaiting(state.waiting() - 1)
                .withPending(state.pending() + 1)
                .withOpenTasks(state.openTasks() + 1)
                .withWindow(state.window().with(at))
                .withBucket(bucket(limits, state, at)
                        .afterRelease(at, limits.calendar(), limits.interval(state.demand(at)), limits.slack()));
    }

    /**
     * When the next release happens if nothing else changes: {@link #decide}, asked again at the end of every wait.
     *
     * @return a whole microsecond, {@code now} or later; empty if a hold comes first
     */
    public static Optional<Instant> nextRelease(Limits limits, AccountState state, Instant now) {
        Instant at = Micros.ceiled(now);
        // A wait ends for good, save that the interval grows as old releases leave the window: at most once for each of
        // them.
        for (int step = 0; step <= state.window().size() + Reason.values().length; step++) {
            Decision decision = decide(limits, state, at);
            if (decision instanceof Release) {
                return Optional.of(at);
            }
            if (decision instanceof Wait wait) {
                at = wait.until();
            } else {
                return Optional.empty();
            }
        }
        throw new IllegalStateException("decisions do not settle, from " + now + " to " + at + " for " + state);
    }

    /**
     * When the next releases happen if nothing else changes: nobody pauses, answers or enqueues, and every draft that
     * waits may go once the first may.
     *
     * @param count how many at most
     * @param horizon none after it
     * @return in order; fewer than {@code count} where the drafts end, a hold comes first or the horizon is reached
     */
    public static List<Instant> schedule(Limits limits, AccountState state, Instant now, int count, Instant horizon) {
        List<Instant> releases = new ArrayList<>();
        AccountState then = state;
        Instant at = now;
        while (releases.size() < count) {
            Optional<Instant> next = nextRelease(limits, then, at);
            if (next.isEmpty() || next.get().isAfter(horizon)) {
                break;
            }
            at = next.get();
            releases.add(at);
            then = afterRelease(limits, then, at);
            // Time only goes forward here, so what has left the week does not come back.
            then = then.withWindow(then.window().since(at.minus(ReleaseWindow.WEEK)));
        }
        return List.copyOf(releases);
    }

    private static Optional<Decision> stopped(AccountState state, Instant now) {
        Pause pause = state.pause();
        if (pause instanceof Pause.Indefinite) {
            return Optional.of(new Hold(Reason.PAUSED));
        }
        if (pause instanceof Pause.Until until && until.end().isAfter(now)) {
            return Optional.of(new Wait(Reason.PAUSED, Micros.ceiled(until.end())));
        }
        return state.restrictedUntil()
                .filter(end -> end.isAfter(now))
                .map(end -> new Wait(Reason.RESTRICTED, Micros.ceiled(end)));
    }

    private static Optional<Decision> nothingToRelease(AccountState state, Instant now) {
        if (state.waiting() == 0) {
            return Optional.of(new Hold(Reason.QUEUE_EMPTY));
        }
        if (state.isEligibleAt(now)) {
            return Optional.empty();
        }
        Optional<Instant> first = state.nextEligibleAt();
        return Optional.of(
                first.isPresent()
                        ? new Wait(Reason.NOTHING_ELIGIBLE, Micros.ceiled(first.get()))
                        : new Hold(Reason.NOTHING_ELIGIBLE));
    }

    private static Optional<Decision> tooManyUnfinished(Limits limits, AccountState state) {
        if (state.pending() >= limits.pendingThreshold()) {
            return Optional.of(new Hold(Reason.PENDING_THRESHOLD));
        }
        if (state.openTasks() >= limits.openTaskLimit()) {
            return Optional.of(new Hold(Reason.TASKS_OPEN));
        }
        return Optional.empty();
    }

    private static Optional<Decision> capped(Limits limits, AccountState state, Instant now) {
        Optional<Decision> week =
                capped(state.window(), limits.cap().effective(), ReleaseWindow.WEEK, Reason.WEEKLY_CAP, now);
        if (week.isPresent() || limits.dailyCap().isEmpty()) {
            return week;
        }
        return capped(state.window(), limits.dailyCap().getAsInt(), ReleaseWindow.DAY, Reason.DAILY_CAP, now);
    }

    private static Optional<Decision> capped(
            ReleaseWindow window, int cap, Duration length, Reason reason, Instant now) {
        return window.freeAt(cap, length, now).filter(free -> free.isAfter(now)).map(free -> new Wait(reason, free));
    }

    private static Decision paced(Limits limits, AccountState state, Instant now) {
        Bucket bucket = bucket(limits, state, now);
        Duration interval = limits.interval(state.demand(now));
        Duration lacking = bucket.lacking(limits.calendar(), interval, limits.effectiveBurst(), now);
        Optional<Instant> due = bucket.dueAfter(lacking, limits.calendar(), now);
        if (due.isEmpty()) {
            return new Hold(Reason.OUTSIDE_ACTIVE_HOURS);
        }
        if (due.get().equals(now)) {
            return new Release();
        }
        return new Wait(lacking.isZero() ? Reason.OUTSIDE_ACTIVE_HOURS : Reason.NEXT_TOKEN, due.get());
    }

    private static Bucket bucket(Limits limits, AccountState state, Instant now) {
        return state.bucket().within(limits.interval(state.demand(now)), limits.effectiveBurst());
    }
}
