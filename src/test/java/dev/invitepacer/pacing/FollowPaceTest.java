package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowPaceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ActiveCalendar ALWAYS =
            ActiveCalendar.of(ActiveCalendarTest.daily("00:00-24:00"), ZoneOffset.UTC);

    @Test
    void oneADayIsOneInTwentyFourHours() {
        FollowPace pace = new FollowPace(1, ALWAYS);
        Instant last = NOW.minus(Duration.ofHours(23));

        assertThat(pace.nextAt(ReleaseWindow.empty(), NOW)).contains(NOW);
        assertThat(pace.nextAt(ReleaseWindow.of(List.of(last)), NOW)).contains(last.plus(Duration.ofHours(24)));
    }

    @Test
    void noneADayIsNoPace() {
        assertThatThrownBy(() -> new FollowPace(0, ALWAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("suggestions a day are 0: at least 1");
    }
}
