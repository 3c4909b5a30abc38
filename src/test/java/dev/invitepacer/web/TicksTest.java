package dev.invitepacer.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Ticks ticks = new Ticks();

    @Test
    void aStopWaitsForATickThatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> tick = threads.submit(() -> {
                boolean may = ticks.begin();
                begun.countDown();
                enough.await(LONG.toSeconds(), TimeUnit.SECONDS);
                ticks.end();
                return may;
            });
            assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(ticks.await(Duration.ofMillis(50))).isFalse();
            Future<Boolean> stop = threads.submit(() -> ticks.await(LONG));
            enough.countDown();

            assertThat(stop.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(tick.get()).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ticksOfDifferentLoopsRunBesideEachOther() throws Exception {
        assertThat(ticks.begin()).isTrue();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            assertThat(other.submit(ticks::begin).get()).isTrue();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void noneBeginsAfterTheStop() throws Exception {
        assertThat(ticks.await(LONG)).isTrue();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            assertThat(other.submit(ticks::begin).get()).isFalse();
        } finally {
            other.shutdownNow();
        }
    }
}
