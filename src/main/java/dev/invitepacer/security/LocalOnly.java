package dev.invitepacer.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;

/** Refuses to start without keys where others than this machine could reach the service. */
@ApplicationScoped
class LocalOnly {
    private static final Logger LOG = Logger.getLogger(LocalOnly.class);
    private static final List<String> HOSTS = List.of("quarkus.http.host", "quarkus.management.host");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    void atStart(@Observes @Priority(1) StartupEvent start, PacerConfig pacer, Config config) {
        if (pacer.security().enabled()) {
            return;
        }
        requireLoopback(config);
        LOG.warn("No keys are asked for (pacer.security.enabled=false): whoever is on this machine may do everything.");
    }

    static void requireLoopback(Config config) {
        for (String key : HOSTS) {
            String host = config.getOptionalValue(key, String.class).orElse("0.0.0.0");
            if (!LOOPBACK.contains(host)) {
                throw new IllegalStateException(
                        "No keys are asked for (pacer.security.enabled=false), so the service listens on"
                                + " 127.0.0.1 only, and " + key + " is " + host + ": set one of the two otherwise.");
            }
        }
    }
}
