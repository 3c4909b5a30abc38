package dev.invitepacer.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** PostgreSQL's own load generator, where the machine has it; the embedded PostgreSQL comes without. */
public final class Pgbench {
    private Pgbench() {}

    public static Optional<Path> onPath() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a script with prepared statements, and with these options. */
    public static Process start(Path program, Server server, Database house, Path script, List<String> options)
            throws IOException {
        List<String> words =
                new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared", "-f", script.toString()));
        words.addAll(options);
        words.addAll(List.of(
                "-h", "127.0.0.1", "-p", String.valueOf(server.port()), "-U", house.user(), Server.name(house)));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(server.work().resolve("pgbench.log").toFile());
        builder.environment().put("PGPASSWORD", house.password());
        return builder.start();
    }
}
