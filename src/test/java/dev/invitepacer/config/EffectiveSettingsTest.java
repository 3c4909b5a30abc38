package dev.invitepacer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in force is logged at start, and no secret is. */
class EffectiveSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "pacer.secrets.key, c2VjcmV0, ***",
        "pacer.secrets.previous-key, c2VjcmV0, ***",
        "pacer.secrets.key, none, none",
        "pacer.bootstrap-key, pk_x, ***",
        "quarkus.datasource.password, hunter2, ***",
        "quarkus.datasource.jdbc.url, jdbc:postgresql://db/pacer?user=a&password=hunter2&ssl=true, jdbc:postgresql://db/pacer?user=a&password=***&ssl=true",
        "quarkus.datasource.jdbc.url, jdbc:postgresql://a:hunter2@db/pacer, jdbc:postgresql://***@db/pacer",
        "pacer.security.key-file, ./data/admin-key, ./data/admin-key",
        "pacer.linkedin.tokens, ./linkedin-tokens, ./linkedin-tokens",
        "pacer.time-lapse, 1, 1"
    })
    void aSecretIsMaskedAndTheRestIsTold(String key, String value, String shown) {
        assertThat(EffectiveSettings.shown(key, value)).isEqualTo(shown);
    }

    @Test
    void everySettingIsAmongThem() {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PacerConfig.class)
                .withSources(new Given(Map.of("pacer.time-lapse", "60", "quarkus.datasource.password", "hunter2")))
                .addDefaultInterceptors()
                .build();

        assertThat(EffectiveSettings.told(config))
                .contains("pacer.time-lapse=60", "pacer.release.period=1s", "quarkus.datasource.password=***")
                .doesNotContain("hunter2");
    }

    private record Given(Map<String, String> values) implements ConfigSource {
        @Override
        public java.util.Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return "given";
        }
    }
}
