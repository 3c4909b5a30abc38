package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import dev.invitepacer.pacing.Decision.Hold;
import dev.invitepacer.pacing.Decision.Release;
import dev.invitepacer.pacing.Decision.Wait;

/**
 * An account that lives through some weeks in which everything happens to it that can: late polls, changed settings,
 * pauses, invitations sent by hand, restarts, and a clock that jumps forth and back. It keeps a ledger of its own, and
 * counts every window by looking at every row.
 */
final class Fortnight {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Duration DAY = Duration.ofHours(24);

    private final Random random;
    private final boolean settingsChange;
    private final List<Instant> ledger = new ArrayList<>();
    private Limits limits;
    private AccountState state;
    private Instant now;

    Fortnight(World world, Random random, boolean settingsChange) {
        this.random = random;
        this.settingsChange = settingsChange;
        this.now = world.start();
        this.limits = Limits.of(world.calendar(), EffectiveCap.of(1 + random.nextInt(12)))
                .withBurst(1 + random.nextInt(4))
                .withSpread(random.nextInt(4) == 0 ? Spread.WEEK : Spread.CAP)
                .withSlack(World.micros(random.nextLong(120_000_000L)));
        this.state = AccountState.idle().withWaiting(40);
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            something();
            askTheLedger();
            Decision decision = Pacer.decide(limits, state, now);
            if (decision instanceof Release) {
                release();
            } else if (decision instanceof Wait wait) {
                assertThat(wait.until()).isAfter(now);
                now = random.nextInt(3) > 0 ? late(wait.until()) : now.plus(hours(5));
            } else {
                assertThat(decision).isInstanceOf(Hold.class);
                now = now.plus(hours(30));
            }
        }
    }

    List<Instant> ledger() {
        return ledger.stream().sorted().toList();
    }

    /** No decision before it, at instants taken anywhere, is a release; the one at it is. */
    void nextReleaseIsTheFirst() {
        askTheLedger();
        Optional<Instant> next = Pacer.nextRelease(limits, state, now);
        assertThat(Pacer.schedule(limits, state, now, 1, Instant.MAX))
                .isEqualTo(next.stream().toList());
        next.ifPresent(at -> assertThat(Pacer.decide(limits, state, at)).isInstanceOf(Release.class));
        long idle = Duration.between(now, next.orElse(now.plus(WEEK))).toNanos() / 1_000;
        for (int i = 0; i < 20 && idle > 0; i++) {
            Instant before = now.plus(World.micros(i == 0 ? idle - 1 : random.nextLong(idle)));
            assertThat(Pacer.decide(limits, state, before)).isNotInstanceOf(Release.class);
        }
    }

    int cap() {
        return limits.cap().effective();
    }

    private void release() {
        ledger.add(now);
        state = Pacer.afterRelease(limits, state, now);
        everyWindowWithThisReleaseKeeps(limits.cap().effective(), WEEK);
        limits.dailyCap().ifPresent(cap -> everyWindowWithThisReleaseKeeps(cap, DAY));
        if (random.nextInt(3) == 0) {
            now = late(now);
        }
    }

    private void everyWindowWithThisReleaseKeeps(int cap, Duration length) {
        for (Instant end : ledger) {
            if (!end.isBefore(now) && end.minus(length).isBefore(now)) {
                assertThat(count(ledger, end, length))
                        .as("releases in the %s up to %s, by %s", length, end, limits)
                        .isLessThanOrEqualTo(cap);
            }
        }
    }

    static int count(List<Instant> rows, Instant end, Duration length) {
        Instant start = end.minus(length);
        int count = 0;
        for (Instant row : rows) {
            if (row.isAfter(start) && !row.isAfter(end)) {
                count++;
            }
        }
        return count;
    }

    private void something() {
        switch (random.nextInt(settingsChange ? 24 : 14)) {
            case 0 -> restart();
            case 1 -> now = now.minus(hours(60));
            case 2 -> now = now.plus(hours(100));
            case 3 ->
                state = state.withPause(random.nextBoolean() ? Pause.indefinite() : Pause.until(now.plus(hours(50))));
            case 4, 5 -> state = state.withPause(Pause.none());
            case 6 -> state = state.withWaiting(state.waiting() + random.nextInt(20));
            case 7 -> state = state.withPending(0).withOpenTasks(0);
            case 14 -> sentByHand(now);
            case 15 -> sentByHand(now.minus(hours(100)));
            case 16, 17 -> limits = limits.withCap(EffectiveCap.of(1 + random.nextInt(12)));
            case 18 -> limits = limits.withBurst(1 + random.nextInt(6));
            case 19 -> limits = limits.withSpread(random.nextBoolean() ? Spread.CAP : Spread.WEEK);
            case 20 ->
                limits = limits.withCalendar(new ActiveCalendar(
                        new ActiveHours(World.randomSpans(random)),
                        World.random(random).zone(),
                        limits.calendar().restDays()));
            case 21 ->
                limits = limits.withDailyCap(
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3)));
            case 22 -> limits = limits.withPendingThreshold(3 + random.nextInt(40));
            case 23 -> limits = limits.withSlack(World.micros(random.nextLong(600_000_000L)));
            default -> {
                // Mostly, nothing happens.
            }
        }
    }

    /** By hand goes what a person sends: it asks nobody, and counts. */
    private void sentByHand(Instant at) {
        ledger.add(at);
    }

    /**
     * Every decision asks for the rows that can count at its own instant: what was read before the clock went back
     * would not be enough.
     */
    private void askTheLedger() {
        Instant oldest = now.minus(WEEK);
        state = state.withWindow(ReleaseWindow.of(
                ledger.stream().filter(row -> row.isAfter(oldest)).toList()));
    }

    /** What a restart leaves is what a database keeps: numbers of microseconds. */
    private void restart() {
        Bucket bucket = state.bucket();
        long anchor = micros(Duration.between(Instant.EPOCH, bucket.anchor()));
        Bucket reread = new Bucket(
                Instant.EPOCH.plus(World.micros(anchor)),
                World.micros(micros(bucket.offset())),
                World.micros(micros(bucket.interval())));
        assertThat(reread).isEqualTo(bucket);
        assertThat(ReleaseWindow.of(ledger).instants()).isEqualTo(ledger());
        state = state.withBucket(reread);
    }

    private Instant late(Instant due) {
        return due.plus(World.micros(random.nextBoolean() ? 0 : random.nextLong(180_000_000L)));
    }

    private Duration hours(int most) {
        return World.micros(random.nextLong(most * 3_600_000_000L));
    }

    private static long micros(Duration duration) {
        return Math.floorDiv(duration.toNanos(), 1_000);
    }
}
