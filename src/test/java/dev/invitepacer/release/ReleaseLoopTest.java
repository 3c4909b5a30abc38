package dev.invitepacer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

@QuarkusTest
class ReleaseLoopTest extends ServiceTest {
    @Test
    void thirtyDraftsGoOutOverTheWholeWeek() {
        account("anna", "");
        enqueueMany("anna", 30);

        List<Instant> released = run(Duration.ofMinutes(5), MONDAY_8.plus(Duration.ofDays(7)));

        assertThat(released).hasSize(30);
        assertThat(released.get(0)).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(released.get(1)).isEqualTo("2026-11-23T10:20:00Z");
        assertThat(released.get(29)).isEqualTo("2026-11-27T15:40:00Z");
    }
}
