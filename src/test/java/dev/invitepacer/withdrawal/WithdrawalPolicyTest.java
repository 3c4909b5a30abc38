package dev.invitepacer.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WithdrawalPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @Property(tries = 2_000)
    void itChoosesAsABruteForceSearchWould(
            @ForAll("pending") List<WithdrawalPolicy.Pending> pending,
            @ForAll @IntRange(min = 1, max = 30) int threshold,
            @ForAll @IntRange(max = 15) int nextDay,
            @ForAll @IntRange(max = 20) int allowance) {
        List<WithdrawalPolicy.Choice> choices =
                new WithdrawalPolicy(MONTH, threshold, nextDay, allowance).choose(pending, NOW);

        assertThat(choices.stream().map(WithdrawalPolicy.Choice::id).toList())
                .containsExactlyElementsOf(bruteForce(pending, threshold, nextDay, allowance));
        assertThat(choices).hasSizeLessThanOrEqualTo(allowance).doesNotHaveDuplicates();
        for (WithdrawalPolicy.Choice choice : choices) {
            WithdrawalPolicy.Pending one = pending.stream()
                    .filter(p -> p.id() == choice.id())
                    .findFirst()
                    .orElseThrow();
            assertThat(one.withdrawable()).isTrue();
            assertThat(choice.reason() == WithdrawalReason.STALE)
                    .isEqualTo(!one.since().isAfter(NOW.minus(MONTH)));
        }
    }

    /** Takes one after the other, as long as the next is stale or pending is still too high. */
    private static List<Long> bruteForce(
            List<WithdrawalPolicy.Pending> pending, int threshold, int nextDay, int allowance) {
        Set<Long> gone = new HashSet<>();
        pending.stream().filter(WithdrawalPolicy.Pending::leaving).forEach(one -> gone.add(one.id()));
        List<Long> chosen = new ArrayList<>();
        for (WithdrawalPolicy.Pending one : pending) {
            if (one.withdrawable()
                    && Duration.between(one.since(), NOW).compareTo(MONTH) >= 0
                    && chosen.size() < allowance) {
                chosen.add(one.id());
                gone.add(one.id());
            }
        }
        for (WithdrawalPolicy.Pending one : pending) {
            boolean isUnder = pending.size() - gone.size() + nextDay < threshold;
            if (!isUnder && one.withdrawable() && !gone.contains(one.id()) && chosen.size() < allowance) {
                chosen.add(one.id());
                gone.add(one.id());
            }
        }
        return chosen;
    }

    @Provide
    Arbitrary<List<WithdrawalPolicy.Pending>> pending() {
        Arbitrary<WithdrawalPolicy.Pending> one = Combinators.combine(
                        Arbitraries.longs().between(1, 10_000),
                        Arbitraries.integers().between(0, 60 * 24),
                        Arbitraries.integers().between(0, 3))
                .as((id, hours, kind) ->
                        new WithdrawalPolicy.Pending(id, NOW.minus(Duration.ofHours(hours)), kind > 1, kind == 1));
        return one.list()
                .ofMaxSize(40)
                .uniqueElements(WithdrawalPolicy.Pending::id)
                .map(list -> list.stream()
                        .sorted(Comparator.comparing(WithdrawalPolicy.Pending::since))
                        .toList());
    }
}
