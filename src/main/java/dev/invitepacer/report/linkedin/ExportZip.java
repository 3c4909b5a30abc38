package dev.invitepacer.report.linkedin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.invitepacer.web.Problem;

/**
 * The zip that LinkedIn makes. Nothing of it is unpacked to disk; the two files are found by name, in any folder and letter
 * case, and everything else stays unread.
 */
final class ExportZip implements AutoCloseable {
    /** LinkedIn's complete exports have some dozens. */
    static final int MOST_ENTRIES = 10_000;

    private static final int LONGEST_DIRECTORY = 16 * 1024 * 1024;
    private static final int SHOWN = 8;

    private final ZipFile zip;
    private final Map<ExportFile, ZipEntry> entries = new EnumMap<>(ExportFile.class);

    /** @throws NotAnExport if it cannot be read, has too many entries, or neither of the two files, or one of them twice */
    ExportZip(Path file) throws IOException {
        requireSmallDirectory(file);
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException broken) {
            throw new NotAnExport(sentence(String.valueOf(broken.getMessage())));
        }
        try {
            find();
        } catch (RuntimeException failure) {
            zip.close();
            throw failure;
        }
    }

    boolean has(ExportFile file) {
        return entries.containsKey(file);
    }

    /** The file's bytes, at most {@code most} of them. */
    InputStream open(ExportFile file, long most) throws IOException {
        ZipEntry entry = entries.get(file);
        try {
            return new Inflated(zip.getInputStream(entry), file.fileName(), entry.getCompressedSize(), most);
        } catch (ZipException | EOFException broken) {
            throw new NotAnExport(sentence(String.valueOf(broken.getMessage())));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void find() {
        List<String> others = new ArrayList<>();
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName().substring(lastSeparator(entry.getName()) + 1);
            boolean isFound = false;
            for (ExportFile file : ExportFile.values()) {
                if (!entry.isDirectory() && name.equalsIgnoreCase(file.fileName())) {
                    isFound = true;
                    if (entries.put(file, entry) != null) {
                        throw new NotAnExport("The zip holds " + file.fileName()
                                + " more than once, so that nobody can say which counts: send the file itself.");
                    }
                }
            }
            if (!isFound && others.size() < SHOWN) {
                others.add(Problem.shown(entry.getName(), 60));
            }
        }
        if (entries.isEmpty()) {
            throw new NotAnExport(without(others));
        }
    }

    private static int lastSeparator(String name) {
        return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    }

    private static String without(List<String> others) {
        if (others.stream().anyMatch(name -> name.equals("[Content_Types].xml"))) {
            return "The file is a spreadsheet workbook or a document, not LinkedIn's zip: send the zip as it came.";
        }
        return "The zip holds neither Invitations.csv nor Connections.csv"
                + (others.isEmpty() ? "; it is empty." : ", but " + String.join(", ", others) + ".")
                + " Ask LinkedIn for a copy of your data with Connections and Invitations in it; if it is there under another"
                + " name, set LinkedIn's language to English and ask again.";
    }

    private static String sentence(String cause) {
        return cause.contains("encrypted")
                ? "The zip is encrypted: LinkedIn's is not; send it as it came."
                : "The zip is damaged or incomplete: fetch it from LinkedIn again and send it as it came.";
    }

    /**
     * Opening a zip reads its whole directory. What the end of the file says of its size is therefore looked at before,
     * and nothing but that end is held.
     */
    private static void requireSmallDirectory(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            int length = (int) Math.min(channel.size(), 22 + 65_535 + 20);
            long from = channel.size() - length;
            ByteBuffer end = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {}
            for (int at = length - 22; at >= 0; at--) {
                if (end.getInt(at) == 0x06054b50) {
                    requireSmall(channel, end, at);
                    return;
                }
            }
        }
        throw new NotAnExport(sentence(""));
    }

    private static void requireSmall(FileChannel channel, ByteBuffer end, int at) throws IOException {
        long entries = end.getShort(at + 10) & 0xFFFF;
        long size = end.getInt(at + 12) & 0xFFFFFFFFL;
        boolean isZip64 =
                entries == 0xFFFF || size == 0xFFFFFFFFL || (end.getInt(at + 16) & 0xFFFFFFFFL) == 0xFFFFFFFFL;
        if (isZip64 && at >= 20 && end.getInt(at - 20) == 0x07064b50) {
            ByteBuffer large = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
            long place = end.getLong(at - 20 + 8);
            while (place >= 0 && large.hasRemaining() && channel.read(large, place + large.position()) >= 0) {}
            entries = large.getLong(32);
            size = large.getLong(40);
        }
        if (entries < 0 || entries > MOST_ENTRIES || size < 0 || size > LONGEST_DIRECTORY) {
            throw new NotAnExport(String.format(
                    Locale.ROOT, "The zip holds more than %,d files: LinkedIn's holds some dozens.", MOST_ENTRIES));
        }
    }
}
