package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void byDefaultTheDataLiesBesideTheServiceAndThePortIsAnyFreeOne() {
        var settings = Settings.from(config(Map.of()));

        assertThat(settings).isEqualTo(Settings.of(Path.of("data").toAbsolutePath(), 0));
    }

    @Test
    void everyValueCanBeSet() {
        var settings =
                Settings.from(config(Map.of("pacer.embedded.data-dir", "/srv/pacer", "pacer.embedded.port", "54321")));

        assertThat(settings).isEqualTo(Settings.of(Path.of("/srv/pacer"), 54_321));
        assertThat(settings.binaries()).isEqualTo(Path.of("/srv/pacer/binaries"));
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        for (var port : new String[] {"-1", "65536", "any"}) {
            assertThatThrownBy(() -> Settings.from(config(Map.of("pacer.embedded.port", port))))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("pacer.embedded.port");
        }
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
