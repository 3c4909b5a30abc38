package dev.invitepacer.config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Logs at every start what is in force, so that nobody has to guess; secrets are masked. */
@ApplicationScoped
public class EffectiveSettings {
    static final String MASKED = "***";

    private static final Logger LOG = Logger.getLogger(EffectiveSettings.class);
    private static final String NONE = "none";
    private static final List<String> OF_QUARKUS = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.datasource.jdbc.max-size",
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.management.host",
            "quarkus.management.port");
    private static final Pattern SECRET = Pattern.compile("password|secrets\\.|bootstrap-key");
    /** A user and password before a host, and a password among the parameters. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(?i)(?<=//)[^/@?]*@|(?<=[?&](?:ssl)?password=)[^&]*");

    void atStart(@Observes StartupEvent start, Config config) {
        LOG.infof("Settings in force: %s; profiles %s", told(config), ConfigUtils.getProfiles());
    }

    static String told(Config config) {
        return Stream.concat(
                        new TreeSet<>(ConfigMappings.getProperties(ConfigClass.configClass(PacerConfig.class))
                                        .keySet())
                                .stream(),
                        OF_QUARKUS.stream())
                .map(key -> key + "="
                        + shown(key, config.getOptionalValue(key, String.class).orElse("")))
                .collect(Collectors.joining(", "));
    }

    /** The value, unless it is, or holds, a secret. */
    static String shown(String key, String value) {
        return SECRET.matcher(key).find() && !value.isEmpty() && !value.equals(NONE)
                ? MASKED
                : IN_ADDRESS.matcher(value).replaceAll(found -> found.group().endsWith("@") ? MASKED + "@" : MASKED);
    }
}
