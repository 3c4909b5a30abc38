package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** How many are expected to be pending, against sums and chances that can be made by hand. */
class PendingOutlookTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final AnswerCurve NOBODY = AnswerCurve.published(0);
    private static final PendingOutlook.Cleaning NO_NIGHTS =
            new PendingOutlook.Cleaning(List.of(), Duration.ofDays(30), 50, Duration.ofDays(180));

    @Example
    void thePublishedCurveGoesThroughItsPoints() {
        AnswerCurve curve = AnswerCurve.published(0.5);
        assertThat(curve.by(Duration.ZERO)).isZero();
        assertThat(curve.by(Duration.ofHours(12))).isCloseTo(0.5 * 0.315, within(1e-12));
        assertThat(curve.by(Duration.ofDays(1))).isCloseTo(0.5 * 0.63, within(1e-12));
        assertThat(curve.by(Duration.ofDays(4))).isCloseTo(0.5 * 0.755, within(1e-12));
        assertThat(curve.by(Duration.ofDays(7))).isCloseTo(0.5 * 0.88, within(1e-12));
        assertThat(curve.by(Duration.ofDays(30))).isCloseTo(0.5 * 0.99, within(1e-12));
        assertThat(curve.by(Duration.ofDays(400))).isEqualTo(0.5);
        assertThat(curve.by(Duration.ofDays(-1))).isZero();
    }

    /** Nobody answers: the release after the threshold's last one is held, and the course says so. */
    @Example
    void withoutAnswersTheThresholdIsReachedByCounting() {
        PendingOutlook outlook = PendingOutlook.of(
                pending(3), releases(10, Duration.ofHours(1)), NOBODY, NO_NIGHTS, 7, NOW, List.of(at(2), at(30)));

        assertThat(outlook.reachedAt()).contains(at(5));
        assertThat(outlook.course().get(0).expected()).isEqualTo(5);
        assertThat(outlook.course().get(1).expected()).isEqualTo(7);
        assertThat(outlook.course().get(1).low()).isEqualTo(7);
        assertThat(outlook.course().get(1).high()).isEqualTo(7);
    }

    @Example
    void staleOnesLeaveAtNightAsFarAsTheAllowanceGoes() {
        List<PendingOutlook.Pending> pending = List.of(
                new PendingOutlook.Pending(NOW.minus(Duration.ofDays(40)), false),
                new PendingOutlook.Pending(NOW.minus(Duration.ofDays(35)), true),
                new PendingOutlook.Pending(NOW.minus(Duration.ofDays(34)), true),
                new PendingOutlook.Pending(NOW.minus(Duration.ofDays(33)), true),
                new PendingOutlook.Pending(NOW.minus(Duration.ofDays(2)), true));
        PendingOutlook.Cleaning cleaning =
                new PendingOutlook.Cleaning(List.of(at(10), at(34)), Duration.ofDays(30), 2, Duration.ofDays(180));

        PendingOutlook outlook =
                PendingOutlook.of(pending, List.of(), NOBODY, cleaning, 500, NOW, List.of(at(9), at(11), at(35)));

        assertThat(outlook.course())
                .extracting(PendingOutlook.Expected::expected)
                .containsExactly(5.0, 3.0, 2.0);
    }

    /** Four pending, five to go on the next day, a threshold of eight: two of the oldest have to leave. */
    @Example
    void theOldestLeaveSoThatTheNextDayStaysUnderTheThreshold() {
        PendingOutlook.Cleaning cleaning =
                new PendingOutlook.Cleaning(List.of(NOW), Duration.ofDays(30), 50, Duration.ofDays(180));

        PendingOutlook outlook = PendingOutlook.of(
                pending(4), releases(5, Duration.ofHours(1)), NOBODY, cleaning, 8, NOW, List.of(at(20)));

        assertThat(outlook.reachedAt()).isEmpty();
        assertThat(outlook.course().get(0).expected()).isEqualTo(7);
    }

    /** Twelve hours apart: a night looks at the next two, not at those before it nor at those from the day after on. */
    @Example
    void aNightMakesRoomForTheNextDayOnly() {
        PendingOutlook.Cleaning cleaning =
                new PendingOutlook.Cleaning(List.of(NOW, at(30)), Duration.ofDays(30), 50, Duration.ofDays(180));

        PendingOutlook outlook = PendingOutlook.of(
                pending(4),
                releases(6, Duration.ofHours(12)),
                NOBODY,
                cleaning,
                8,
                NOW,
                List.of(at(11), at(29), at(31)));

        assertThat(outlook.course())
                .extracting(PendingOutlook.Expected::expected)
                .containsExactly(4.0, 6.0, 5.0);
    }

    /** What is held does not go the next day, so no room is made for it. */
    @Example
    void aNightMakesNoRoomForWhatIsHeld() {
        PendingOutlook.Cleaning cleaning =
                new PendingOutlook.Cleaning(List.of(at(5)), Duration.ofDays(30), 50, Duration.ofDays(180));

        PendingOutlook outlook = PendingOutlook.of(
                pending(3), releases(10, Duration.ofHours(1)), NOBODY, cleaning, 4, NOW, List.of(at(6)));

        assertThat(outlook.reachedAt()).contains(at(2));
        assertThat(outlook.course().get(0).expected()).isEqualTo(3);
    }

    /** The expectation is the mean over many worlds in which each answers by chance. */
    @Property(tries = 20)
    void itIsTheMeanOfWhatChanceDoes(@ForAll long seed) {
        Random random = new Random(seed);
        AnswerCurve answers = AnswerCurve.published(random.nextDouble());
        List<PendingOutlook.Pending> pending = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            pending.add(new PendingOutlook.Pending(NOW.minus(Duration.ofHours(random.nextInt(900))), true));
        }
        List<Forecast.Release> releases = releases(random.nextInt(30), Duration.ofHours(5));
        Instant date = at(1 + random.nextInt(300));
        PendingOutlook.Expected told = PendingOutlook.of(
                        pending, releases, answers, NO_NIGHTS, Integer.MAX_VALUE, NOW, List.of(date))
                .course()
                .get(0);

        int worlds = 4_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < worlds; i++) {
            int count = 0;
            for (PendingOutlook.Pending one : pending) {
                double already = answers.by(Duration.between(one.since(), NOW));
                double chance = already + random.nextDouble() * (1 - already);
                count += chance >= answers.by(Duration.between(one.since(), date)) ? 1 : 0;
            }
            for (Forecast.Release release : releases) {
                boolean isPending = !release.at().isAfter(date)
                        && random.nextDouble() >= answers.by(Duration.between(release.at(), date));
                count += isPending ? 1 : 0;
            }
            sum += count;
            squares += (double) count * count;
        }
        double mean = sum / worlds;
        double deviation = Math.sqrt(Math.max(0, squares / worlds - mean * mean));
        assertThat(told.expected()).isCloseTo(mean, within(0.01 + 5 * deviation / Math.sqrt(worlds)));
        assertThat(told.low()).isCloseTo(Math.max(0, 2 * told.expected() - told.high()), within(1e-9));
        assertThat((told.high() - told.expected()) / 1.96).isCloseTo(deviation, within(0.15 + 0.1 * deviation));
    }

    private static List<PendingOutlook.Pending> pending(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> new PendingOutlook.Pending(NOW.minus(Duration.ofHours(many - i)), true))
                .toList();
    }

    /** The first one an interval from now. */
    private static List<Forecast.Release> releases(int many, Duration interval) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> new Forecast.Release(i, "", NOW.plus(interval.multipliedBy(i)), false))
                .toList();
    }

    private static Instant at(int hours) {
        return NOW.plus(Duration.ofHours(hours));
    }
}
