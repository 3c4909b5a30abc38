package dev.invitepacer;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import dev.invitepacer.operations.Probe;
import dev.invitepacer.operations.Traces;
import dev.invitepacer.operations.backup.Backup;
import dev.invitepacer.operations.embedded.Postgres;
import dev.invitepacer.operations.embedded.Refusal;
import dev.invitepacer.operations.embedded.Settings;

/**
 * Starts the service; where no database is configured, around an embedded PostgreSQL, which comes up first and goes down
 * last.
 *
 * <p>The decision must fall before Quarkus starts, since that opens the connections. It is taken on the same sources that
 * Quarkus reads (system properties, environment, {@code config/application.properties}, profiles).
 */
@QuarkusMain
public final class PacerMain {

    private static final Logger LOG = Logger.getLogger(PacerMain.class);
    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String SECURITY = "pacer.security.enabled";
    private static final List<String> HOSTS = List.of("quarkus.http.host", "quarkus.management.host");

    /** Longer than a clean stop of Quarkus and of PostgreSQL together; whoever ends us has less patience, as a rule. */
    private static final Duration STOP = Duration.ofMinutes(2);

    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread starting = Thread.currentThread();
    private volatile boolean isStartInterrupted;
    private int exitCode = 1;

    private PacerMain() {}

    public static void main(String... args) {
        var config = ConfigUtils.configBuilder().build();
        if (args.length == 1 && args[0].equals(Probe.COMMAND)) {
            System.exit(Probe.isReady(config) ? 0 : 1);
        }
        if (Backup.isCommand(args)) {
            System.exit(Backup.run(config, args));
        }
        Traces.followEndpoint(config);
        chooseHosts(config);
        if (config.getOptionalValue(URL, String.class).isPresent()
                || ApplicationLifecycleManager.isAppCDSGeneration()) {
            Quarkus.run(args);
        } else {
            new PacerMain().runEmbedded(config, args);
        }
    }

    /** All interfaces where keys are asked for, else this machine alone; what the operator has set stays. */
    private static void chooseHosts(Config config) {
        var isOpen = config.getOptionalValue(SECURITY, Boolean.class).orElse(true);
        for (var host : HOSTS) {
            if (config.getOptionalValue(host, String.class).isEmpty()) {
                System.setProperty(host, isOpen ? "0.0.0.0" : "127.0.0.1");
            }
        }
    }

    private void runEmbedded(Config config, String... args) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::awaitEnd, "embedded-postgresql-stop"));
        try (var postgres = Postgres.start(Settings.from(config))) {
            if (leaveStart()) {
                postgres.keepUp();
                System.setProperty(URL, postgres.jdbcUrl());
                System.setProperty("quarkus.datasource.username", postgres.user());
                System.setProperty("quarkus.datasource.password", postgres.password());
                LOG.infof(
                        "No database is configured: %s embedded on 127.0.0.1:%d, data in %s",
                        postgres.version(), postgres.port(), postgres.data());
                // Without this, Quarkus exits the process itself, before PostgreSQL has been stopped.
                ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> exitCode = code);
                Quarkus.run(args);
            }
        } catch (Refusal refusal) {
            if (!isStartInterrupted) {
                System.err.println(refusal.getMessage());
            }
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    /** Whether the start ran its course; from now on a signal stops Quarkus and no longer interrupts this thread. */
    private synchronized boolean leaveStart() {
        var isOurs = starting != null;
        starting = null;
        return isOurs;
    }

    /** Runs beside Quarkus's own hook, which lets the main thread go on; that stops Quarkus, then PostgreSQL. */
    private void awaitEnd() {
        synchronized (this) {
            if (starting != null) {
                isStartInterrupted = true;
                starting.interrupt();
                starting = null;
            }
        }
        try {
            if (!ended.await(STOP.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("The stop takes too long; PostgreSQL recovers at the next start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
