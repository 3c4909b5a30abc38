package dev.invitepacer.operations;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import dev.invitepacer.time.TimeLapse;

/** The process answers. It asks nothing of the database: a database that is away is no reason to restart. */
@Liveness
@ApplicationScoped
class ProcessHealth implements HealthCheck {
    private final String version;
    private final TimeLapse timeLapse;

    ProcessHealth(@ConfigProperty(name = "quarkus.application.version") String version, TimeLapse timeLapse) {
        this.version = version;
        this.timeLapse = timeLapse;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("process")
                .up()
                .withData("version", version)
                .withData("timeLapse", timeLapse.isOn() ? "ON: " + timeLapse.factor() + " times as fast" : "off")
                .build();
    }
}
