package dev.invitepacer.pacing;

import java.time.Instant;
import java.util.Optional;

/**
 * How an account stands at one instant.
 *
 * @param pause whether somebody stopped it
 * @param restrictedUntil until when LinkedIn has limited it; a past instant counts as none
 * @param waiting the drafts that wait, whether or not they may go yet
 * @param eligible whether one of them may go now
 * @param nextEligibleAt where none may, when the first may; empty if time alone does not make one so
 * @param pending the invitations released and not yet answered, withdrawn or expired
 * @param openTasks the tasks that the sender has not finished
 * @param window the releases that count
 * @param bucket the tokens
 */
public record AccountState(
        Pause pause,
        Optional<Instant> restrictedUntil,
        int waiting,
        boolean eligible,
        Optional<Instant> nextEligibleAt,
        int pending,
        int openTasks,
        ReleaseWindow window,
        Bucket bucket) {

    public AccountState {
        if (waiting < 0 || pending < 0 || openTasks < 0) {
            throw new IllegalArgumentException("waiting " + waiting + ", pending " + pending + ", open tasks "
                    + openTasks + ": none may be below zero");
        }
        if (waiting == 0 && (eligible || nextEligibleAt.isPresent())) {
            throw new IllegalArgumentException("no draft waits, so none can be eligible");
        }
    }

    /** Nothing queued, released or in the way. */
    public static AccountState idle() {
        return new AccountState(
                Pause.none(), Optional.empty(), 0, false, Optional.empty(), 0, 0, ReleaseWindow.empty(), Bucket.full());
    }

    public AccountState withPause(Pause pause) {
        return new AccountState(
                pause, restrictedUntil, waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    public AccountState withRestrictedUntil(Instant until) {
        return new AccountState(
                pause, Optional.of(until), waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    /** {@code waiting} drafts, of which one may go now if there is any. */
    public AccountState withWaiting(int waiting) {
        return new AccountState(
                pause, restrictedUntil, waiting, waiting > 0, Optional.empty(), pending, openTasks, window, bucket);
    }

    /**
     * {@code waiting} drafts, over zero, none of which may go now; the first may at {@code nextEligibleAt}, if that is
     * known.
     */
    public AccountState withWaiting(int waiting, Optional<Instant> nextEligibleAt) {
        return new AccountState(
                pause, restrictedUntil, waiting, false, nextEligibleAt, pending, openTasks, window, bucket);
    }

    public AccountState withPending(int pending) {
        return new AccountState(
                pause, restrictedUntil, waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    public AccountState withOpenTasks(int openTasks) {
        return new AccountState(
                pause, restrictedUntil, waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    public AccountState withWindow(ReleaseWindow window) {
        return new AccountState(
                pause, restrictedUntil, waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    public AccountState withBucket(Bucket bucket) {
        return new AccountState(
                pause, restrictedUntil, waiting, eligible, nextEligibleAt, pending, openTasks, window, bucket);
    }

    /** Whether one of the drafts may go at {@code now}, which may be later than the instant of this state. */
    boolean isEligibleAt(Instant now) {
        return eligible || nextEligibleAt.filter(first -> !first.isAfter(now)).isPresent();
    }

    /**
     * The releases of the last 168 hours and the drafts that wait. A release moves one from here to there, so while a
     * batch drains it stays the same.
     */
    long demand(Instant now) {
        return (long) window.count(now, ReleaseWindow.WEEK) + waiting;
    }
}
