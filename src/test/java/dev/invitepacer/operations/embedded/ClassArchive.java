package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The JVM's archive of the classes that a start needs: a start from it takes half the time, and there are many. It lies
 * where the packaged service does, is made by a start of it, and is of use for that one only.
 */
final class ClassArchive {
    private static final String NAME = "classes-of-tests.jsa";

    private ClassArchive() {}

    /** What the JVM has to be told; nothing for a program that is not the one tested, or is an executable. */
    static synchronized List<String> optionsFor(Path program) throws IOException {
        if (!isTested(program)) {
            return List.of();
        }
        var archive = program.getParent().resolveSibling(NAME);
        if (!Files.exists(archive)
                || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(program)) < 0) {
            make(archive);
        }
        return List.of("-XX:SharedArchiveFile=" + archive);
    }

    private static boolean isTested(Path program) {
        return System.getProperty("packaged.jar") != null && !Service.isNative() && program.equals(Service.jar());
    }

    private static void make(Path archive) throws IOException {
        var directory = Files.createTempDirectory("classes");
        var made = directory.resolve(NAME);
        try (var postgres = TestPostgres.in(directory)) {
            Service.start(
                            Service.jar(),
                            directory,
                            postgres.createDatabase().environment(),
                            List.of("-XX:ArchiveClassesAtExit=" + made))
                    .awaitReady()
                    .terminate();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while classes were being archived", interruption);
        }
        Files.copy(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }
}
