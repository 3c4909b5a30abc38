package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Example;

/** How long a forecast takes; {@code -Dforecast.speed=true} prints figures after a warm-up. */
class ForecastSpeedTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    /** Of the processor, so that what else runs on the machine does not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final boolean IS_MEASURED = Boolean.getBoolean("forecast.speed");

    @Example
    void aLongQueueIsNoLongForecast() {
        measure("2,000 drafts over 28 days", inputs(2_000), Duration.ofDays(28));
        measure("2,000 drafts over 366 days", inputs(2_000), Duration.ofDays(366));
        measure("100,000 drafts over 28 days", inputs(100_000), Duration.ofDays(28));
    }

    private static void measure(String what, Forecast.Inputs inputs, Duration horizon) {
        int rounds = IS_MEASURED ? 300 : 1;
        long[] nanos = new long[rounds];
        int releases = 0;
        for (int i = 0; i < rounds; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            releases = Forecast.of(inputs, NOW.plus(horizon)).releases().size();
            nanos[i] = CLOCK.getCurrentThreadCpuTime() - start;
        }
        assertThat(releases).isPositive();
        if (IS_MEASURED) {
            long[] warm = Arrays.copyOfRange(nanos, rounds / 2, rounds);
            Arrays.sort(warm);
            System.out.printf(
                    "%s: %d releases, median %.2f ms, 99 %% %.2f ms%n",
                    what, releases, warm[warm.length / 2] / 1e6, warm[warm.length * 99 / 100] / 1e6);
        }
    }

    /** Three campaigns, with many notes before the drafts without. */
    static Forecast.Inputs notedFirst(int noted, int bare, int perMonth) {
        List<QueuedCampaign> campaigns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<QueuedDraft> queued = new ArrayList<>();
            for (int j = 0; j < (noted + bare) / 3; j++) {
                long id = (long) i * (noted + bare) + j;
                queued.add(
                        new QueuedDraft(Rank.of(NOW.minusSeconds(100_000 - j), 0, 2, id), null, null, j < noted / 3));
            }
            campaigns.add(QueuedCampaign.whole(new Shares.Campaign("c" + i, 1 + i, 0, false), false, queued));
        }
        ZoneId zone = ZoneId.of("Europe/Oslo");
        NoteQuota notes =
                new NoteQuota(OptionalInt.of(perMonth), 0, NoteQuota.monthAfter(NOW, zone), null, false, zone);
        return new Forecast.Inputs(
                inputs(0).limits(), CapCourse.of(200), AccountState.idle(), campaigns, 0, notes, NOW);
    }

    static Forecast.Inputs inputs(int drafts) {
        Map<DayOfWeek, List<String>> hours = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.put(day, day.getValue() < 6 ? List.of("09:00-12:00", "13:00-17:00") : List.of());
        }
        ZoneId zone = ZoneId.of("Europe/Oslo");
        Limits limits = Limits.of(ActiveCalendar.of(ActiveHours.parse(hours), zone), EffectiveCap.of(200))
                .withSlack(Duration.ofSeconds(1))
                .withDailyCap(OptionalInt.of(50));
        List<QueuedCampaign> campaigns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<QueuedDraft> queued = new ArrayList<>();
            for (int j = 0; j < drafts / 4; j++) {
                long id = (long) i * drafts + j;
                queued.add(new QueuedDraft(
                        Rank.of(NOW.minusSeconds(100_000 - j), 0, 2, id),
                        j % 10 == 0 ? NOW.plus(Duration.ofHours(j % 600)) : null,
                        j % 7 == 0 ? NOW.plus(Duration.ofHours(300 + j % 600)) : null,
                        j % 3 == 0));
            }
            campaigns.add(QueuedCampaign.whole(new Shares.Campaign("c" + i, 1 + i, 0, false), false, queued));
        }
        return new Forecast.Inputs(
                limits, CapCourse.of(200), AccountState.idle(), campaigns, 0, NoteQuota.none(zone), NOW);
    }
}
