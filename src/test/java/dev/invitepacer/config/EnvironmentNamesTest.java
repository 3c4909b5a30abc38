package dev.invitepacer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {
    @Test
    void aVariableThatNamesNoSettingIsFound() {
        assertThat(EnvironmentNames.unknown(
                        List.of("PATH", "PACER_TIME_LAPSE", "PACER_EMBEDED_DATA_DIR", "PACER_EMBEDDED_DATA_DIR"),
                        List.of("pacer.time-lapse", "pacer.embedded.data-dir")))
                .containsExactly("PACER_EMBEDED_DATA_DIR");
    }
}
