package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The data on disk, before a server runs on it: made whole or not at all, of the major version that these programs read, and
 * with a password that we know.
 */
record Cluster(DataDirectory directory, Binaries binaries, Rights rights) {

    static final String DATABASE = "pacer";
    private static final Duration CREATION = Duration.ofMinutes(5);
    private static final Pattern MAJOR = Pattern.compile("PostgreSQL\\) (\\d+)");

    /** What a fresh {@code postgresql.conf} says; people may change it there. */
    private static final List<String> CONFIGURED = List.of(
            "max_connections=50",
            "shared_buffers=128MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Statements and key values can hold names and notes of people; the log must not.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic");

    /** @throws Refusal if the directory holds data of another major version */
    static void check(Path data, String programVersion) throws IOException {
        if (Files.exists(data)) {
            var found = Files.readString(data.resolve("PG_VERSION")).strip();
            var wanted = MAJOR.matcher(programVersion)
                    .results()
                    .map(match -> match.group(1))
                    .findFirst();
            if (wanted.isPresent() && !wanted.get().equals(found)) {
                throw new Refusal("The data in " + data + " is of PostgreSQL " + found + " and this is PostgreSQL "
                        + wanted.get()
                        + ": export it with the release that wrote it (export FILE), move the directory away, "
                        + "start and stop this release once, and import it (import FILE).");
            }
        }
    }

    /** The credentials that open the data, which is created if there is none. */
    Credentials prepare(boolean isDurable) throws IOException {
        var pgpass = directory.password();
        var data = directory.data();
        if (Files.exists(pgpass) && Files.exists(data)) {
            rights.own(data);
            return Credentials.readFrom(pgpass);
        }
        var credentials = Files.exists(pgpass) ? Credentials.readFrom(pgpass) : Credentials.random();
        if (Files.exists(data)) {
            rights.own(data);
            var alter = "alter role %s password '%s'".formatted(credentials.user(), credentials.password());
            say(alter, data, "set a new password");
        } else {
            create(credentials, isDurable);
        }
        credentials.writeTo(pgpass);
        return credentials;
    }

    private void create(Credentials credentials, boolean isDurable) throws IOException {
        var unfinished = directory.unfinished();
        var data = unfinished.resolve("postgres");
        var password = unfinished.resolve("password");
        Files.writeString(password, credentials.password());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        rights.own(unfinished);
        var arguments = new ArrayList<>(List.of(
                "--pgdata=" + data,
                "--username=" + credentials.user(),
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        CONFIGURED.forEach(parameter -> arguments.addAll(List.of("-c", parameter)));
        if (!isDurable) {
            arguments.add("--no-sync");
        }
        var outcome = rights.command(unfinished, binaries, "initdb", arguments.toArray(String[]::new))
                .run(CREATION);
        if (!outcome.isSuccess()) {
            new Tree(unfinished).delete();
            throw new Refusal(
                    "Cannot create the embedded database in " + directory.root() + ": " + outcome.reason() + ".");
        }
        say("create database " + DATABASE, data, "create the database");
        // The password before the data: data that exists always has its password beside it.
        credentials.writeTo(directory.password());
        new Tree(data).moveTo(directory.data());
        new Tree(unfinished).delete();
    }

    /** Runs one statement without a server: nobody else can see the data meanwhile. */
    private void say(String statement, Path data, String purpose) {
        var outcome = rights.command(
                        data, statement + "\n", binaries, "postgres", "--single", "-D", data.toString(), "template1")
                .run(CREATION);
        var isRefused = outcome.output().lines().anyMatch(line -> line.matches(".*\\b(ERROR|FATAL|PANIC):.*"));
        if (!outcome.isSuccess() || isRefused) {
            throw new Refusal("Cannot " + purpose + " in " + data + ": " + outcome.reason() + ".");
        }
    }
}
