package dev.invitepacer.report.linkedin;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.invitation.UnreadableCsv;

/**
 * An export as it was sent: the zip, or one or both of its CSV files. What each is, its content says, not its name. Each
 * file may be opened as often as wanted.
 */
public final class Export implements AutoCloseable {
    private static final String ONE_ZIP =
            "Send the zip alone, or one Invitations.csv and one Connections.csv: a file was sent twice.";

    private interface Source {
        InputStream open() throws IOException;
    }

    private final Map<ExportFile, Source> files = new EnumMap<>(ExportFile.class);
    private final List<ExportZip> zips = new ArrayList<>();

    private Export() {}

    /**
     * @param parts are the caller's to delete, once this is closed
     * @param most the most bytes that a file may have, in a zip or not
     * @throws NotAnExport if it is none
     * @throws UnreadableCsv if a file is no CSV file
     */
    public static Export open(List<Path> parts, long most) throws IOException {
        Export export = new Export();
        try {
            for (Path part : parts) {
                export.add(part, most);
            }
            if (export.files.isEmpty()) {
                throw new NotAnExport(
                        "Nothing was sent: send LinkedIn's zip, or its Invitations.csv and Connections.csv.");
            }
            return export;
        } catch (IOException | RuntimeException failure) {
            export.close();
            throw failure;
        }
    }

    public boolean has(ExportFile file) {
        return files.containsKey(file);
    }

    /** The bytes of a file that is there. */
    public InputStream open(ExportFile file) throws IOException {
        return files.get(file).open();
    }

    @Override
    public void close() throws IOException {
        for (ExportZip zip : zips) {
            zip.close();
        }
    }

    private void add(Path part, long most) throws IOException {
        if (isZip(part)) {
            ExportZip zip = new ExportZip(part);
            zips.add(zip);
            for (ExportFile file : ExportFile.values()) {
                if (zip.has(file)) {
                    put(file, () -> zip.open(file, most));
                }
            }
            return;
        }
        try (InputStream csv = new FileInputStream(part.toFile())) {
            put(ExportCsv.open(csv).file(), () -> new FileInputStream(part.toFile()));
        }
    }

    private void put(ExportFile file, Source source) {
        if (files.put(file, source) != null) {
            throw new NotAnExport(ONE_ZIP);
        }
    }

    /** Also an empty zip, which begins with its end. */
    private static boolean isZip(Path part) throws IOException {
        try (InputStream in = Files.newInputStream(part)) {
            byte[] begin = in.readNBytes(4);
            return begin.length == 4
                    && begin[0] == 'P'
                    && begin[1] == 'K'
                    && (begin[2] == 3 && begin[3] == 4 || begin[2] == 5 && begin[3] == 6);
        }
    }
}
