package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesTest {

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void chooseADirectory() {
        directory = temporary.resolve("binaries");
    }

    @Test
    void programsComeOutExecutableAndLibrariesForLinkingStayBehind() throws Exception {
        var archive = archive("one", Map.of("bin/postgres", "program", "share/zone", "data", "lib/libpq.a", "unused"));

        var binaries = Binaries.unpacked(archive, directory);

        assertThat(Path.of(binaries.program("postgres"))).isExecutable().hasContent("program");
        assertThat(binaries.home().resolve("share/zone")).hasContent("data");
        assertThat(Files.isExecutable(binaries.home().resolve("share/zone"))).isFalse();
        assertThat(binaries.home().resolve("lib/libpq.a")).doesNotExist();
    }

    @Test
    void whatIsUnpackedIsNotUnpackedAgain() throws Exception {
        var archive = archive("one", Map.of("bin/postgres", "program"));
        var first = Binaries.unpacked(archive, directory);
        Files.writeString(first.home().resolve("mark"), "");

        var second = Binaries.unpacked(archive, directory);

        assertThat(second.home().resolve("mark")).exists();
    }

    @Test
    void anArchiveThatBreaksOffLeavesNothingBehind() throws Exception {
        var whole = archive("whole", Map.of("bin/postgres", "program".repeat(10_000)));
        var cut = temporary.resolve("cut");
        var bytes = Files.readAllBytes(Path.of(whole.location().toURI()));
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> Binaries.unpacked(new Archive(cut.toUri().toURL()), directory))
                .isInstanceOf(IOException.class);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatAKillLeftHalfUnpackedIsNeitherUsedNorKept() throws Exception {
        var archive = archive("one", Map.of("bin/postgres", "program"));
        Files.createDirectories(directory.resolve(Binaries.UNFINISHED + "1234/bin"));
        Files.createDirectories(directory.resolve("0123456789abcdef/bin"));

        var binaries = Binaries.unpacked(archive, directory);
        binaries.dropOthers();

        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(binaries.home());
        }
    }

    @Test
    void severalAtOnceAgreeOnOneDirectory() throws Exception {
        var archive = archive("one", Map.of("bin/postgres", "program".repeat(100_000)));

        var all = Stream.generate(() -> CompletableFuture.supplyAsync(() -> unpack(archive)))
                .limit(4)
                .toList();

        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        try (var left = Files.list(directory)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void anEntryThatPointsOutsideIsRefused() throws Exception {
        var archive = archive("evil", Map.of("../../outside", "x"));

        assertThatThrownBy(() -> Binaries.unpacked(archive, directory)).hasMessageContaining("outside");

        assertThat(temporary.resolve("outside")).doesNotExist();
    }

    private Binaries unpack(Archive archive) {
        try {
            return Binaries.unpacked(archive, directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Archive archive(String name, Map<String, String> files) throws IOException {
        var file = temporary.resolve(name);
        try (var tar =
                new TarArchiveOutputStream(new XZOutputStream(Files.newOutputStream(file), new LZMA2Options()))) {
            for (var content : new TreeMap<>(files).entrySet()) {
                var bytes = content.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(content.getKey(), true);
                entry.setSize(bytes.length);
                entry.setMode(content.getKey().startsWith("bin/") ? 0100755 : 0100644);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
        return new Archive(file.toUri().toURL());
    }
}
