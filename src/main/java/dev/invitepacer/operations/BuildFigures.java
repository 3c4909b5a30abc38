package dev.invitepacer.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells which version this instance is: during a rolling upgrade there are two. */
@Startup
@ApplicationScoped
class BuildFigures {
    BuildFigures(@ConfigProperty(name = "quarkus.application.version") String version, MeterRegistry metrics) {
        Gauge.builder("pacer.build", () -> 1)
                .description("The version that this instance is")
                .tag("version", version)
                .register(metrics);
    }
}
