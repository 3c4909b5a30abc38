package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The ends of the grid. */
class MicrosTest {
    private static final long LAST_SECOND = Micros.FAR / Micros.SECOND;

    @Test
    void whatLiesInTheSecondInWhichTheGridEndsIsItsEnd() {
        assertThat(Micros.floor(Instant.ofEpochSecond(LAST_SECOND))).isEqualTo(Micros.FAR);
        assertThat(Micros.ceil(Instant.ofEpochSecond(LAST_SECOND, 999_999_999))).isEqualTo(Micros.FAR);
        assertThat(Micros.floor(Instant.ofEpochSecond(LAST_SECOND - 1))).isEqualTo((LAST_SECOND - 1) * Micros.SECOND);
        assertThat(Micros.floor(Instant.ofEpochSecond(-LAST_SECOND))).isEqualTo(-Micros.FAR);
        assertThat(Micros.floor(Instant.ofEpochSecond(1 - LAST_SECOND))).isEqualTo((1 - LAST_SECOND) * Micros.SECOND);
    }
}
