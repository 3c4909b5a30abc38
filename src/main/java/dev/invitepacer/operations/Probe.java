package dev.invitepacer.operations;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * Asks a running service on this machine whether it is ready, for places that can run a command and have neither a shell
 * nor curl, such as a container's health check.
 */
public final class Probe {
    /** What the program is called with to ask instead of to serve. */
    public static final String COMMAND = "ready";

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Probe() {}

    /** Whether the service that the same configuration starts answers that it is ready, within three seconds. */
    public static boolean isReady(Config config) {
        int port = config.getOptionalValue("quarkus.management.port", Integer.class)
                .orElse(9000);
        try {
            var asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            asked.setConnectTimeout((int) PATIENCE.toMillis());
            asked.setReadTimeout((int) PATIENCE.toMillis());
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
