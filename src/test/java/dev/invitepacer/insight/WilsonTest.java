package dev.invitepacer.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;

/** The interval against published values, and against the equation that defines it. */
class WilsonTest {
    private static final Offset<Double> FOUR_DECIMALS = within(0.00005);

    /** R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I. */
    @Example
    void itIsWhatNewcombePrints() {
        interval(81, 263, 0.2553, 0.3662);
        interval(15, 148, 0.0624, 0.1605);
        interval(0, 20, 0.0000, 0.1611);
        interval(1, 29, 0.0061, 0.1718);
    }

    @Property(tries = 2_000)
    void itsEndsAreWhereTheShareIsJustBelievable(
            @ForAll @LongRange(min = 1, max = 100_000) long of, @ForAll @LongRange(min = 0, max = 100_000) long any) {
        long hits = any % (of + 1);
        Wilson wilson = Wilson.of(hits, of);

        assertThat(wilson.low()).isBetween(0.0, wilson.share());
        assertThat(wilson.high()).isBetween(wilson.share(), 1.0);
        assertThat(hits == 0 ? Wilson.Z : deviations(wilson.share(), wilson.low(), of))
                .isCloseTo(Wilson.Z, within(1e-6));
        assertThat(hits == of ? Wilson.Z : deviations(wilson.share(), wilson.high(), of))
                .isCloseTo(Wilson.Z, within(1e-6));
    }

    @Example
    void itWantsAShare() {
        assertThatThrownBy(() -> Wilson.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wilson.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wilson.of(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** How many standard deviations the share seen lies from a true share. */
    private static double deviations(double seen, double truth, long of) {
        return Math.abs(seen - truth) / Math.sqrt(truth * (1 - truth) / of);
    }

    private static void interval(long hits, long of, double low, double high) {
        Wilson wilson = Wilson.of(hits, of);
        assertThat(wilson.low()).isCloseTo(low, FOUR_DECIMALS);
        assertThat(wilson.high()).isCloseTo(high, FOUR_DECIMALS);
    }
}
