package dev.invitepacer.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The product-limit estimate against published values, and against another way to come to it. */
class KaplanMeierTest {
    private record Observation(long time, boolean isEvent) {}

    /**
     * Weeks in remission under 6-mercaptopurine: Freireich et al., Blood 21 (1963), the example of most textbooks since
     * E. A. Gehan, Biometrika 52 (1965).
     */
    @Example
    void itIsWhatTheTextbooksPrint() {
        KaplanMeier curve = KaplanMeier.of(
                new long[] {6, 6, 6, 7, 10, 13, 16, 22, 23}, new long[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35});

        assertThat(curve.steps())
                .extracting(KaplanMeier.Step::time, step -> Math.round((1 - step.share()) * 1000) / 1000.0)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(6L, 0.857),
                        org.assertj.core.groups.Tuple.tuple(7L, 0.807),
                        org.assertj.core.groups.Tuple.tuple(10L, 0.753),
                        org.assertj.core.groups.Tuple.tuple(13L, 0.690),
                        org.assertj.core.groups.Tuple.tuple(16L, 0.627),
                        org.assertj.core.groups.Tuple.tuple(22L, 0.538),
                        org.assertj.core.groups.Tuple.tuple(23L, 0.448));
        assertThat(curve.quantile(0.5)).hasValue(23);
        assertThat(curve.quantile(0.6)).isEmpty();
        assertThat(curve.by(5)).hasValue(0);
        assertThat(curve.by(35).orElseThrow()).isCloseTo(0.552, within(0.0005));
        assertThat(curve.by(36)).isEmpty();
    }

    /** B. Efron (1967): whoever is no longer watched gives their weight to those who still are, in equal parts. */
    @Property(tries = 1_000)
    void itIsRedistributionToTheRight(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 30) Long> events,
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 30) Long> censored) {
        KaplanMeier curve = KaplanMeier.of(longs(events), longs(censored));
        List<Observation> all = new ArrayList<>();
        events.forEach(time -> all.add(new Observation(time, true)));
        censored.forEach(time -> all.add(new Observation(time, false)));
        all.sort(Comparator.comparingLong(Observation::time).thenComparing(one -> !one.isEvent()));
        double[] weights = new double[all.size()];
        Arrays.fill(weights, 1.0 / Math.max(1, all.size()));
        for (int i = 0; i < weights.length - 1; i++) {
            if (!all.get(i).isEvent()) {
                for (int later = i + 1; later < weights.length; later++) {
                    weights[later] += weights[i] / (weights.length - 1 - i);
                }
                weights[i] = 0;
            }
        }

        for (long time = 0; time <= 30; time++) {
            double share = 0;
            for (int i = 0; i < weights.length; i++) {
                share += all.get(i).isEvent() && all.get(i).time() <= time ? weights[i] : 0;
            }
            assertThat(curve.upTo(time)).isCloseTo(share, within(1e-9));
        }
    }

    @Property(tries = 200)
    void withoutAnybodyMissingItIsTheShareItself(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 50) Long> events) {
        KaplanMeier curve = KaplanMeier.of(longs(events), new long[0]);
        List<Long> sorted = events.stream().sorted().toList();

        for (int i = 0; i < sorted.size(); i++) {
            assertThat(curve.quantile((i + 1.0) / sorted.size())).hasValue(sorted.get(i));
        }
        assertThat(curve.upTo(50)).isCloseTo(1, within(1e-9));
    }

    @Example
    void nobodyWatchedIsNothingKnown() {
        KaplanMeier curve = KaplanMeier.of(new long[0], new long[0]);
        assertThat(curve.by(0)).isEmpty();
        assertThat(curve.quantile(0.5)).isEmpty();
        assertThatThrownBy(() -> KaplanMeier.of(new long[] {-1}, new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] longs(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
