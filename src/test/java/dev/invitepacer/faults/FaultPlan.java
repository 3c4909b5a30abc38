package dev.invitepacer.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Draws the faults of a campaign: the same seed draws the same. */
final class FaultPlan {
    private static final int LONG_ONES_OF_A_HUNDRED = 8;
    private static final int LONGEST_OF_THE_LONG_SECONDS = 120;

    private final Random random;

    private FaultPlan(long seed) {
        random = new Random(seed);
    }

    /**
     * So many faults at random instants of this time, in the order in which they begin. Kinds come as from a deck of cards,
     * so that each has its share; the first of each kind come first, so that none is missing where there are enough.
     */
    static List<Fault> draw(long seed, int count, Duration within, int replicas, Collection<FaultKind> kinds) {
        FaultPlan plan = new FaultPlan(seed);
        List<FaultKind> drawn = new ArrayList<>(kinds);
        Collections.shuffle(drawn, plan.random);
        while (drawn.size() < count) {
            List<FaultKind> deck = new ArrayList<>();
            kinds.forEach(kind -> deck.addAll(Collections.nCopies(kind.ofAHundred(), kind)));
            Collections.shuffle(deck, plan.random);
            drawn.addAll(deck);
        }
        int[] number = new int[FaultKind.values().length];
        return drawn.subList(0, count).stream()
                .map(kind -> plan.fault(kind, number[kind.ordinal()]++, within, replicas))
                .sorted(Comparator.comparing(Fault::at))
                .toList();
    }

    private Fault fault(FaultKind kind, int number, Duration within, int replicas) {
        List<String> varieties = kind.varieties();
        return new Fault(
                Duration.ofMillis(random.nextLong(within.toMillis())),
                kind,
                varieties.get(number % varieties.size()),
                random.nextInt(replicas),
                lasts(kind, within));
    }

    /** Most are short, since they are to be many; some last for up to two minutes, longer than any lease. */
    private Duration lasts(FaultKind kind, Duration within) {
        int mostSeconds =
                switch (kind) {
                    case KILL -> 6;
                    case DATABASE_RESTART, DATABASE_CRASH -> 4;
                    case STAND_STILL, DATABASE_WIRE, DISK -> 20;
                    default -> 12;
                };
        boolean mayBeLong = kind == FaultKind.STAND_STILL || kind == FaultKind.DATABASE_WIRE;
        if (mayBeLong && random.nextInt(100) < LONG_ONES_OF_A_HUNDRED) {
            long longest = Math.min(LONGEST_OF_THE_LONG_SECONDS, within.toSeconds() / 4);
            return Duration.ofSeconds(longest / 2 + random.nextLong(longest / 2 + 1));
        }
        return Duration.ofMillis(200 + random.nextInt(mostSeconds * 1_000));
    }
}
