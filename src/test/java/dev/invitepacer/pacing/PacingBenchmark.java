package dev.invitepacer.pacing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the decision, the active clock and the forecast cost. {@link PacingSpeed} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PacingBenchmark {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    /** A Wednesday noon in the hours of a week that holds a clock change. */
    private final Instant now = Instant.parse("2026-10-28T11:00:00Z");

    private final ActiveCalendar calendar = ActiveCalendar.of(ActiveHours.parse(officeHours()), OSLO);
    private final Limits limits =
            Limits.of(calendar, EffectiveCap.of(100)).withPendingThreshold(500).withSlack(Duration.ofSeconds(1));
    private final AccountState busy = midweek();
    private final AccountState ready = busy.withBucket(Bucket.full());
    private final AccountState full = busy.withWindow(window(100));
    private final Instant monday = Instant.parse("2026-10-26T08:00:00Z");
    private final Duration hour = Duration.ofHours(1);
    private final Forecast.Inputs queue = ForecastSpeedTest.inputs(2_000);
    private final Instant horizon = queue.now().plus(Duration.ofDays(28));

    @Benchmark
    public Decision decideToRelease() {
        return Pacer.decide(limits, ready, now);
    }

    @Benchmark
    public Decision decideToWaitForAToken() {
        return Pacer.decide(limits, busy, now);
    }

    @Benchmark
    public Decision decideToWaitForTheWeek() {
        return Pacer.decide(limits, full, now);
    }

    @Benchmark
    public Duration activeTimeOfThreeDays() {
        return calendar.between(monday, now);
    }

    @Benchmark
    public Optional<Instant> activeTimeAnHourAhead() {
        return calendar.after(now, hour);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Forecast forecastOf28DaysWith2000Drafts() {
        return Forecast.of(queue, horizon);
    }

    /** Forty releases in the week, one every half an hour of active time, the last a quarter of an hour ago. */
    private AccountState midweek() {
        Duration interval = limits.interval(100);
        Bucket bucket = Bucket.full().afterRelease(now.minusSeconds(900), calendar, interval, limits.slack());
        return AccountState.idle()
                .withWaiting(60)
                .withPending(120)
                .withWindow(window(40))
                .withBucket(bucket);
    }

    private ReleaseWindow window(int releases) {
        List<Instant> instants = new ArrayList<>();
        for (int i = 0; i < releases; i++) {
            instants.add(now.minusSeconds(900).minus(Duration.ofMinutes(90L * i)));
        }
        return ReleaseWindow.of(instants);
    }

    private static Map<DayOfWeek, List<String>> officeHours() {
        Map<DayOfWeek, List<String>> hours = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : List.of(
                DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
            hours.put(day, List.of("09:00-12:00", "13:00-17:00"));
        }
        return hours;
    }
}
