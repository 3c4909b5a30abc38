package dev.invitepacer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void aLaneThatHasProvenItselfHasItsPlaces() {
        Lanes lanes = new Lanes(32, 8);
        assertThat(lanes.offer(List.of("a"), NOW)).containsEntry("a", 8);

        prove(lanes, "a");

        assertThat(lanes.offer(List.of("a"), NOW)).containsEntry("a", 8);
    }

    @Test
    void placesGoRoundSoThatNoLaneGoesWithout() {
        Lanes lanes = new Lanes(6, 8);
        List.of("a", "b", "c").forEach(lane -> prove(lanes, lane));

        assertThat(lanes.offer(List.of("a", "b", "c"), NOW)).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
    }

    @Test
    void aHundredLanesThatHangLeaveHalfOfThePlacesToTheOthers() {
        Lanes lanes = new Lanes(32, 8);
        prove(lanes, "alive");
        List<String> due = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            due.add("hangs-" + i);
        }
        begin(lanes, lanes.offer(due, NOW));

        due.add("alive");

        assertThat(lanes.offer(due, NOW)).isEqualTo(Map.of("alive", 8));
    }

    @Test
    void whoeverFailsFiveTimesInARowWaitsAndIsTriedWithOneAtATime() {
        Lanes lanes = new Lanes(32, 8);
        for (int i = 0; i < 5; i++) {
            assertThat(lanes.offer(List.of("a"), NOW)).containsEntry("a", 8);
            lanes.began("a");
            lanes.failed("a", NOW);
            lanes.ended("a");
        }
        assertThat(lanes.offer(List.of("a"), NOW.plusSeconds(4))).isEmpty();
        Map<String, Integer> probe = lanes.offer(List.of("a"), NOW.plusSeconds(5));
        assertThat(probe).containsEntry("a", 1);
        begin(lanes, probe);
        assertThat(lanes.offer(List.of("a"), NOW.plusSeconds(60))).isEmpty();

        lanes.succeeded("a");
        lanes.ended("a");

        assertThat(lanes.offer(List.of("a"), NOW.plusSeconds(60))).containsEntry("a", 8);
    }

    @Test
    void whoeverRefusesEverythingWaitsAtOnceUntilItMayBeAskedButFiveMinutesAtMost() {
        assertThat(refused((Instant) null)).as("the first wait").isEqualTo(NOW.plusSeconds(5));
        assertThat(refused(NOW)).isEqualTo(NOW.plusSeconds(5));
        assertThat(refused(NOW.plusSeconds(90))).isEqualTo(NOW.plusSeconds(90));
        assertThat(refused(NOW.plus(Duration.ofDays(7)))).isEqualTo(NOW.plusSeconds(300));
        // Eight calls at once hear the same.
        assertThat(refused(NOW, NOW, NOW, NOW, NOW, NOW, NOW, NOW)).isEqualTo(NOW.plusSeconds(5));

        Lanes lanes = new Lanes(32, 8);
        lanes.began("a");
        lanes.refused("a", NOW.plusSeconds(90), NOW);
        lanes.ended("a");
        assertThat(lanes.open()).isEqualTo(1);
        assertThat(lanes.offer(List.of("a", "b"), NOW.plusSeconds(89))).isEqualTo(Map.of("b", 8));
        assertThat(lanes.offer(List.of("a", "b"), NOW.plusSeconds(90))).containsEntry("a", 1);
    }

    private static Instant refused(Instant... until) {
        Breaker breaker = Breaker.CLOSED;
        for (Instant one : until) {
            breaker = breaker.told(one, NOW);
        }
        return breaker.waitsUntil();
    }

    @Test
    void theWaitDoublesUpToFiveMinutes() {
        Breaker breaker = Breaker.CLOSED;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            breaker = breaker.failed(NOW);
            waits.add(
                    breaker.waitsUntil() == null
                            ? 0
                            : Duration.between(NOW, breaker.waitsUntil()).toSeconds());
        }

        assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L, 300L);
    }

    /** Whatever comes in whatever order, the limits hold. */
    @Property(tries = 200)
    void neitherLimitIsEverPassed(@ForAll long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(12);
        int mostOnALane = 1 + random.nextInt(6);
        Lanes lanes = new Lanes(most, mostOnALane);
        List<String> names = List.of("a", "b", "c", "d", "e");
        Map<String, Integer> running = new HashMap<>();
        Instant now = NOW;
        for (int step = 0; step < 200; step++) {
            now = now.plusSeconds(random.nextInt(20));
            lanes.offer(names.subList(0, 1 + random.nextInt(5)), now).forEach((lane, places) -> {
                for (int i = 0; i < places; i++) {
                    lanes.began(lane);
                    running.merge(lane, 1, Integer::sum);
                }
            });
            assertThat(running.values()).allMatch(count -> count <= mostOnALane);
            assertThat(running.values().stream().mapToInt(Integer::intValue).sum())
                    .isLessThanOrEqualTo(most);
            String lane = names.get(random.nextInt(5));
            if (running.getOrDefault(lane, 0) > 0) {
                if (random.nextBoolean()) {
                    lanes.succeeded(lane);
                } else {
                    lanes.failed(lane, now);
                }
                lanes.ended(lane);
                running.merge(lane, -1, Integer::sum);
            }
        }
    }

    private static void prove(Lanes lanes, String lane) {
        lanes.began(lane);
        lanes.succeeded(lane);
        lanes.ended(lane);
        lanes.offer(List.of(lane), NOW);
    }

    private static void begin(Lanes lanes, Map<String, Integer> places) {
        places.forEach((lane, many) -> {
            for (int i = 0; i < many; i++) {
                lanes.began(lane);
            }
        });
    }
}
