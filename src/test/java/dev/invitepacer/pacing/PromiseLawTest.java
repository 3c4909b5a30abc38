package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.invitepacer.pacing.Decision.Release;
import dev.invitepacer.pacing.Decision.Wait;

/**
 * The promises for an account as a whole, each with its exact number, counted by looking at every release in every
 * window.
 */
class PromiseLawTest {
    private static final Duration WEEK = Duration.ofHours(168);

    @Provide
    Arbitrary<World> worlds() {
        return World.any();
    }

    @Property(tries = 800)
    void noReleaseEverPassesTheCapThenInForce(@ForAll("worlds") World world, @ForAll long seed) {
        Fortnight fortnight = new Fortnight(world, new Random(seed), true);

        fortnight.live(150);

        assertThat(fortnight.ledger()).isNotEmpty();
    }

    @Property(tries = 800)
    void everyRollingWeekKeepsTheCap(@ForAll("worlds") World world, @ForAll long seed) {
        Fortnight fortnight = new Fortnight(world, new Random(seed), false);

        fortnight.live(150);

        List<Instant> ledger = fortnight.ledger();
        for (Instant end : ledger) {
            assertThat(Fortnight.count(ledger, end, WEEK)).isLessThanOrEqualTo(fortnight.cap());
        }
    }

    @Property(tries = 300)
    void aBacklogGetsExactlyWhatTheIntervalAllowsEveryWeek(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        int cap = 1 + random.nextInt(60);
        int burst = 1 + random.nextInt(Math.min(cap, 5));
        int parts = cap - burst + 1;
        // No clock change and no rest: every week has the same active time.
        ActiveCalendar calendar = ActiveCalendar.of(new ActiveHours(world.spans()), ZoneOffset.ofHours(3));
        Duration interval = Spread.CAP.interval(calendar.hours().weekly(), cap, burst, 0);
        Duration slack = World.micros(random.nextLong(interval.dividedBy(20).toNanos() / 1_000 + 1));
        Limits limits = Limits.of(calendar, EffectiveCap.of(cap))
                .withBurst(burst)
                .withSpread(Spread.CAP)
                .withSlack(slack);

        List<Instant> releases = releasedByLatePolls(limits, world.start(), random, burst + 5 * parts + 1);

        // Between two releases of the steady rate, so that no release lies on the edge of a week.
        Instant start =
                calendar.after(releases.get(burst - 1), interval.dividedBy(2)).orElseThrow();
        for (int week = 1; week <= 4; week++) {
            assertThat(Fortnight.count(releases, start.plus(WEEK.multipliedBy(week)), WEEK))
                    .as("week %d from %s, %d of %s", week, start, parts, limits)
                    .isEqualTo(parts);
        }
    }

    /** Polls come late by up to the slack, in active time: what the sender's hours cut off is not the poll's fault. */
    private static List<Instant> releasedByLatePolls(Limits limits, Instant start, Random random, int count) {
        AccountState state = AccountState.idle().withWaiting(count);
        List<Instant> releases = new ArrayList<>();
        Instant now = limits.calendar().after(start, Duration.ZERO).orElseThrow();
        while (releases.size() < count) {
            Decision decision = Pacer.decide(limits, state, now);
            if (decision instanceof Release) {
                releases.add(now);
                state = Pacer.afterRelease(limits, state, now);
            } else {
                Duration late = World.micros(random.nextLong(limits.slack().toNanos() / 1_000 + 1));
                now = limits.calendar().after(((Wait) decision).until(), late).orElseThrow();
            }
        }
        return releases;
    }

    @Property(tries = 300)
    void aBatchIsSpreadEvenlyOverTheWeek(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        int batch = 2 + random.nextInt(40);
        ActiveCalendar calendar = ActiveCalendar.of(new ActiveHours(world.spans()), ZoneOffset.UTC);
        Limits limits = Limits.of(calendar, EffectiveCap.of(batch + random.nextInt(100)));
        Instant first = calendar.after(world.start(), Duration.ZERO).orElseThrow();

        List<Instant> releases =
                Pacer.schedule(limits, AccountState.idle().withWaiting(batch), first, 1_000, first.plus(WEEK));

        assertThat(releases).hasSize(batch).startsWith(first);
        Duration share = Spread.WEEK.interval(calendar.hours().weekly(), batch, 1, batch);
        for (int i = 1; i < batch; i++) {
            assertThat(calendar.between(releases.get(i - 1), releases.get(i))).isEqualTo(share);
        }
    }

    @Property(tries = 80)
    void theScheduleIsWhatThenHappensToWhoAsksEveryMinute(@ForAll("worlds") World world, @ForAll long seed) {
        Random random = new Random(seed);
        long minutes = new ActiveHours(world.spans()).weekly().toMinutes();
        int parts = 1 + random.nextInt(40);
        while (minutes % parts != 0) {
            parts = 1 + random.nextInt(40);
        }
        int burst = 1 + random.nextInt(3);
        Limits limits = Limits.of(world.calendar(), EffectiveCap.of(parts + burst - 1))
                .withBurst(burst)
                .withSpread(Spread.CAP)
                .withOpenTaskLimit(1 + random.nextInt(60));
        List<Instant> byHand = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            byHand.add(world.plus(-random.nextInt(9 * 1440) * 60_000_000L));
        }
        AccountState state = AccountState.idle()
                .withWaiting(1 + random.nextInt(50))
                .withRestrictedUntil(world.plus(random.nextInt(1440) * 60_000_000L))
                .withWindow(ReleaseWindow.of(byHand));
        Instant horizon = world.plus(10 * 1440 * 60_000_000L);

        List<Instant> forecast = Pacer.schedule(limits, state, world.start(), 1_000, horizon);

        List<Instant> happened = new ArrayList<>();
        for (Instant now = world.start(); !now.isAfter(horizon); now = now.plusSeconds(60)) {
            while (Pacer.decide(limits, state, now) instanceof Release) {
                happened.add(now);
                state = Pacer.afterRelease(limits, state, now);
            }
        }
        assertThat(forecast).isEqualTo(happened);
    }

    @Property(tries = 500)
    void theNextReleaseIsTheFirstInstantThatIsDecidedSo(@ForAll("worlds") World world, @ForAll long seed) {
        Fortnight fortnight = new Fortnight(world, new Random(seed), true);

        for (int i = 0; i < 8; i++) {
            fortnight.live(10);
            fortnight.nextReleaseIsTheFirst();
        }
    }
}
