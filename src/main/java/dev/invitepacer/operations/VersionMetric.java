package dev.invitepacer.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Shows in the metrics which version runs, so that an upgrade is seen beside what it changed. */
@ApplicationScoped
class VersionMetric {
    void atStart(
            @Observes StartupEvent start,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Gauge.builder("pacer.info", () -> 1)
                .description("Always 1; its label tells the version")
                .tag("version", version)
                .register(metrics);
    }
}
