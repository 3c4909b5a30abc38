package dev.invitepacer.config;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks for environment variables that are meant for us and name no setting. A typing error in a property is refused at
 * start; in a variable it can only be told, because Kubernetes makes variables of its own from the names of services.
 */
@ApplicationScoped
public class EnvironmentNames {
    /** How the names of variables begin that hold an access token; what follows names the token. */
    public static final String TOKEN = "PACER_LINKEDIN_TOKEN_";

    private static final Logger LOG = Logger.getLogger(EnvironmentNames.class);

    void atStart(@Observes StartupEvent start) {
        Set<String> settings = ConfigMappings.getProperties(ConfigClass.configClass(PacerConfig.class))
                .keySet();
        unknown(System.getenv().keySet(), settings)
                .forEach(
                        name -> LOG.warnf("%s is set, but no setting has this name; the README lists them all.", name));
    }

    /** The names that begin like a setting's and are none; a setting's name is that of its property in capitals. */
    static List<String> unknown(Collection<String> variables, Collection<String> settings) {
        Set<String> known = settings.stream()
                .map(setting -> setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toSet());
        return variables.stream()
                .filter(name -> name.startsWith("PACER_") && !name.startsWith(TOKEN) && !known.contains(name))
                .sorted()
                .toList();
    }
}
