package dev.invitepacer.operations.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.config.Config;
import org.postgresql.PGConnection;

import dev.invitepacer.operations.embedded.Refusal;

/**
 * The commands {@code export FILE} and {@code import FILE}: a zip with a manifest and, for each table, its rows as COPY
 * writes them. {@code -} is standard output and standard input, for containers that have no place to write to.
 *
 * <p>Guarantees: an export is one moment of the database, taken while the service runs, and appears whole or not at all,
 * readable by its owner alone. An import goes wholly or not at all into a database that nobody has used, whose tables are of
 * the version that the export names.
 */
public final class Backup {
    private static final Set<String> COMMANDS = Set.of("export", "import");
    private static final String PIPE = "-";
    private static final String MANIFEST = "manifest.json";
    private static final String SUFFIX = ".copy";
    /**
     * Numbers that were given after the export, to tasks and invitations that others still remember, are not given again: a
     * receiver would take a new task for one that it has done.
     */
    private static final long GAP = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Backup() {}

    public static boolean isCommand(String... words) {
        return words.length > 0 && COMMANDS.contains(words[0]);
    }

    /** Does what the words say, and tells it on the console; the exit code. */
    public static int run(Config config, String... words) {
        if (words.length != 2) {
            System.err.println("Say which file: " + words[0] + " backup.zip");
            return 2;
        }
        try (Database database = Database.of(config)) {
            boolean isPiped = words[1].equals(PIPE);
            Path file = Path.of(words[1]).toAbsolutePath();
            if (words[0].equals("import")) {
                System.out.println(isPiped ? readPiped(database) : read(database, file));
            } else if (isPiped) {
                // Not System.out, which tells of no failure; and the sentence would be a part of the file.
                try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
                    System.err.println(write(database, out) + " written");
                }
            } else {
                System.out.println(write(database, file));
            }
            return 0;
        } catch (Refusal | IOException | SQLException failure) {
            System.err.println("Nothing was " + words[0] + "ed: " + failure.getMessage());
            return 1;
        }
    }

    private static String write(Database database, Path file) throws SQLException, IOException {
        if (Files.exists(file)) {
            throw new Refusal(file + " is there already; a backup is not written over");
        }
        Path unfinished = temporary(file.getParent(), file.getFileName().toString());
        try {
            String written;
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                written = write(database, out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return written + " in " + file;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** What breaks off midway is no zip, for its directory comes last; an import refuses it. */
    private static String write(Database database, OutputStream out) throws SQLException, IOException {
        database.execute("set transaction isolation level repeatable read, read only");
        String schema = database.schema()
                .orElseThrow(() -> new Refusal("there are no tables; the service makes them when it starts"));
        ObjectNode manifest = JSON.createObjectNode().put("format", 1).put("schema", schema);
        manifest.put("at", database.texts("select to_json(now()) #>> '{}'").get(0));
        long rows = 0;
        ZipOutputStream zip = new ZipOutputStream(out);
        for (String table : database.tables()) {
            String columns = String.join(", ", database.columns(table));
            zip.putNextEntry(new ZipEntry(table + SUFFIX));
            long many = database.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table + " (" + columns + ") to stdout", keptOpen(zip));
            zip.closeEntry();
            manifest.withObject("/tables/" + table).put("rows", many).put("columns", columns);
            rows += many;
        }
        // A sequence may have gone on since the snapshot, which leaves a gap and nothing else.
        for (String sequence : sequences(database)) {
            String last = database.texts("select last_value from " + sequence).get(0);
            manifest.withObject("/sequences").put(sequence, Long.parseLong(last));
        }
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        return rows + " rows of " + manifest.path("tables").size() + " tables are";
    }

    private static String readPiped(Database database) throws SQLException, IOException {
        Path file = temporary(Path.of(System.getProperty("java.io.tmpdir")), "pacer-import");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                System.in.transferTo(out);
            }
            return read(database, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Path temporary(Path directory, String name) throws IOException {
        return Files.createTempFile(
                directory,
                name,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String read(Database database, Path file) throws SQLException, IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode manifest = JSON.readTree(entry(zip, MANIFEST));
            check(database, manifest);
            List<String> tables = database.tables();
            database.execute("truncate " + String.join(", ", tables));
            long rows = 0;
            for (String table : tables) {
                JsonNode told = manifest.path("tables").path(table);
                if (told.isMissingNode()) {
                    throw new Refusal("the file has no table " + table);
                }
                String columns = told.path("columns").asText();
                if (!database.columns(table).containsAll(List.of(columns.split(", ")))) {
                    throw new Refusal("table " + table + " has other columns than the file: " + columns);
                }
                // What these functions would do has been done, and stands in other tables.
                database.execute("alter table " + table + " disable trigger user");
                long many;
                try (InputStream in = entry(zip, table + SUFFIX)) {
                    many = database.connection()
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + table + " (" + columns + ") from stdin", in);
                }
                database.execute("alter table " + table + " enable trigger user");
                if (many != told.path("rows").asLong()) {
                    throw new Refusal(
                            "of table " + table + " there are " + many + " rows instead of " + told.path("rows"));
                }
                rows += many;
            }
            for (String sequence : sequences(database)) {
                long last = manifest.path("sequences").path(sequence).asLong();
                database.texts("select setval('" + sequence + "', " + (last + GAP) + ")");
            }
            // Positions of events have no gaps, so they are given again: whoever has read them is to begin anew.
            database.execute(
                    "update event_series set series = substr(replace(gen_random_uuid()::text, '-', ''), 1, 8)");
            database.connection().commit();
            return rows + " rows of " + tables.size() + " tables are imported, as of "
                    + manifest.path("at").asText();
        }
    }

    private static void check(Database database, JsonNode manifest) throws SQLException {
        Optional<String> schema = database.schema();
        if (schema.isEmpty()) {
            throw new Refusal("there are no tables yet: start the service on this database once, and stop it");
        }
        String wanted = manifest.path("schema").asText();
        if (!schema.get().equals(wanted)) {
            throw new Refusal("the file is of schema " + wanted + " and the database of " + schema.get()
                    + ": import it with the release that exported it, and upgrade then");
        }
        if (!database.texts("select account from account limit 1").isEmpty()) {
            throw new Refusal("the database has accounts already: an import needs one that nobody has used");
        }
    }

    private static List<String> sequences(Database database) throws SQLException {
        return database.texts("select quote_ident(sequencename) from pg_sequences"
                + " where schemaname = current_schema() order by 1");
    }

    private static InputStream entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new Refusal("the file has no " + name + "; is it an export?");
        }
        return zip.getInputStream(entry);
    }

    /** COPY closes what it wrote to; the zip goes on. */
    private static OutputStream keptOpen(OutputStream zip) {
        return new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }
}
