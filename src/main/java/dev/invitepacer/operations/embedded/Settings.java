package dev.invitepacer.operations.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;

/**
 * How the embedded server is set up.
 *
 * @param dataDir where data, password, log and lock live; {@value #DATA_DIR}, {@value #DEFAULT_DATA_DIR} by default. Made
 *     when it is missing.
 * @param port the TCP port on 127.0.0.1; {@value #PORT}, 0 by default: any free one, another at each start
 * @param binaries where PostgreSQL's programs are unpacked; several servers may share it
 * @param parameters parameters of the server on top of those that it always gets; from tests only
 */
public record Settings(Path dataDir, int port, Path binaries, Map<String, String> parameters) {

    public static final String DATA_DIR = "pacer.embedded.data-dir";
    public static final String PORT = "pacer.embedded.port";
    static final String DEFAULT_DATA_DIR = "./data";
    private static final int HIGHEST_PORT = 65_535;

    public Settings {
        dataDir = dataDir.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        parameters = Map.copyOf(parameters);
        Objects.checkIndex(port, HIGHEST_PORT + 1);
    }

    /** Programs in the data directory itself: nothing that cleans /tmp can take them away from a running server. */
    public static Settings of(Path dataDir, int port) {
        return new Settings(dataDir, port, dataDir.resolve("binaries"), Map.of());
    }

    /** @throws Refusal if a value is none */
    public static Settings from(Config config) {
        try {
            var dataDir = config.getOptionalValue(DATA_DIR, Path.class).orElse(Path.of(DEFAULT_DATA_DIR));
            return of(dataDir, config.getOptionalValue(PORT, Integer.class).orElse(0));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refusal(
                    DATA_DIR + " must be a path and " + PORT + " a port from 0 to 65535: " + e.getMessage(), e);
        }
    }

    public Settings withPort(int port) {
        return new Settings(dataDir, port, binaries, parameters);
    }

    boolean sharesBinaries() {
        return !binaries.startsWith(dataDir);
    }

    /** Whether what is written must outlive a crash of the machine: true except in tests that prefer speed. */
    boolean isDurable() {
        return !"off".equals(parameters.get("fsync"));
    }
}
