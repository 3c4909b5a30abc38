package dev.invitepacer.benchmark.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.invitepacer.benchmark.Pgbench;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/** Bare SQL, driven by pgbench: the limit of the machine. */
final class PgbenchContender implements Contender {
    private static final int CLIENTS = 4;

    private final Path program;
    private final int batch;

    PgbenchContender(Path program, int batch) {
        this.program = program;
        this.batch = batch;
    }

    @Override
    public String name() {
        return Release.bareSql(batch);
    }

    @Override
    public String setup() {
        return "pgbench, " + CLIENTS + " clients, prepared statements, claims " + batch
                + " due accounts and writes their rows in a transaction";
    }

    @Override
    public String promise() {
        return "decides nothing";
    }

    @Override
    public void prepare(Database house) {
        // It works on the house.
    }

    @Override
    public Runner start(Server server, Database house) throws IOException {
        Path script = Files.writeString(server.work().resolve("release-" + batch + ".sql"), Rows.script(batch));
        Process process = Pgbench.start(
                program, server, house, script, List.of("-c", String.valueOf(CLIENTS), "-j", "2", "-T", "3600"));
        return Runner.of(process);
    }

    @Override
    public String makeDue() {
        return "update pace p set due_at = s.due from stage s where s.account = p.account and s.part = :part";
    }
}
