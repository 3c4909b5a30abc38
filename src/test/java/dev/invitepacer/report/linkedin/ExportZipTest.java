package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips as LinkedIn makes them, and as somebody makes them who means harm. */
class ExportZipTest {
    private static final long MOST = 64L * 1024 * 1024;
    private static final String INVITATIONS = "To,Sent At,Direction\n";
    private static final String CONNECTIONS = "First Name,Connected On\n";

    @TempDir
    Path folder;

    @Test
    void theFilesAreFoundInAnyFolderAndLetterCase() throws IOException {
        Path zip = zip(out -> {
            entry(out, "Basic/", "");
            entry(out, "Basic/CONNECTIONS.csv", CONNECTIONS);
            entry(out, "__MACOSX/._Invitations.csv", "junk");
            entry(out, "..\\..\\x/invitations.CSV", INVITATIONS);
            entry(out, "../../etc/passwd", "root");
            entry(out, "Profile.csv", "a");
        });
        try (Export export = Export.open(List.of(zip), MOST)) {
            assertThat(text(export, ExportFile.INVITATIONS)).isEqualTo(INVITATIONS);
            assertThat(text(export, ExportFile.CONNECTIONS)).isEqualTo(CONNECTIONS);
            assertThat(text(export, ExportFile.CONNECTIONS)).isEqualTo(CONNECTIONS);
        }
        assertThat(folder.toFile().list()).containsExactly(zip.getFileName().toString());
    }

    @Test
    void aZipBombIsNotUnpacked() throws IOException {
        byte[] zeros = new byte[1024 * 1024];
        Path zip = zip(out -> {
            out.putNextEntry(new ZipEntry("Connections.csv"));
            out.write(CONNECTIONS.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 600; i++) {
                out.write(zeros);
            }
        });
        assertThat(Files.size(zip)).isLessThan(1024 * 1024);
        try (Export export = Export.open(List.of(zip), 8 * MOST);
                InputStream in = export.open(ExportFile.CONNECTIONS)) {
            long[] read = {0};
            assertThatThrownBy(() -> {
                        byte[] buffer = new byte[8192];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            read[0] += n;
                        }
                    })
                    .isInstanceOf(NotAnExport.class)
                    .hasMessageContaining("zip bomb");
            assertThat(read[0]).isLessThan(350L * 1024 * 1024);
        }
    }

    @Test
    void aFileIsReadUpToItsLimitOnly() throws IOException {
        Path zip = zip(out -> entry(out, "Connections.csv", CONNECTIONS + "a,b\n".repeat(500)));
        try (Export export = Export.open(List.of(zip), 1_000)) {
            assertThatThrownBy(() -> text(export, ExportFile.CONNECTIONS))
                    .isInstanceOf(NotAnExport.class)
                    .hasMessageContaining("1,000 bytes");
        }
    }

    @Test
    void moreEntriesThanAnExportHasAreNotEvenListed() throws IOException {
        Path zip = zip(out -> {
            entry(out, "Connections.csv", CONNECTIONS);
            for (int i = 0; i < ExportZip.MOST_ENTRIES; i++) {
                entry(out, "x" + i, "");
            }
        });
        refused(zip, "more than 10,000 files");
    }

    @Test
    void aDirectoryThatClaimsToBeHugeIsNotRead() throws IOException {
        Path zip = zip(out -> entry(out, "Connections.csv", CONNECTIONS));
        byte[] bytes = Files.readAllBytes(zip);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 22 + 12, 0x7FFFFFF0);
        refused(Files.write(zip, bytes), "more than 10,000 files");
    }

    @Test
    void aZip64IsReadLikeAnyOther() throws IOException {
        Path zip = folder.resolve("64.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip.toFile())) {
            // The other mode writes fields that the format does not let be there, and Java 25 refuses such a zip.
            out.setUseZip64(Zip64Mode.AlwaysWithCompatibility);
            out.putArchiveEntry(new ZipArchiveEntry("Connections.csv"));
            out.write(CONNECTIONS.getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        try (Export export = Export.open(List.of(zip), MOST)) {
            assertThat(text(export, ExportFile.CONNECTIONS)).isEqualTo(CONNECTIONS);
        }
    }

    @Test
    void anEncryptedZipIsToldAsSuch() throws IOException {
        Path zip = zip(out -> entry(out, "Connections.csv", CONNECTIONS));
        byte[] bytes = Files.readAllBytes(zip);
        for (int at = 0; at + 4 < bytes.length; at++) {
            int signature =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
            if (signature == 0x04034b50) {
                bytes[at + 6] |= 1;
            } else if (signature == 0x02014b50) {
                bytes[at + 8] |= 1;
            }
        }
        refused(Files.write(zip, bytes), "encrypted");
    }

    @Test
    void oneNameTwiceIsRefused() throws IOException {
        Path zip = folder.resolve("twice.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip.toFile())) {
            for (int i = 0; i < 2; i++) {
                ZipArchiveEntry entry = new ZipArchiveEntry("Connections.csv");
                byte[] bytes = CONNECTIONS.getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(bytes);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(sum.getValue());
                out.putArchiveEntry(entry);
                out.write(bytes);
                out.closeArchiveEntry();
            }
        }
        refused(zip, "more than once");
    }

    @Test
    void wherEverAZipIsCutOffOrBrokenTheAnswerIsClear() throws IOException {
        Path zip = zip(out -> {
            entry(out, "Connections.csv", CONNECTIONS + "A,08 Feb 2026\n".repeat(50));
            entry(out, "Invitations.csv", INVITATIONS);
        });
        byte[] whole = Files.readAllBytes(zip);
        for (int length = 5; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, length));
            refused(cut, "damaged or incomplete");
        }
        for (int at = 4; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x5A;
            readOrRefused(Files.write(folder.resolve("broken.zip"), broken));
        }
    }

    private void readOrRefused(Path zip) throws IOException {
        try (Export export = Export.open(List.of(zip), MOST)) {
            for (ExportFile file : ExportFile.values()) {
                if (export.has(file)) {
                    text(export, file);
                }
            }
        } catch (NotAnExport refused) {
            assertThat(refused).hasMessageEndingWith(".");
        }
    }

    private static void refused(Path zip, String why) {
        assertThatThrownBy(() -> Export.open(List.of(zip), MOST).close())
                .isInstanceOf(NotAnExport.class)
                .hasMessageContaining(why);
    }

    private static String text(Export export, ExportFile file) throws IOException {
        try (InputStream in = export.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Content {
        void writeTo(ZipOutputStream out) throws IOException;
    }

    private Path zip(Content content) throws IOException {
        Path file = folder.resolve("export.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            content.writeTo(out);
        }
        return file;
    }

    private static void entry(ZipOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }
}
