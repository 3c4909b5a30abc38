package dev.invitepacer.benchmark.evenness;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;

import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.EffectiveCap;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.ReleaseWindow;

/** The rules that are compared. */
final class Rules {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int ENDLESS = 1_000;

    private Rules() {}

    /** The service's own functions, with the ledger of the last 168 hours. */
    static Rule pacer() {
        Limits limits = Limits.of(Scene.CALENDAR, EffectiveCap.of(Scene.CAP)).withSlack(Scene.PERIOD);
        return new Rule() {
            private AccountState state = AccountState.idle().withWaiting(ENDLESS);

            @Override
            public boolean releasesAt(Instant now) {
                if (!(Pacer.decide(limits, state, now) instanceof Decision.Release)) {
                    return false;
                }
                state = Pacer.afterRelease(limits, state, now)
                        .withWaiting(ENDLESS)
                        .withPending(0)
                        .withOpenTasks(0);
                state = state.withWindow(state.window().since(now.minus(ReleaseWindow.WEEK)));
                return true;
            }
        };
    }

    /** "100 a week", refilled all the time. */
    static Rule greedy() {
        return bucket4j(Bandwidth.builder()
                .capacity(Scene.CAP)
                .refillGreedy(Scene.CAP, WEEK)
                .build());
    }

    /** "100 a week", refilled at once when the week is over. */
    static Rule intervally() {
        return bucket4j(Bandwidth.builder()
                .capacity(Scene.CAP)
                .refillIntervally(Scene.CAP, WEEK)
                .build());
    }

    /** A bucket of one token, refilled in 24 minutes: what somebody writes who has done the arithmetic of the active hours. */
    static Rule single() {
        return bucket4j(
                Bandwidth.builder().capacity(1).refillGreedy(1, Scene.INTERVAL).build());
    }

    private static Rule bucket4j(Bandwidth bandwidth) {
        Instant[] clock = {Scene.BEGIN};
        Bucket bucket = Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return Duration.between(Scene.BEGIN, clock[0]).toNanos();
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return true;
                    }
                })
                .build();
        return now -> {
            clock[0] = now;
            return bucket.tryConsume(1);
        };
    }

    /** A fifth of the week's each working day, one after another, from 09:00 on. */
    static Rule dailyBatch() {
        return new Rule() {
            private LocalDate day = LocalDate.MIN;
            private int sent;

            @Override
            public boolean releasesAt(Instant now) {
                LocalDate today = LocalDate.ofInstant(now, Scene.ZONE);
                if (!today.equals(day)) {
                    day = today;
                    sent = 0;
                }
                return sent++ < Scene.CAP / 5;
            }
        };
    }

    /**
     * The rule of Failsafe's smooth limiter, whose clock cannot be set: time is cut into intervals from its start on, and each interval, once it has begun,
     * gives one permit, which is lost with it.
     */
    static Rule smooth() {
        return new Rule() {
            private long used = -1;

            @Override
            public boolean releasesAt(Instant now) {
                long interval = Duration.between(Scene.BEGIN, now).dividedBy(Scene.INTERVAL);
                boolean isFree = interval > used;
                used = Math.max(used, interval);
                return isFree;
            }
        };
    }

    /** A loop that sleeps, in active hours, anything up to twice the interval. */
    static Rule randomDelay(long seed) {
        Random random = new Random(seed);
        return new Rule() {
            private Instant wakes = Scene.BEGIN;

            @Override
            public boolean releasesAt(Instant now) {
                if (now.isBefore(wakes)) {
                    return false;
                }
                Duration slept = Duration.ofMillis((long) (random.nextDouble() * 2 * Scene.INTERVAL.toMillis()));
                wakes = Scene.CALENDAR.after(now, slept).orElseThrow();
                return !slept.isZero();
            }
        };
    }
}
