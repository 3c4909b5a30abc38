package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private static List<Fault> plan(long seed, int count) {
        return FaultPlan.draw(seed, count, WITHIN, 3, EnumSet.allOf(FaultKind.class));
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(plan(7, 240)).isEqualTo(plan(7, 240)).isNotEqualTo(plan(8, 240));
    }

    @Test
    void noKindIsMissingInTheSmallestPlanAndNoVarietyInALargeOne() {
        assertThat(plan(7, FaultKind.values().length).stream().map(Fault::kind))
                .containsExactlyInAnyOrder(FaultKind.values());
        var varieties = plan(7, 240).stream()
                .collect(Collectors.groupingBy(Fault::kind, Collectors.mapping(Fault::variety, Collectors.toSet())));
        for (FaultKind kind : FaultKind.values()) {
            assertThat(varieties.get(kind)).containsExactlyInAnyOrderElementsOf(kind.varieties());
        }
    }

    @Test
    void faultsBeginInOrderAndWithinTheTimeAndSomeLastLongerThanAnyLease() {
        List<Fault> plan = plan(7, 240);

        assertThat(plan).hasSize(240).isSortedAccordingTo(Comparator.comparing(Fault::at));
        assertThat(plan).allSatisfy(fault -> assertThat(fault.at()).isLessThan(WITHIN));
        assertThat(plan.stream().map(Fault::lasts)).anyMatch(lasts -> lasts.compareTo(Duration.ofMinutes(1)) > 0);
    }
}
